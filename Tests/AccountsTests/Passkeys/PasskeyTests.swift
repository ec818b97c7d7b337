import Core
import Primitives
import TestSupport
import Testing

@testable import Accounts

@Suite struct PasskeyTests {
    private let email = "ada@example.org"

    @Test func `A3 a passkey is added, signs in without a name or a password, is renamed and removed`() async throws {
        let city = try await TestCity.make()
        let owner = city.browser()
        try await owner.signIn(try await city.account(email: email, password: goodPassword))
        let passkey = SoftPasskey.es256()
        let added = try await owner.adds(passkey, named: "My phone")
        #expect(added.location == "/account/security/recovery-codes")
        #expect(await owner.get("/account/security").has("My phone"))
        #expect(try await city.mails(to: email).contains { $0.subject == "A second step was added to your account" })

        let other = city.browser()
        #expect(try await other.signsIn(passkey, return: "/account/emails").location == "/account/emails")
        #expect(await other.get("/account").status == 200)

        let page = await owner.get("/account/security")
        let link = try #require(
            page.text.firstMatch(of: /\/account\/security\/passkeys\/[0-9a-f-]{36}/).map { String($0.output) })
        #expect(await owner.post(link, ["name": "Blue key"]).location == "/account/security")
        #expect(await owner.get("/account/security").has("Blue key"))
        #expect(await owner.post("\(link)/remove").location == "/account/security")
        #expect(try await city.browser().signsIn(passkey).status == 422)
        // The lost device is signed out with it.
        #expect(await other.get("/account").location?.hasPrefix("/sign-in") == true)
    }

    @Test func `A3 with a passkey the password alone does not sign in any more`() async throws {
        let city = try await TestCity.make()
        let owner = city.browser()
        try await owner.signIn(try await city.account(email: email, password: goodPassword))
        let passkey = SoftPasskey.es256()
        _ = try await owner.adds(passkey)
        let browser = city.browser()
        #expect(await browser.post("/sign-in", signIn(email, goodPassword)).location == "/sign-in/second-step")
        #expect(await browser.get("/sign-in/second-step").has("Sign in with a passkey"))
        #expect(browser.cookie("session") == nil)
        #expect(try await browser.signsIn(passkey).location == "/dashboard")
    }

    @Test func `A3 a challenge is good once, in the browser that asked for it, for five minutes`() async throws {
        let city = try await TestCity.make()
        let owner = city.browser()
        try await owner.signIn(try await city.account(email: email, password: goodPassword))
        let passkey = SoftPasskey.es256()
        _ = try await owner.adds(passkey)

        let (first, second) = (city.browser(), city.browser())
        let token = try await first.challenge()
        let answer = try passkey.answers(token)
        // Another browser cannot use it, and it cannot be used again.
        _ = try await second.challenge()
        #expect(await second.post("/sign-in/passkey", answer).status == 422)
        #expect(await first.post("/sign-in/passkey", answer).location == "/dashboard")
        #expect(await first.post("/sign-in/passkey", answer).location == "/sign-in")
        let late = city.browser()
        let old = try await late.challenge()
        city.clock.advance(.minutes(5))
        #expect(await late.post("/sign-in/passkey", try passkey.answers(old)).status == 303)
        #expect(late.cookie("session") == nil)
    }

    @Test func `A3 whoever guesses passwords cannot keep the owner of a passkey out`() async throws {
        let city = try await TestCity.make()
        let owner = city.browser()
        try await owner.signIn(try await city.account(email: email, password: goodPassword))
        let passkey = SoftPasskey.es256()
        _ = try await owner.adds(passkey)
        for _ in 0..<12 { await city.browser().post("/sign-in", signIn(email, "this is not the password")) }
        #expect(await city.browser().post("/sign-in", signIn(email, goodPassword)).status == 429)
        #expect(try await city.browser().signsIn(passkey).location == "/dashboard")
    }

    @Test func `a passkey whose key was changed in the database lets nobody in`() async throws {
        let city = try await TestCity.make()
        let owner = city.browser()
        try await owner.signIn(try await city.account(email: email, password: goodPassword))
        let (passkey, stranger) = (SoftPasskey.es256(), SoftPasskey.es256())
        _ = try await owner.adds(passkey)
        let found: String? = try await city.read { conn in
            try conn.value("SELECT secret FROM credential WHERE kind = 'passkey'")
        }
        let stored = try #require(found)
        let forged = try #require(JSON(parsing: stored)?.object).merging(
            ["key": .string(Base64URL.encode(stranger.coseKey))]) { $1 }
        func put(_ secret: String) async throws {
            try await city.write { change in
                _ = try change.conn.run("UPDATE credential SET secret = \(secret) WHERE kind = 'passkey'")
            }
        }
        try await put(JSON.object(forged).description)
        #expect(try await city.browser().signsIn(stranger).status == 422)
        try await put(stored)
        #expect(try await city.browser().signsIn(passkey).location == "/dashboard")
    }

    @Test func `a passkey that belongs to an account is nobody else's`() async throws {
        let city = try await TestCity.make()
        let (ada, bo) = (city.browser(), city.browser())
        try await ada.signIn(try await city.account(email: email, password: goodPassword))
        try await bo.signIn(try await city.account(email: "bo@example.org", password: goodPassword))
        let passkey = SoftPasskey.es256()
        #expect(try await ada.adds(passkey).status == 303)
        #expect(try await bo.adds(passkey).status == 422)
        // One account's challenge is of no use to another.
        let token = try await ada.challenge(to: "/account/security/passkeys/begin")
        let stolen = await bo.post("/account/security/passkeys/new", SoftPasskey.es256().registers(token, "x"))
        #expect(stolen.status == 422)
    }

    @Test func `A4 a passkey confirms who is there in place of the password, and what was typed is kept`() async throws {
        let city = try await TestCity.make()
        let (owner, bo) = (city.browser(), city.browser())
        try await owner.signIn(try await city.account(email: email, password: goodPassword))
        try await bo.signIn(try await city.account(email: "bo@example.org", password: goodPassword))
        let (passkey, another) = (SoftPasskey.es256(), SoftPasskey.es256(called: "another credential altogether"))
        _ = try await owner.adds(passkey)
        _ = try await bo.adds(another)
        city.clock.advance(.minutes(15))
        #expect(!(await city.browser().get("/account/confirm-password").has("Use my passkey")))
        #expect(await owner.post("/account/emails", ["email": "b@example.org"]).location == "/account/confirm-password")
        #expect(await owner.get("/account/confirm-password").has("Use my passkey"))
        let begin = "/account/confirm-passkey/begin"
        let wrong = try await owner.challenge(to: begin)
        #expect(await owner.post("/account/confirm-passkey", try another.answers(wrong)).status == 422)
        let before = owner.cookie("session")
        let challenge = try await owner.challenge(to: begin)
        let answer = try passkey.answers(challenge)
        let right = await owner.post("/account/confirm-passkey", answer)
        #expect(right.location == "/continue" && owner.cookie("session") != before)
        #expect(await owner.follow(right).has("b@example.org"))
        #expect(await owner.post("/account/emails", ["email": "b@example.org"]).location == "/account/emails/check-email")
        // A challenge is good once.
        city.clock.advance(.minutes(15))
        #expect(await owner.post("/account/confirm-passkey", answer).location == "/account/confirm-password")
        #expect(await owner.post("/account/emails", ["email": "c@example.org"]).location == "/account/confirm-password")
    }

    @Test func `A4 with passkeys only, the password alone confirms nothing; a recovery code beside it does`() async throws {
        let city = try await TestCity.make()
        let owner = city.browser()
        try await owner.signIn(try await city.account(email: email, password: goodPassword))
        _ = try await owner.adds(SoftPasskey.es256())
        let codes = try #require(await owner.get("/account/security/recovery-codes").recoveryCodes)
        city.clock.advance(.minutes(15))
        let page = await owner.get("/account/confirm-password?return=/account/emails")
        #expect(page.has("Use my passkey") && page.has("Recovery code"))
        let confirm = ["password": goodPassword, "return": "/account/emails"]
        for recovery in ["", "abcd efgh ijkl mnop qrst uvwx"] {
            let answer = await owner.post("/account/confirm-password", confirm.merging(["recovery": recovery]) { $1 })
            #expect(answer.status == 422 && answer.has("Enter one of your recovery codes."))
        }
        #expect(await owner.post("/account/emails", ["email": "b@example.org"]).location == "/account/confirm-password")
        let right = await owner.post("/account/confirm-password", confirm.merging(["recovery": codes[0]]) { $1 })
        #expect(right.location == "/account/emails")
        #expect(await owner.post("/account/emails", ["email": "b@example.org"]).location == "/account/emails/check-email")
    }

    @Test func `every page of passkeys shows what the script needs and nothing that says who somebody is`() async throws {
        let city = try await TestCity.make()
        let browser = city.browser()
        _ = try await browser.challenge()
        let page = await browser.get("/sign-in/passkey")
        #expect(page.has("data-passkey=\"get\"") && page.has("data-site=\"localhost\"") && page.has("passkey."))
        #expect(!page.has("data-known") && !page.has("allowCredentials"))
        #expect(await city.browser().get("/sign-in/passkey").location == "/sign-in")
    }
}

extension SoftPasskey {
    func registers(_ challenge: String, _ name: String) -> [String: String] {
        [
            "name": name, "client_data": Base64URL.encode(clientData("webauthn.create", challenge)),
            "attestation": Base64URL.encode(attestation()),
        ]
    }

    func answers(_ challenge: String) throws -> [String: String] {
        let client = clientData("webauthn.get", challenge)
        return [
            "credential": Base64URL.encode(id), "client_data": Base64URL.encode(client),
            "authenticator_data": Base64URL.encode(authenticatorData()), "signature": Base64URL.encode(try signature(client)),
        ]
    }
}

extension Browser {
    /// Presses the button and answers the challenge that the page then shows.
    func challenge(to address: String = "/sign-in/passkey/begin") async throws -> String {
        let page = await follow(await post(address))
        return try #require(page.text.firstMatch(of: /data-challenge="([a-z2-7]{32})"/).map { String($0.output.1) })
    }

    func adds(_ passkey: SoftPasskey, named name: String = "A key") async throws -> Answer {
        let challenge = try await challenge(to: "/account/security/passkeys/begin")
        return await post("/account/security/passkeys/new", passkey.registers(challenge, name))
    }

    func signsIn(_ passkey: SoftPasskey, return place: String = "") async throws -> Answer {
        let challenge = try await challenge()
        return await post("/sign-in/passkey", try passkey.answers(challenge).merging(["return": place]) { $1 })
    }
}
