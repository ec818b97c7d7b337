internal import Core
internal import HTML
internal import Primitives
internal import Web

/// A form that `passkey.js` fills in: it asks the device for what its data says, puts the answer into the hidden fields and sends the
/// form. Without a script, or where the browser knows no passkeys, the page says so.
enum PasskeyForm {
    static func view(
        _ link: Link, _ visit: Visit, _ data: [(name: String, value: String)], @HTMLBuilder content: () -> HTML
    ) -> HTML {
        let t = visit.t
        return group {
            passkeyForm(link, data) {
                input(.type("hidden"), .name(onceFieldName), .value(visit.once))
                content()
            }
            div(.id("passkey-problem"), .class("notice warning"), .role("alert"), .hidden(true)) {
                p { t("accounts.passkeys.failed") }
            }
            p(.id("passkey-script")) { t("accounts.passkeys.needsScript") }
        }
    }
}
