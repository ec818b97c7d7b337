internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// The door of the city's own people: by password, or the first time by a link that an administrator made.
enum StaffSignIn {
    static let token = Field.hidden("token")
    static let linkForm = Form(token)

    static func routes(_ accounts: AccountsFeature) -> [Route] {
        [
            .get(AccountAddresses.staffSignIn, .anyone, form: Form(SignIn.returnTo)) { try await show($0, accounts) },
            .post(
                AccountAddresses.staffSignIn, .anyone, form: SignIn.form, invalid: { try await show($0, accounts) }
            ) { visit in
                try await SignIn.take(visit, accounts) { !$0.isEmpty }
            }.even,
            .get(AccountAddresses.staffLink, .anyone, form: linkForm, showLink),
            .post(AccountAddresses.staffLink, .anyone, form: linkForm, invalid: { DeadLink.page($0) }) { visit in
                try await useLink(visit, accounts)
            },
        ]
    }

    private static func show(_ visit: Visit, _ accounts: AccountsFeature) async throws -> WebResponse {
        let t = visit.t
        let wanted = visit.submission.values[SignIn.returnTo.definition.name]
        return visit.page(t("accounts.staff.title")) {
            visit.submission.summary(t)
            h1 { t("accounts.staff.title") }
            p { t("accounts.staff.lead") }
            if let directory = DirectorySignIn.link(accounts, wanted: wanted) {
                p { linkButton(t("accounts.directory.signIn"), directory) }
                h2 { t("accounts.directory.otherWays") }
            }
            SignIn.fields(visit, at: AccountAddresses.staffSignIn())
            PasskeySignIn.button(visit)
            p { a(AccountAddresses.reset()) { t("accounts.signIn.forgot") } }
            p { a(AccountAddresses.signIn()) { t("accounts.staff.notStaff") } }
        }
    }

    private static func showLink(_ visit: Visit) async throws -> WebResponse {
        try await DeadLink.orElse(visit) {
            let presented = visit.query("token")
            let now = visit.now
            let link = try await visit.read { conn in try EmailToken.look(.staff, presented, at: now, conn) }
            let t = visit.t
            var page = visit.page(t("accounts.staff.title")) {
                h1 { t("accounts.staff.title") }
                p { t("accounts.staff.link", ["email": .text(link.email.typed)]) }
                postForm(AccountAddresses.staffLink(), once: visit.once) {
                    visit.submission.view(token, t)
                    submitButton(t("accounts.signIn.button"))
                }
            }
            page.isCompressible = false
            return Door.opening(page, on: visit)
        }
    }

    private static func useLink(_ visit: Visit, _ accounts: AccountsFeature) async throws -> WebResponse {
        try await DeadLink.orElse(visit, leadOn: accounts.home(isStaff: visit.principal.isStaff)) {
            guard let presented = SecretToken(presented: try visit.submission[token]) else { throw DeadLink() }
            let session = Door.session(visit)
            let response = try await visit.change { change in
                guard let account = try EmailToken.use(.staff, presented, change).account else { throw DeadLink() }
                let entrance = try Entrance.admit(account, by: .link, session, wanted: nil, on: visit, change)
                return .init(entrance.destination(accounts), say: Phrase("accounts.staff.choosePassword"))
            }
            return Entrance.handing(session, to: response, on: visit)
        }
    }
}
