internal import Core
internal import Database
internal import HTML
internal import Mail
internal import Primitives
internal import Web

/// The first step: an address. Known or not, the page, the work and the time are the same (A1, A2); who is there learns it by mail.
enum StartRegistration {
    static let email = Field.email(label: "accounts.email", hint: "accounts.register.emailHint")
    static let form = Form(email)

    static let routes: [Route] = [
        .get(AccountAddresses.register, .anyone, show),
        .post(AccountAddresses.register, .anyone, form: form, invalid: show, send).even,
        .get(AccountAddresses.registerSent, .anyone, sent),
    ]

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        return visit.page(t("accounts.register.title")) {
            visit.submission.summary(t)
            h1 { t("accounts.register.title") }
            columns(
                main: group {
                    p { t("accounts.register.lead") }
                    postForm(AccountAddresses.register(), once: visit.once) {
                        visit.submission.view(email, t)
                        submitButton(t("accounts.register.button"))
                    }
                },
                aside: panel(title: t("accounts.register.haveOne")) {
                    p { a(AccountAddresses.signIn()) { t("accounts.register.signIn") } }
                    p { t("accounts.oldPortal") }
                })
        }
    }

    private static func send(_ visit: Visit) async throws -> WebResponse {
        let typed = try visit.submission[email]
        let address = TypedAddress(typed: typed.typed, folded: typed.folded)
        let token = SecretToken(randomness: visit.city.randomness)
        return try await visit.change { change in
            try AccountMail.allow(address.folded, visit, change)
            let known = try Account.find(email: address.folded, change.conn)
            try EmailToken.issue(
                .register, token, for: address, language: visit.language, account: known?.id, isDecoy: known != nil, change)
            let letter =
                if let known { RegistrationLetters.alreadyThere(known, address, change.city) } else {
                    RegistrationLetters.confirm(address, token, visit.language, change.city)
                }
            try Outbox.queue(letter, at: change.now, change.conn)
            return .init(AccountAddresses.registerSent())
        }
    }

    private static func sent(_ visit: Visit) async throws -> WebResponse {
        AccountMail.checkPage(visit, text: visit.t("accounts.register.sent"), again: AccountAddresses.register())
    }
}

/// What registration and reset share: limits on mail, and the page that says to look for it.
enum AccountMail {
    static func allow(_ email: FoldedEmail, _ visit: Visit, _ change: Change) throws {
        guard try change.allows(.mailPerAddress, visit.request.network),
            try change.allows(.mailPerRecipient, email.description)
        else { throw Refusal.tooMany }
    }

    static func checkPage(_ visit: Visit, text: String, again: Link) -> WebResponse {
        let t = visit.t
        return visit.page(t("accounts.checkEmail.title")) {
            h1 { t("accounts.checkEmail.title") }
            p { text }
            h2 { t("accounts.checkEmail.nothingTitle") }
            p { t("accounts.checkEmail.nothing") }
            p { a(again) { t("accounts.checkEmail.again") } }
        }
    }
}
