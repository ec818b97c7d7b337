internal import Core
internal import HTML
internal import Primitives
internal import Web

/// What a device answers when it is asked for a passkey: in the hidden fields of a form that `passkey.js` fills in.
enum PasskeyAnswer {
    static let credential = Field.hidden("credential")
    static let clientData = Field.hidden("client_data")
    static let authenticatorData = Field.hidden("authenticator_data")
    static let signature = Field.hidden("signature")

    /// The form with the question to the device.
    /// - Parameters:
    ///   - isAskedAtOnce: as soon as the page is there; after a refusal the person decides whether to try again.
    ///   - returnTo: where the person was on the way to.
    static func form(
        _ link: Link, _ visit: Visit, challenge: SecretToken, isAskedAtOnce: Bool, returnTo: Field<String>
    ) -> HTML {
        PasskeyForm.view(
            link, visit,
            [
                ("passkey", "get"), ("challenge", challenge.text), ("site", Site(baseURL: visit.city.settings.baseURL).id),
                ("now", isAskedAtOnce ? "yes" : ""),
            ]
        ) {
            for field in [credential, clientData, authenticatorData, signature] {
                input(.type("hidden"), .name(field.definition.name), .value(""))
            }
            visit.submission.view(returnTo, visit.t)
            submitButton(visit.t("accounts.passkeys.goOn"))
        }
    }

    /// Runs a change that asks for the passkey; one that is not taken is kept as an event, which the change itself would take back.
    static func noting<Result>(
        _ visit: Visit, of account: AccountID?, _ body: () async throws -> Result
    ) async throws -> Result {
        do { return try await body() } catch let wrong as InvalidForm {
            await visit.note(SecurityEvent(.signInFailed, account: account, way: Entrance.Method.passkey.rawValue))
            throw wrong
        }
    }

    /// The passkey that gave the right answer to the challenge of this browser; the challenge is used up.
    /// - Parameter account: whose passkey it has to be; nil at sign-in, where the passkey says who it is.
    static func passkey(
        _ visit: Visit, to challenge: SecretToken, of account: AccountID?, _ change: Change
    ) throws -> Passkey {
        let answers = visit.submission
        let parts = try [credential, clientData, authenticatorData, signature].map { Base64URL.decode(try answers[$0]) ?? [] }
        guard let passkey = try Passkey.find(credential: parts[0], change.conn), account == nil || passkey.account == account,
            try PasskeyChallenge.use(challenge, for: account, change)
        else { throw answers.refusing("accounts.passkeys.unknown") }
        let assertion: Assertion
        do throws(PasskeyProblem) {
            assertion = try Assertion(
                clientData: parts[1], authenticatorData: parts[2], signature: parts[3], key: passkey.key,
                counter: passkey.counter, at: Site(baseURL: visit.city.settings.baseURL), challenge: challenge)
        } catch {
            visit.city.log.info("a passkey was refused", metadata: ["why": "\(error.rawValue)"])
            throw answers.refusing("accounts.passkeys.unknown")
        }
        guard try passkey.isAsLogged(change.conn) else {
            visit.city.log.error("a passkey's key is not the one that was logged", metadata: ["passkey": "\(passkey.id)"])
            throw answers.refusing("accounts.passkeys.unknown")
        }
        try PasskeyWriter(change: change).used(passkey, counter: assertion.counter)
        return passkey
    }
}
