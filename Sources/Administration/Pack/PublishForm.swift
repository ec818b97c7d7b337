internal import Core
internal import HTML
internal import Primitives
internal import Web

/// Why another version shall be live, and which two versions were on the page where it was decided.
enum PublishForm {
    static let why = Field<String>.text(
        "why", kind: .multiline, label: "administration.publish.why", hint: "administration.publish.whyHint", maxLength: 1000,
        missing: "administration.publish.whyMissing")
    /// The version that was live then.
    static let live = Field<String>.hidden("live")
    /// The version that shall be.
    static let new = Field<String>.hidden("new")
    static let form = Form(why, live, new)

    static func view(_ visit: Visit, at link: Link, live: String, new: String, button: WordKey) -> HTML {
        let t = visit.t
        return postForm(link, once: visit.once) {
            visit.submission.view(why, t)
            input(.type("hidden"), .name(PublishForm.live.definition.name), .value(live))
            input(.type("hidden"), .name(PublishForm.new.definition.name), .value(new))
            actions {
                submitButton(t(button))
                linkButton(t("administration.publish.back"), AdministrationAddresses.pack(), quiet: true)
            }
        }
    }
}
