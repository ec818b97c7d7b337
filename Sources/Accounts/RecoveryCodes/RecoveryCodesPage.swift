internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// The recovery codes, to be printed or written down. They are shown in the browser that made them, for ten minutes, and never again.
enum RecoveryCodesPage {
    static let cookieName = "recovery-codes"
    private static let lifetime = Span.minutes(10)

    static let routes: [Route] = [
        .get(AccountAddresses.recoveryCodes, .signedIn, show),
        .post(AccountAddresses.recoveryCodes, .signedIn, make),
    ]

    /// What the codes are made from: the same for the same press of a button in the same session.
    static func secret(for visit: Visit) throws -> SecretToken { try visit.sessionSecret(for: "recovery-codes") }

    /// Lets the browser show the codes, when the next page is the one that does.
    static func handing(_ secret: SecretToken, to response: WebResponse) -> WebResponse {
        guard response.header("location") == AccountAddresses.recoveryCodes().description else { return response }
        return response.setting(Cookie(cookieName, secret.text, maxAge: Int(lifetime.seconds)))
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.signedIn else { throw NotFound() }
        let secret = visit.request.cookies[cookieName].flatMap(SecretToken.init(presented:))
        let codes = secret.map(RecoveryCodes.codes) ?? []
        let earliest = visit.now - lifetime
        let (left, isFresh) = try await visit.read { conn in
            (
                try Factors.of(id, conn).recoveryCodes,
                // Of another account, or replaced since, they are nobody's business any more.
                try codes.first.map { try RecoveryCodes.isLive($0, of: id, since: earliest, conn) } ?? false
            )
        }
        guard left > 0 else { return .redirect(AccountAddresses.security()) }
        let t = visit.t
        var page = visit.page(t("accounts.codes.title"), crumbs: SecurityPage.crumbs(visit)) {
            h1 { t("accounts.codes.title") }
            if isFresh {
                p { t("accounts.codes.lead") }
                ol(.class("codes")) { for one in codes { li { code { Base32.grouped(one) } } } }
                p { t("accounts.codes.once") }
                p { linkButton(t("accounts.codes.done"), AccountAddresses.security(), quiet: true) }
            } else {
                p { t("accounts.codes.left", ["count": .number(left)]) }
                p { t("accounts.codes.hidden") }
                postForm(AccountAddresses.recoveryCodes(), once: visit.once) {
                    submitButton(t("accounts.codes.new"), quiet: true)
                }
            }
        }
        page.isCompressible = false
        return page
    }

    private static func make(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.signedIn else { throw NotFound() }
        return try await Reauthenticate.first(visit, from: AccountAddresses.recoveryCodes()) {
            let secret = try secret(for: visit)
            let response = try await visit.change { change in
                guard try Factors.of(id, change.conn).needsSecondStep else { throw NotFound() }
                try RecoveryCodes(change: change).make(for: id, from: secret, byThemselves: true)
                // Whoever else is signed in may have seen the old ones.
                try Sessions.endAll(of: id, except: visit.identity.sessionHash, change)
                return .init(AccountAddresses.recoveryCodes(), say: Phrase("accounts.codes.made"))
            }
            return handing(secret, to: response)
        }
    }
}
