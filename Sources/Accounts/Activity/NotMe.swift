internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// "This wasn't me": everybody else is signed out at once, and a new password comes next (A7).
enum NotMe {
    private static let entry = Field.hidden("entry", isRequired: false)
    private static let form = Form(entry)

    static let routes: [Route] = [
        .get(AccountAddresses.notMe, .account, form: form, show),
        .post(AccountAddresses.notMe, .account, form: form, invalid: show, endOthers),
    ]

    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        let wanted = Int64(visit.query("entry"))
        let found = try await visit.read { conn in
            try ActivityPage.entries(of: id, limit: 1000, visit, conn).first { $0.fact.id == wanted }
        }
        let t = visit.t
        return visit.page(t("accounts.notMe.title"), crumbs: [myAccountCrumb(t)]) {
            h1 { t("accounts.notMe.title") }
            if let found { blockquote { "\(found.sentence) \(found.when(visit))" } }
            p { t("accounts.notMe.lead") }
            ol {
                li { t("accounts.notMe.step1") }
                li { t("accounts.notMe.step2") }
                li {
                    t("accounts.notMe.step3")
                    " "
                    a(AccountAddresses.emails()) { t("accounts.emails.title") }
                }
            }
            postForm(AccountAddresses.notMe(), once: visit.once) {
                visit.submission.view(entry, t)
                submitButton(t("accounts.notMe.button"))
            }
            p(.class("soft")) { t("accounts.notMe.call", ["phone": .text(visit.city.pack.city.phone)]) }
        }
    }

    private static func endOthers(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        let kept = visit.identity.sessionHash
        let named = Int64(try visit.submission[Self.entry])
        return try await Reauthenticate.first(visit) {
            try await visit.change { change in
                let count = try Sessions.endAll(of: id, except: kept, change)
                try EmailAddition.endAll(of: id, change)
                var arguments: [String: JSON] = ["count": .integer(Int64(count))]
                // Only an entry of one's own is one's to disown.
                let entry = try ActivityPage.entries(of: id, limit: 1000, visit, change.conn).first { $0.fact.id == named }?.fact
                    .id
                if let entry { arguments["entry"] = .integer(entry) }
                try change.record(NewFact(.activityDisowned, about: .account(id), arguments))
                return .init(
                    AccountAddresses.changePassword(), say: Phrase("accounts.notMe.done", ["count": .number(count)]))
            }
        }
    }
}
