internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// The link in the mail: a new password ends every session and every other link, and its owner is told by mail.
enum ChoosePassword {
    static let token = Field.hidden("token")
    static let password = Field.replacedPassword("password")
    static let form = Form(token, password)

    static func routes(_ accounts: AccountsFeature) -> [Route] {
        [
            .get(AccountAddresses.choosePassword, .anyone, form: Form(token), show),
            .post(AccountAddresses.choosePassword, .anyone, form: form, invalid: show) { try await save($0, accounts) },
        ]
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        try await DeadLink.orElse(visit) {
            let presented = visit.submission.values[token.definition.name] ?? ""
            let now = visit.now
            let link = try await visit.read { conn in try EmailToken.look(.reset, presented, at: now, conn) }
            let t = visit.t
            var page = visit.page(t("accounts.choose.title")) {
                visit.submission.summary(t)
                h1 { t("accounts.choose.title") }
                p { t("accounts.choose.lead", ["email": .text(link.email.typed)]) }
                postForm(AccountAddresses.choosePassword(), once: visit.once) {
                    visit.submission.view(token, t)
                    visit.submission.view(password, t)
                    submitButton(t("accounts.choose.button"))
                }
            }
            page.isCompressible = false
            return Door.opening(page, on: visit)
        }
    }

    private static func save(_ visit: Visit, _ accounts: AccountsFeature) async throws -> WebResponse {
        try await DeadLink.orElse(visit, leadOn: accounts.home(isStaff: visit.principal.isStaff)) {
            let secret = try visit.submission[password]
            guard let presented = SecretToken(presented: try visit.submission[token]) else { throw DeadLink() }
            let now = visit.now
            let (words, hasSecondStep): ([String], Bool) = try await visit.read { conn in
                guard let link = try? EmailToken.look(.reset, presented.text, at: now, conn), let id = link.account,
                    let account = try Account.find(id, conn)
                else { return ([], false) }
                return (
                    [link.email.typed, account.firstName, account.lastName], try Factors.of(id, conn).needsSecondStep
                )
            }
            if let problem = try await accounts.problem(secret, about: words, hasSecondStep: hasSecondStep, visit) {
                throw visit.submission.refusing(password, problem.key)
            }
            let hash = try await accounts.hasher.hash(secret)
            let session = Door.session(visit)
            let response = try await visit.change { change in
                guard let account = try EmailToken.use(.reset, presented, change).account else { throw DeadLink() }
                try AccountWriter(change).setPassword(hash, of: account, isShort: PasswordRules.isShort(secret))
                try Sessions.endAll(of: account, change)
                try EmailAddition.endAll(of: account, change)
                for email in try Account.emails(of: account, change.conn) { try EmailToken.endAll(for: email.folded, change) }
                try change.record(NewFact(.passwordChanged, about: .account(account)))
                let entrance = try Entrance.admit(account, by: .reset, session, wanted: nil, on: visit, change)
                let said: WordKey = if case .half = entrance { "accounts.choose.doneHalf" } else { "accounts.choose.done" }
                return .init(entrance.destination(accounts), say: Phrase(said))
            }
            return Entrance.handing(session, to: response, on: visit)
        }
    }
}
