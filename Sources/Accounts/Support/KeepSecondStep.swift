internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Stops the removal of a second step: by the link in the mail, for which nobody has to sign in, or from the account's own page (A8).
enum KeepSecondStep {
    private static let token = Field.hidden("token")
    private static let form = Form(token)

    static let routes: [Route] = [
        .get(AccountAddresses.keepSecondStep, .anyone, form: form, show),
        .post(AccountAddresses.keepSecondStep, .anyone, form: form, invalid: { DeadLink.page($0) }, keep),
        .post(AccountAddresses.keepOwnSecondStep, .signedIn, keepOwn),
    ]

    private static func show(_ visit: Visit) async throws -> WebResponse {
        try await DeadLink.orElse(visit) {
            let presented = visit.query("token")
            let removal = try await visit.read { conn in try FactorRemoval.waiting(presented, conn) }
            let t = visit.t
            var page = visit.page(t("accounts.keepStep.title")) {
                h1 { t("accounts.keepStep.title") }
                p { t("accounts.keepStep.lead", visit.moment(removal.dueAt)) }
                postForm(AccountAddresses.keepSecondStep(), once: visit.once) {
                    visit.submission.view(token, t)
                    submitButton(t("accounts.keepStep.button"))
                }
                p { callable(t("accounts.keepStep.call", ["phone": .text(visit.city.pack.city.phone)])) }
            }
            page.isCompressible = false
            return page
        }
    }

    private static func keep(_ visit: Visit) async throws -> WebResponse {
        try await DeadLink.orElse(visit) {
            let presented = try visit.submission[token]
            return try await visit.change { change in
                try FactorRemoval.waiting(presented, change.conn).keep(change)
                return .init(AccountAddresses.signIn(), say: Phrase("accounts.keepStep.done"))
            }
        }
    }

    private static func keepOwn(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.signedIn else { throw NotFound() }
        return try await visit.change { change in
            try FactorRemoval.keep(of: id, change)
            return .init(AccountAddresses.security(), say: Phrase("accounts.keepStep.done"))
        }
    }
}
