import Foundation
import JWTKit
import Primitives
import Testing
import Web

@testable import Accounts

/// What a sign-in service says is believed only when it was said to this portal, now, and about what was asked (OpenID Connect Core 3.1.3.7).
@Suite struct IdentityTokenTests {
    private let provider = OpenIDProvider(issuer: "https://login.example.gov", clientID: "permits", clientSecret: "secret")
    private let now = Instant("2026-07-06T15:30:00Z") ?? Instant(microseconds: 0)

    private var seconds: Int64 { now.microseconds / 1_000_000 }

    /// A token as the provider would write it, with some claims changed; `null` takes one away.
    private func token(_ changes: [String: JSON] = [:]) throws -> IdentityToken {
        let usual: [String: JSON] = [
            "iss": "https://login.example.gov", "sub": "8f1c", "aud": "permits", "exp": .integer(seconds + 300),
            "iat": .integer(seconds), "nonce": "n",
        ]
        let claims = usual.merging(changes) { $1 }.filter { $0.value != .null }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        return try decoder.decode(IdentityToken.self, from: Data(JSON.object(claims).description.utf8))
    }

    private func problem(_ changes: [String: JSON] = [:], nonce: String = "n") throws -> String? {
        try token(changes).problem(from: #require(provider), nonce: nonce, at: now)
    }

    @Test func `a good token is believed`() throws {
        #expect(try problem() == nil)
        #expect(try problem(["aud": ["permits", "other"], "azp": "permits"]) == nil)
    }

    @Test func `a token of somebody else, for somebody else, too old, too new or for another question is not`() throws {
        let bad: [[String: JSON]] = [
            ["iss": "https://login.example.org"], ["iss": "https://login.example.gov/"], ["aud": "another"], ["aud": []],
            ["aud": ["permits", "other"]], ["azp": "other"], ["exp": .integer(seconds - 61)], ["iat": .integer(seconds + 61)],
            ["nonce": "other"],
            ["nonce": .null], ["sub": ""], ["sub": .string(String(repeating: "x", count: 256))],
        ]
        for changes in bad { #expect(try problem(changes) != nil, "\(changes)") }
    }

    @Test func `who it is is the issuer and the subject, and a second step is one only when the service says so`() throws {
        let one = try token(["email": "dana@city.example", "auth_time": 1_783_351_800, "amr": ["pwd", "otp"]]).identity
        let other = try token(["email": "dana@city.example", "sub": "other", "amr": ["pwd"]]).identity
        #expect((one.issuer, one.subject) != (other.issuer, other.subject) && one.label == other.label)
        #expect(one.hasSecondStep && !other.hasSecondStep)
        #expect(one.askedAt == Instant("2026-07-06T15:30:00Z") && other.askedAt == nil)
    }

    @Test func `two steps at the service ask for no more here, and do not show that somebody has the second step of here`() {
        #expect(Entrance.Method.directoryAndMore.isWhole && !Entrance.Method.directoryAndMore.hasSecondStep)
        #expect(!Entrance.Method.directory.isWhole && Entrance.Method.passkey.isWhole && Entrance.Method.passkey.hasSecondStep)
    }

    @Test func `a signature by another key is none`() async throws {
        let (theirs, others) = (JWTKeyCollection(), JWTKeyCollection())
        await theirs.add(ecdsa: ES256PrivateKey(), kid: "a")
        await others.add(ecdsa: ES256PrivateKey(), kid: "a")
        let signed = try await others.sign(try token(), kid: "a")
        await #expect(throws: (any Error).self) { try await theirs.verify(signed, as: IdentityToken.self) }
        let unsigned = "eyJhbGciOiJub25lIn0." + signed.split(separator: ".")[1] + "."
        await #expect(throws: (any Error).self) { try await theirs.verify(unsigned, as: IdentityToken.self) }
        let good = try await theirs.sign(try token(), kid: "a")
        #expect(try await theirs.verify(good, as: IdentityToken.self).sub == "8f1c")
    }

    @Test func `secrets go to safe addresses only`() {
        for issuer in [
            "http://login.example.gov", "https://", "login.example.gov", "https://u:p@login.example.gov", "https://a.gov?x=1",
        ] {
            #expect(OpenIDProvider(issuer: issuer, clientID: "a", clientSecret: "b") == nil, "\(issuer)")
        }
        #expect(OpenIDProvider(issuer: "http://localhost:8432", clientID: "a", clientSecret: "b") != nil)
    }

    @Test func `what one browser began no other can end`() throws {
        let (one, other) = (SecretToken(randomness: .system), SecretToken(randomness: .system))
        let step = DirectoryStep(one, wanted: nil)
        #expect(step.state != DirectoryStep(other, wanted: nil).state)
        #expect(Set([step.state, step.nonce, step.verifier, step.challenge, step.session.text]).count == 5)
        #expect(step.verifier.count == 64 && step.challenge.count == 43)
        let cookie = "\(step.cookie.name)=\(step.cookie.value)"
        #expect(DirectoryStep(of: WebRequest(method: .get, path: "/", headers: ["cookie": cookie]))?.token == one)
        #expect(DirectoryStep(of: WebRequest(method: .get, path: "/", headers: ["cookie": "directory=x"])) == nil)
    }
}
