internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Signing in with a passkey: nobody types who they are, the passkey says it (A3). It is both steps at once, because the device asked
/// who is there.
enum PasskeySignIn {
    private static let returnTo = Field.hidden("return", isRequired: false)
    private static let form = Form(
        PasskeyAnswer.credential, PasskeyAnswer.clientData, PasskeyAnswer.authenticatorData, PasskeyAnswer.signature, returnTo)

    static func routes(_ accounts: AccountsFeature) -> [Route] {
        [
            .post(AccountAddresses.beginPasskeySignIn, .anyone, form: Form(returnTo), begin),
            .get(AccountAddresses.passkeySignIn, .anyone, form: Form(returnTo), show),
            .post(AccountAddresses.passkeySignIn, .anyone, form: form, invalid: show) { try await take($0, accounts) },
        ]
    }

    /// The button that leads here, on the pages where people sign in. There `passkey.js` also offers a passkey below the email.
    static func button(_ visit: Visit) -> HTML {
        let t = visit.t
        return postForm(AccountAddresses.beginPasskeySignIn(), once: visit.once) {
            input(
                .type("hidden"), .name(returnTo.definition.name), .value(visit.submission.values[returnTo.definition.name] ?? ""))
            submitButton(t("accounts.passkeys.signIn"), quiet: true)
        }
    }

    private static func begin(_ visit: Visit) async throws -> WebResponse {
        let wanted = try visit.submission[returnTo]
        let token = try await PasskeyChallenge.given(to: visit, for: nil)
        let place = AccountAddresses.passkeySignIn().with([("return", Link(local: wanted)?.description)])
        return WebResponse.redirect(place).setting(PasskeyChallenge.cookie(token))
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let token = PasskeyChallenge.presented(visit.request),
            try await visit.read({ conn in try PasskeyChallenge.isLive(token, for: nil, at: visit.now, conn) })
        else { return .redirect(AccountAddresses.signIn()) }
        let t = visit.t
        var page = visit.page(t("accounts.passkeys.signIn"), scripts: ["passkey.js"]) {
            visit.submission.summary(t)
            h1 { t("accounts.passkeys.signIn") }
            p { t("accounts.passkeys.signInLead") }
            PasskeyAnswer.form(
                AccountAddresses.passkeySignIn(), visit, challenge: token, isAskedAtOnce: visit.request.method == .get,
                returnTo: returnTo)
            p { a(AccountAddresses.signIn()) { t("accounts.passkeys.password") } }
        }
        page.isCompressible = false
        return Door.opening(page, on: visit)
    }

    private static func take(_ visit: Visit, _ accounts: AccountsFeature) async throws -> WebResponse {
        guard let token = PasskeyChallenge.presented(visit.request) else { return .redirect(AccountAddresses.signIn()) }
        try await visit.write { change in try change.guess(.signInPerAddress, visit.request.network) }
        let session = Door.session(visit)
        let wanted = Link(local: try visit.submission[returnTo])
        let response = try await PasskeyAnswer.noting(visit, of: nil) {
            try await visit.change { change in
                let passkey = try PasskeyAnswer.passkey(visit, to: token, of: nil, change)
                try Limit.signInPerAddress.forgive(visit.request.network, change.conn)
                let isStaff = try Sessions.begin(passkey.account, session, by: .passkey, on: visit, change)
                let place = wanted.flatMap { $0.description.hasPrefix("/staff/") == isStaff ? $0 : nil }
                return .init(KeptForms.destination(visit.request) ?? place ?? accounts.home(isStaff: isStaff))
            }
        }
        return response.setting(Sessions.cookie(session)).setting(KnownBrowser.cookie(visit, session))
            .setting(.removing(PasskeyChallenge.cookieName)).setting(.removing(Entrance.cookieName))
    }
}
