internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Adding an authenticator app: a picture to point the phone at, the same secret to type, and one code that shows it works (A3).
enum AppPage {
    static let cookieName = "app-offer"
    private static let appCode = Field<String>.code("code", label: "accounts.secondStep.code", hint: "accounts.app.codeHint")
    private static let form = Form(appCode)

    static let routes: [Route] = [
        .get(AccountAddresses.app, .signedIn, show),
        .post(AccountAddresses.offerApp, .signedIn, offer),
        .post(AccountAddresses.app, .signedIn, form: form, invalid: show, accept),
        .post(AccountAddresses.removeApp, .signedIn, remove),
    ]

    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.signedIn else { throw NotFound() }
        let settings = visit.city.settings
        let token = token(visit)
        let (offered, email) = try await visit.read { conn in
            (
                try AppCodes.offered(to: id, token, at: visit.now, settings, conn),
                try Account.emails(of: id, conn).first?.typed ?? ""
            )
        }
        // Nothing is offered, or not any more: the page before has the button.
        guard let offered else { return .redirect(AccountAddresses.security()) }
        let t = visit.t
        let issuer = visit.city.pack.city.name
        var page = visit.page(t("accounts.app.title"), crumbs: SecurityPage.crumbs(visit)) {
            visit.submission.summary(t)
            h1 { t("accounts.app.title") }
            ol(.class("prose")) {
                li { t("accounts.app.step1") }
                li {
                    t("accounts.app.step2")
                    QRCode(offered.address(account: email, issuer: issuer))?.drawing(label: t("accounts.app.picture")) ?? .empty
                    p {
                        t("accounts.app.orType")
                        " "
                        code { Base32.grouped(Base32.encode(offered.seed)) }
                    }
                }
                li { t("accounts.app.step3") }
            }
            postForm(AccountAddresses.app(), once: visit.once) {
                visit.submission.view(appCode, t)
                submitButton(t("accounts.app.button"))
            }
        }
        page.isCompressible = false
        return page
    }

    private static func token(_ visit: Visit) -> SecretToken? {
        visit.request.cookies[cookieName].flatMap(SecretToken.init(presented:))
    }

    private static func offer(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.signedIn else { throw NotFound() }
        return try await Reauthenticate.first(visit, from: AccountAddresses.security()) {
            let token = try visit.sessionSecret(for: "app-offer")
            return try await visit.change { change in
                try AppCodes(change: change).offer(to: id, token)
                return .init(AccountAddresses.app())
            }.setting(Cookie(cookieName, token.text, maxAge: Int(AppCodes.offerLasts.seconds)))
        }
    }

    private static func accept(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.signedIn else { throw NotFound() }
        let typed = try visit.submission[appCode]
        return try await Reauthenticate.first(visit, from: AccountAddresses.security()) {
            try await visit.write { change in try change.guess(.secondStep, "offer:\(id)") }
            let secret = try RecoveryCodesPage.secret(for: visit)
            // Whoever was signed in without the second step is signed out.
            let session = visit.identity.sessionHash
            let response = try await visit.change { change in
                guard try AppCodes(change: change).accept(typed, by: id, token(visit)) else {
                    throw visit.submission.refusing(appCode, "accounts.app.wrong")
                }
                try Limit.secondStep.clear("offer:\(id)", change.conn)
                try Sessions.endAll(of: id, except: session, change)
                // The first codes come with the app; later ones only when they are asked for.
                guard try Factors.of(id, change.conn).recoveryCodes == 0 else {
                    return .init(AccountAddresses.security(), say: Phrase("accounts.app.added"))
                }
                try RecoveryCodes(change: change).make(for: id, from: secret)
                return .init(AccountAddresses.recoveryCodes(), say: Phrase("accounts.app.added"))
            }
            return RecoveryCodesPage.handing(secret, to: response)
        }
    }

    private static func remove(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.signedIn else { throw NotFound() }
        return try await Reauthenticate.first(visit, from: AccountAddresses.security()) {
            try await visit.change { change in
                let factors = try Factors.of(id, change.conn)
                // A short password may not stand alone.
                if factors.hasShortPassword, factors.passkeys == 0 { throw Refusal("accounts.security.shortPassword") }
                try AppCodes(change: change).remove(of: id)
                try Sessions.endAll(of: id, except: visit.identity.sessionHash, change)
                return .init(AccountAddresses.security(), say: Phrase("accounts.app.removed"))
            }
        }
    }
}
