internal import Core
internal import Database
internal import HTML
internal import Mail
internal import Primitives
internal import Web

/// "I forgot my password": the same answer for every address, and a mail to each (A2).
enum AskForReset {
    static let email = Field.email(label: "accounts.email", autocomplete: "username")
    static let form = Form(email)

    static func routes(_ accounts: AccountsFeature) -> [Route] {
        [
            .get(AccountAddresses.reset, .anyone, show),
            .post(AccountAddresses.reset, .anyone, form: form, invalid: show) { try await send($0, accounts) }.even,
            .get(AccountAddresses.resetSent, .anyone, sent),
        ]
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        return visit.page(t("accounts.reset.title")) {
            visit.submission.summary(t)
            h1 { t("accounts.reset.title") }
            p { t("accounts.reset.lead") }
            postForm(AccountAddresses.reset(), once: visit.once) {
                visit.submission.view(email, t)
                submitButton(t("accounts.reset.button"))
            }
        }
    }

    private static func send(_ visit: Visit, _ accounts: AccountsFeature) async throws -> WebResponse {
        let typed = try visit.submission[email]
        let address = TypedAddress(typed: typed.typed, folded: typed.folded)
        let token = SecretToken(randomness: visit.city.randomness)
        return try await visit.change { change in
            try AccountMail.allow(address.folded, visit, change)
            let known = try Account.find(email: address.folded, change.conn)
            // Asked for everybody, so that the work is the same.
            let isOldUser = try accounts.isOldPortalUser(address.folded, change.conn)
            try EmailToken.issue(
                .reset, token, for: address, language: visit.language, account: known?.id, isDecoy: known == nil, change)
            let letter =
                if let known { ResetLetters.choose(known, address, token, change.city) } else if isOldUser {
                    OldPortalMail.letter(address, visit.language, accounts.oldPortal, change.city)
                } else {
                    ResetLetters.noAccount(address, visit.language, change.city)
                }
            try Outbox.queue(letter, at: change.now, change.conn)
            return .init(AccountAddresses.resetSent())
        }
    }

    private static func sent(_ visit: Visit) async throws -> WebResponse {
        AccountMail.checkPage(visit, text: visit.t("accounts.reset.sent"), again: AccountAddresses.reset())
    }
}
