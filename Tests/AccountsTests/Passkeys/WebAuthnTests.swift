import Crypto
import CryptoExtras
import Primitives
import Testing

@testable import Accounts

@Suite struct WebAuthnTests {
    private let site = Site(baseURL: "http://localhost:8080")
    private let challenge = SecretToken(randomness: .system)

    private func register(_ passkey: SoftPasskey, type: String = "webauthn.create", challenge: SecretToken? = nil)
        throws(PasskeyProblem) -> NewPasskey
    {
        try NewPasskey(
            clientData: passkey.clientData(type, (challenge ?? self.challenge).text), attestation: passkey.attestation(),
            at: site,
            challenge: self.challenge)
    }

    private func signIn(_ passkey: SoftPasskey, counter: Int64 = 0, type: String = "webauthn.get") throws -> Assertion {
        let client = passkey.clientData(type, challenge.text)
        return try Assertion(
            clientData: client, authenticatorData: passkey.authenticatorData(), signature: passkey.signature(client),
            key: passkey.coseKey, counter: counter, at: site, challenge: challenge)
    }

    @Test func `keys of all three kinds are taken, and their signatures`() throws {
        let keys: [SoftPasskey] = [
            .es256(), SoftPasskey(key: .eddsa(Curve25519.Signing.PrivateKey())),
            SoftPasskey(key: .rs256(try _RSA.Signing.PrivateKey(keySize: .bits2048))),
        ]
        for passkey in keys {
            let new = try register(passkey)
            #expect(new.id == passkey.id && new.key == passkey.coseKey)
            #expect(try signIn(passkey).counter == 0)
        }
    }

    @Test func `what is for another site, another ceremony or another challenge is refused`() throws {
        let other = SecretToken(randomness: .system)
        var elsewhere = SoftPasskey.es256()
        elsewhere.site = "evil.example"
        #expect(throws: PasskeyProblem.elsewhere) { try register(elsewhere) }
        #expect(throws: PasskeyProblem.elsewhere) { try signIn(elsewhere) }
        for origin in ["http://evil.example", "https://localhost:8080", "http://localhost", "http://localhost:8080.evil.example"]
        {
            var passkey = SoftPasskey.es256()
            passkey.origin = origin
            #expect(throws: PasskeyProblem.elsewhere) { try register(passkey) }
            #expect(throws: PasskeyProblem.elsewhere) { try signIn(passkey) }
        }
        var framed = SoftPasskey.es256()
        framed.crossOrigin = true
        #expect(throws: PasskeyProblem.elsewhere) { try signIn(framed) }
        #expect(throws: PasskeyProblem.elsewhere) { try register(.es256(), challenge: other) }
        #expect(throws: PasskeyProblem.elsewhere) { try register(.es256(), type: "webauthn.get") }
        #expect(throws: PasskeyProblem.elsewhere) { try signIn(.es256(), type: "webauthn.create") }
    }

    @Test func `somebody has to be there and to show who it is`() {
        for flags: UInt8 in [0x00, 0x01, 0x04] {
            var passkey = SoftPasskey.es256()
            passkey.flags = flags
            #expect(throws: PasskeyProblem.unverified) { try register(passkey) }
            #expect(throws: PasskeyProblem.unverified) { try signIn(passkey) }
        }
    }

    @Test func `a count that went back is a copy`() throws {
        var passkey = SoftPasskey.es256()
        passkey.counter = 7
        #expect(try signIn(passkey, counter: 6).counter == 7)
        for before: Int64 in [7, 8] { #expect(throws: PasskeyProblem.copied) { try signIn(passkey, counter: before) } }
        #expect(throws: PasskeyProblem.copied) { try signIn(.es256(), counter: 1) }
    }

    @Test func `one changed byte anywhere in what is signed, and the signature does not fit`() throws {
        let passkey = SoftPasskey.es256()
        let client = passkey.clientData("webauthn.get", challenge.text)
        let (data, signature) = (passkey.authenticatorData(), try passkey.signature(client))
        func accepts(_ client: [UInt8], _ data: [UInt8], _ signature: [UInt8]) -> Bool {
            (try? Assertion(
                clientData: client, authenticatorData: data, signature: signature, key: passkey.coseKey, counter: 0, at: site,
                challenge: challenge)) != nil
        }
        #expect(accepts(client, data, signature))
        for (index, part) in [client, data, signature].enumerated() {
            for place in part.indices {
                var changed = [client, data, signature]
                changed[index][place] ^= 1
                #expect(!accepts(changed[0], changed[1], changed[2]), "part \(index), byte \(place)")
            }
        }
        #expect(throws: PasskeyProblem.signature) {
            try Assertion(
                clientData: client, authenticatorData: data, signature: signature, key: SoftPasskey.es256().coseKey, counter: 0,
                at: site, challenge: challenge)
        }
    }

    @Test func `bytes that are cut off, drawn out or nonsense are refused, and never crash`() {
        let attestation = SoftPasskey.es256().attestation()
        let client = SoftPasskey.es256().clientData("webauthn.create", challenge.text)
        func register(_ bytes: [UInt8]) throws {
            _ = try NewPasskey(clientData: client, attestation: bytes, at: site, challenge: challenge)
        }
        for length in attestation.indices {
            #expect(throws: PasskeyProblem.self) { try register(Array(attestation.prefix(length))) }
        }
        #expect(throws: PasskeyProblem.malformed) { try register(attestation + [0]) }
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<5000 {
            var bytes = attestation
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            try? register(bytes)
            try? register(
                (0..<Int.random(in: 0...80, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) })
        }
    }

    @Test(
        arguments: [
            [0x9F, 0xFF], [0x5F, 0xFF], [0xBF, 0xFF], [0xC0, 0x00], [0xF9, 0, 0], [0xFF], [], [0x1C], [0x62, 0xFF, 0xFE],
            [0xA2, 1, 1, 1, 1], [0x9B, 255, 255, 255, 255, 255, 255, 255, 255], [0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x00],
            [0x5B, 255, 255, 255, 255, 255, 255, 255, 255],
        ] as [[UInt8]])
    func `CBOR that authenticators do not write is refused`(_ bytes: [UInt8]) {
        #expect(throws: PasskeyProblem.malformed) { try CBOR(bytes) }
    }
}
