internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// "Help with an account": found by an exact address only. There is no list to leaf through, and each look-up is kept (A8).
enum FindAccountPage {
    private static let email = Field.email(
        label: "accounts.support.email", hint: "accounts.support.emailHint", autocomplete: "off")
    private static let form = Form(email)

    static let routes: [Route] = [
        .get(AccountAddresses.support, .staff("account.support"), show),
        .post(AccountAddresses.support, .staff("account.support"), form: form, invalid: show, find),
    ]

    static func crumb(_ t: Voice) -> Crumb { Crumb(title: t("accounts.support.title"), link: AccountAddresses.support()) }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        return visit.page(t("accounts.support.title")) {
            visit.submission.summary(t)
            h1 { t("accounts.support.title") }
            p { t("accounts.support.lead") }
            postForm(AccountAddresses.support(), once: visit.once) {
                visit.submission.view(email, t)
                submitButton(t("accounts.support.find"))
            }
        }
    }

    private enum Found: Sendable {
        case account(String)
        case begun(String)
        case refused(WordKey)
    }

    private static func find(_ visit: Visit) async throws -> WebResponse {
        guard let me = visit.principal.signedIn else { throw NotFound() }
        let typed = try visit.submission[email]
        // Its own step: a look-up that finds nothing is kept too.
        let found = try await visit.write { change -> Found in
            guard try change.allows(.accountLookUp, "account:\(me)") else { throw Refusal.tooMany }
            guard let found = try SupportedAccount.find(email: typed.folded, change.conn) else {
                let begun = try BegunRegistration.find(email: typed.folded, change.conn)
                try change.record(
                    NewFact(.accountSought, about: .account(me), ["email": .string(typed.folded.description)]))
                return begun.map { .begun($0.hash) } ?? .refused("accounts.support.none")
            }
            try change.record(NewFact(.accountLookedUp, about: .account(found.account.id)))
            return try found.refusal(visit, change.conn).map { .refused($0) } ?? .account(found.publicID)
        }
        switch found {
        case .account(let publicID): return .redirect(AccountAddresses.supportedAccount(publicID))
        case .begun(let hash): return .redirect(AccountAddresses.begunRegistration(hash))
        case .refused(let why): throw visit.submission.refusing(email, why)
        }
    }
}
