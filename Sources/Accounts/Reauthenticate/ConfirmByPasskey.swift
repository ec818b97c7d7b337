internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Confirming with a passkey that it is you, where the password would be asked for again (A4). It stands for password and code.
enum ConfirmByPasskey {
    private static let form = Form(
        PasskeyAnswer.credential, PasskeyAnswer.clientData, PasskeyAnswer.authenticatorData, PasskeyAnswer.signature,
        Reauthenticate.returnTo)

    static let routes: [Route] = [
        .post(AccountAddresses.beginConfirmByPasskey, .signedIn, form: Form(Reauthenticate.returnTo), begin),
        .get(AccountAddresses.confirmByPasskey, .signedIn, form: Form(Reauthenticate.returnTo), show),
        // Anyone: as with the password, a second press comes with the session's old token.
        .post(AccountAddresses.confirmByPasskey, .anyone, form: form, invalid: show, confirm),
    ]

    /// The button that leads here, for whoever has a passkey.
    static func button(_ visit: Visit) -> HTML {
        postForm(AccountAddresses.beginConfirmByPasskey(), once: visit.once) {
            input(
                .type("hidden"), .name(Reauthenticate.returnTo.definition.name),
                .value(visit.submission.values[Reauthenticate.returnTo.definition.name] ?? ""))
            submitButton(visit.t("accounts.passkeys.goOn"), quiet: true)
        }
    }

    private static func begin(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.signedIn else { throw NotFound() }
        let wanted = Link(local: try visit.submission[Reauthenticate.returnTo])
        let token = try await PasskeyChallenge.given(to: visit, for: id)
        return WebResponse.redirect(AccountAddresses.confirmByPasskey().with([("return", wanted?.description)]))
            .setting(PasskeyChallenge.cookie(token))
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let wanted = Link(local: visit.submission.values[Reauthenticate.returnTo.definition.name] ?? "")
        let back = AccountAddresses.confirmPassword().with([("return", wanted?.description)])
        guard let id = visit.principal.signedIn else { return .redirect(AccountAddresses.signIn()) }
        guard let token = PasskeyChallenge.presented(visit.request),
            try await visit.read({ conn in try PasskeyChallenge.isLive(token, for: id, at: visit.now, conn) })
        else { return .redirect(back) }
        let t = visit.t
        var page = visit.page(
            t("accounts.reauthenticate.passkeyTitle"), crumbs: visit.principal.account == nil ? [] : [myAccountCrumb(t)],
            scripts: ["passkey.js"]
        ) {
            visit.submission.summary(t)
            h1 { t("accounts.reauthenticate.passkeyTitle") }
            p { t("accounts.passkeys.signInLead") }
            PasskeyAnswer.form(
                AccountAddresses.confirmByPasskey(), visit, challenge: token, isAskedAtOnce: visit.request.method == .get,
                returnTo: Reauthenticate.returnTo)
            p { a(back) { t("accounts.reauthenticate.password") } }
        }
        page.isCompressible = false
        return page
    }

    private static func confirm(_ visit: Visit) async throws -> WebResponse {
        guard let (old, new) = Reauthenticate.tokens(visit), let challenge = PasskeyChallenge.presented(visit.request) else {
            return .redirect(AccountAddresses.confirmPassword())
        }
        guard let id = visit.principal.signedIn else { return try await Reauthenticate.pressedBefore(visit, new) }
        try await PasskeyAnswer.noting(visit, of: id) {
            try await visit.write { change in
                // Another press of the same button came first.
                guard try Reauthenticate.isOpen(old, change.conn) else { return }
                _ = try PasskeyAnswer.passkey(visit, to: challenge, of: id, change)
                try FactorRemoval.keep(of: id, change)
                try Reauthenticate.renew(old, as: new, on: visit, change)
            }
        }
        return try Reauthenticate.goingOn(visit, new).setting(.removing(PasskeyChallenge.cookieName))
    }
}
