internal import Core
internal import Database
internal import HTML
internal import Mail
internal import Primitives
internal import Web

/// "Add an email": the address gets a link, the link a button, and the button proves it (A6). Known or not, the page, the work and
/// the time are the same; the owner of an address that belongs to another account learns of it by mail alone (A2).
///
/// Only the account that asked can press the button: whoever is sent a link they did not ask for cannot give their cases away with it.
enum AddEmail {
    static let email = Field.email(label: "accounts.emails.field", hint: "accounts.register.emailHint")
    private static let form = Form(email)
    private static let token = Field.hidden("token")
    private static let linkForm = Form(token)

    static let routes: [Route] = [
        .post(AccountAddresses.emails, .account, form: form, invalid: EmailsPage.show, send),
        .get(AccountAddresses.emailSent, .account, sent),
        .get(AccountAddresses.confirmEmail, .account, form: linkForm, show),
        .post(AccountAddresses.confirmEmail, .account, form: linkForm, invalid: { DeadLink.page($0) }, confirm),
    ]

    private static func send(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        let submission = visit.submission
        let typed = try submission[email]
        let address = TypedAddress(typed: typed.typed, folded: typed.folded)
        let token = SecretToken(randomness: visit.city.randomness)
        return try await Reauthenticate.first(visit) {
            try await visit.change { change in
                guard let account = try Account.find(id, change.conn) else { throw NotFound() }
                let owner = try Account.find(email: address.folded, change.conn)
                guard owner?.id != id else { throw submission.refusing(email, "accounts.emails.yours") }
                try AccountMail.allow(address.folded, visit, change)
                try EmailAddition.issue(token, for: address, of: id, isDecoy: owner != nil, change)
                let letter =
                    if let owner { EmailLetters.belongsToYou(owner, address, change.city) } else {
                        EmailLetters.confirm(account, address, token, change.city)
                    }
                try Outbox.queue(letter, at: change.now, change.conn)
                return .init(AccountAddresses.emailSent())
            }
        }
    }

    private static func sent(_ visit: Visit) async throws -> WebResponse {
        AccountMail.checkPage(visit, text: visit.t("accounts.register.sent"), again: AccountAddresses.emails())
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        let (presented, now) = (visit.query("token"), visit.now)
        guard let found = try await visit.read({ conn in try? EmailAddition.look(presented, of: id, at: now, conn) }) else {
            return dead(visit)
        }
        let t = visit.t
        var page = visit.page(t("accounts.emails.confirmTitle"), crumbs: [myAccountCrumb(t)]) {
            h1 { t("accounts.emails.confirmTitle") }
            p { t("accounts.emails.confirmLead", ["email": .text(found.email.typed), "name": .text(visit.identity.name)]) }
            postForm(AccountAddresses.confirmEmail(), once: visit.once) {
                visit.submission.view(token, t)
                submitButton(t("accounts.emails.confirmButton"))
            }
        }
        page.isCompressible = false
        return page
    }

    /// Pressing the button is enough: the link was asked for with the password at hand, and came to the address itself.
    private static func confirm(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        let presented = try visit.submission[token]
        do {
            return try await visit.change { change in
                let email = try EmailAddition.use(presented, of: id, change).email
                // Somebody finished an account with it, or added it, while the link was on its way.
                guard try Account.find(email: email.folded, change.conn) == nil else { throw DeadLink() }
                try AccountWriter(change).addEmail(email, to: id)
                return .init(AccountAddresses.emails(), say: Phrase("accounts.emails.added", ["email": .text(email.typed)]))
            }
        } catch is DeadLink { return dead(visit) }
    }

    private static func dead(_ visit: Visit) -> WebResponse {
        let t = visit.t
        return visit.page(t("accounts.deadLink.title"), status: 410, crumbs: [myAccountCrumb(t)]) {
            h1 { t("accounts.deadLink.title") }
            p { t("accounts.deadLink.why") }
            p { t("accounts.emails.dead", ["name": .text(visit.identity.name)]) }
            p { linkButton(t("accounts.emails.title"), AccountAddresses.emails(), quiet: true) }
        }
    }
}
