internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// The link in the mail: opening it shows a button, pressing the button proves the address (A1).
enum ConfirmEmail {
    static let token = Field.hidden("token")
    static let form = Form(token)

    static let routes: [Route] = [
        .get(AccountAddresses.confirm, .anyone, form: form, show),
        .post(AccountAddresses.confirm, .anyone, form: form, invalid: { DeadLink.page($0) }, confirm),
    ]

    private static func show(_ visit: Visit) async throws -> WebResponse {
        try await DeadLink.orElse(visit) {
            let presented = visit.query("token")
            let now = visit.now
            let link = try await visit.read { conn in try EmailToken.look(.register, presented, at: now, conn) }
            let t = visit.t
            var page = visit.page(t("accounts.confirm.title")) {
                h1 { t("accounts.confirm.title") }
                p { t("accounts.confirm.lead", ["email": .text(link.email.typed)]) }
                postForm(AccountAddresses.confirm(), once: visit.once) {
                    visit.submission.view(token, t)
                    submitButton(t("accounts.confirm.button"))
                }
                p(.class("soft")) { t("accounts.confirm.notYou") }
            }
            page.isCompressible = false
            return page
        }
    }

    private static func confirm(_ visit: Visit) async throws -> WebResponse {
        try await DeadLink.orElse(visit, leadOn: SignInAddresses.home()) {
            guard let presented = SecretToken(presented: try visit.submission[token]) else { throw DeadLink() }
            let finish = presented.next("finish", once: visit.request.fields[onceFieldName] ?? "")
            let response = try await visit.change { change in
                let proven = try EmailToken.use(.register, presented, change)
                try EmailToken.issue(.finish, finish, for: proven.email, language: proven.language, change)
                return .init(AccountAddresses.finish())
            }
            return response.setting(FinishAccount.cookie(finish))
        }
    }
}
