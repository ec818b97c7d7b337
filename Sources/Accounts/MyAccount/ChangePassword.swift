internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// A new password from inside the account, for somebody who knows the old one. Everywhere else is signed out.
enum ChangePassword {
    private static let current = Field.password(
        "current", isNew: false, label: "accounts.password.current", missing: "accounts.signIn.passwordMissing")
    private static let password = Field.replacedPassword("password", label: "accounts.password.new")
    private static let form = Form(current, password)

    static func routes(_ accounts: AccountsFeature) -> [Route] {
        [
            .get(AccountAddresses.changePassword, .account, show),
            .post(AccountAddresses.changePassword, .account, form: form, invalid: show) { try await save($0, accounts) },
        ]
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        return visit.page(t("accounts.choose.title"), crumbs: [myAccountCrumb(t)]) {
            visit.submission.summary(t)
            h1 { t("accounts.choose.title") }
            p { t("accounts.choose.elsewhere") }
            postForm(AccountAddresses.changePassword(), once: visit.once) {
                visit.submission.view(current, t)
                visit.submission.view(password, t)
                submitButton(t("accounts.choose.button"))
            }
            p { a(AccountAddresses.reset()) { t("accounts.signIn.forgot") } }
        }
    }

    private static func save(_ visit: Visit, _ accounts: AccountsFeature) async throws -> WebResponse {
        guard let id = visit.principal.account, let session = visit.identity.sessionHash else { throw NotFound() }
        let (old, new) = (try visit.submission[current], try visit.submission[password])
        let (words, factors) = try await visit.read { conn in
            (
                try Account.emails(of: id, conn).map(\.typed) + [try Account.find(id, conn)?.name ?? ""],
                try Factors.of(id, conn)
            )
        }
        let hasSecondStep = factors.needsSecondStep
        if let problem = try await accounts.problem(new, about: words, hasSecondStep: hasSecondStep, visit) {
            throw visit.submission.refusing(password, problem.key)
        }
        guard try await accounts.isPassword(old, of: id, visit) else {
            throw visit.submission.refusing(current, "accounts.password.wrong")
        }
        let hash = try await accounts.hasher.hash(new)
        return try await visit.change { change in
            try AccountWriter(change).setPassword(hash, of: id, isShort: PasswordRules.isShort(new))
            try Sessions.endAll(of: id, except: session, change)
            try EmailAddition.endAll(of: id, change)
            for email in try Account.emails(of: id, change.conn) { try EmailToken.endAll(for: email.folded, change) }
            try change.record(NewFact(.passwordChanged, about: .account(id)))
            return .init(AccountAddresses.account(), say: Phrase("accounts.choose.changed"))
        }
    }
}
