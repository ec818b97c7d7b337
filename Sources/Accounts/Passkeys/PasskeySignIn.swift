internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Signing in with a passkey: nobody types who they are, the passkey says it (A3). It is both steps at once, because the device asked
/// who is there.
enum PasskeySignIn {
    private static let credential = Field.hidden("credential")
    private static let clientData = Field.hidden("client_data")
    private static let authenticatorData = Field.hidden("authenticator_data")
    private static let signature = Field.hidden("signature")
    private static let returnTo = Field.hidden("return", isRequired: false)
    private static let form = Form(credential, clientData, authenticatorData, signature, returnTo)

    static func routes(_ accounts: AccountsFeature) -> [Route] {
        [
            .post(AccountAddresses.beginPasskeySignIn, .anyone, form: Form(returnTo), begin),
            .get(AccountAddresses.passkeySignIn, .anyone, form: Form(returnTo), show),
            .post(AccountAddresses.passkeySignIn, .anyone, form: form, invalid: show) { try await take($0, accounts) },
        ]
    }

    /// The button that leads here, on the pages where people sign in.
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
        let token = SecretToken(randomness: visit.city.randomness)
        try await visit.write { change in
            guard try change.allows(.passkeyChallenge, visit.request.remoteAddress) else { throw Refusal.tooMany }
            try PasskeyChallenge.make(token, for: nil, change)
        }
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
            PasskeyForm.view(
                AccountAddresses.passkeySignIn(), visit,
                [
                    ("passkey", "get"), ("challenge", token.text), ("site", Site(baseURL: visit.city.settings.baseURL).id),
                    // Once only: after a refusal the person decides whether to try again.
                    ("now", visit.request.method == .get ? "yes" : ""),
                ]
            ) {
                for field in [credential, clientData, authenticatorData, signature] {
                    input(.type("hidden"), .name(field.definition.name), .value(""))
                }
                visit.submission.view(returnTo, t)
                submitButton(t("accounts.passkeys.goOn"))
            }
            p { a(AccountAddresses.signIn()) { t("accounts.passkeys.password") } }
        }
        page.isCompressible = false
        return page
    }

    private static func take(_ visit: Visit, _ accounts: AccountsFeature) async throws -> WebResponse {
        let answers = visit.submission
        guard let token = PasskeyChallenge.presented(visit.request) else { return .redirect(AccountAddresses.signIn()) }
        try await visit.write { change in try change.guess(.signInPerAddress, visit.request.remoteAddress) }
        let parts = try [credential, clientData, authenticatorData, signature].map { Base64URL.decode(try answers[$0]) ?? [] }
        let site = Site(baseURL: visit.city.settings.baseURL)
        let session = token.next("session", once: visit.request.fields[onceFieldName] ?? "")
        let wanted = Link(local: try answers[returnTo])
        let response = try await visit.change { change in
            guard let passkey = try Passkey.find(credential: parts[0], change.conn),
                try PasskeyChallenge.use(token, for: nil, change)
            else { throw answers.refusing("accounts.passkeys.unknown") }
            let assertion: Assertion
            do throws(PasskeyProblem) {
                assertion = try Assertion(
                    clientData: parts[1], authenticatorData: parts[2], signature: parts[3], key: passkey.key,
                    counter: passkey.counter, at: site, challenge: token)
            } catch {
                visit.city.log.info("a passkey was refused", metadata: ["why": "\(error.rawValue)"])
                throw answers.refusing("accounts.passkeys.unknown")
            }
            try PasskeyWriter(change: change).used(passkey, counter: assertion.counter)
            try Limit.signInPerAddress.forgive(visit.request.remoteAddress, change.conn)
            let isStaff = try Sessions.begin(passkey.account, session, by: .passkey, on: visit, change)
            let place = wanted.flatMap { $0.description.hasPrefix("/staff/") == isStaff ? $0 : nil }
            return .init(KeptForms.destination(visit.request) ?? place ?? accounts.home(isStaff: isStaff))
        }
        return response.setting(Sessions.cookie(session)).setting(KnownBrowser.cookie(visit, session))
            .setting(.removing(PasskeyChallenge.cookieName)).setting(.removing(Entrance.cookieName))
    }
}
