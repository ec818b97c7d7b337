import Crypto
import CryptoExtras
import Foundation
import Primitives

@testable import Accounts

/// An authenticator made of code: answers ceremonies as a phone does, and as a wrong one might.
struct SoftPasskey {
    enum Key {
        case es256(P256.Signing.PrivateKey)
        case eddsa(Curve25519.Signing.PrivateKey)
        case rs256(_RSA.Signing.PrivateKey)
    }

    var site = "localhost"
    var origin = "http://localhost:8080"
    var flags: UInt8 = 0x05
    var counter: UInt32 = 0
    var crossOrigin = false
    var id = Array("a credential of sixteen or more bytes".utf8)
    let key: Key

    static func es256(called id: String = "a credential of sixteen or more bytes") -> SoftPasskey {
        SoftPasskey(id: Array(id.utf8), key: .es256(P256.Signing.PrivateKey()))
    }

    func clientData(_ type: String, _ challenge: String) -> [UInt8] {
        let json: JSON = [
            "type": .string(type), "challenge": .string(Base64URL.encode(Array(challenge.utf8))), "origin": .string(origin),
            "crossOrigin": .bool(crossOrigin),
        ]
        return Array(json.description.utf8)
    }

    func attestation() -> [UInt8] {
        let data = authenticatorData(
            flags | 0x40,
            more: [UInt8](repeating: 0, count: 16) + [UInt8(id.count >> 8), UInt8(id.count & 255)] + id + coseKey)
        return [0xA3] + text("fmt") + text("none") + text("attStmt") + [0xA0] + text("authData") + bytes(data)
    }

    func authenticatorData() -> [UInt8] { authenticatorData(flags, more: []) }

    func signature(_ client: [UInt8]) throws -> [UInt8] {
        let message = Data(authenticatorData() + Array(SHA256.hash(data: Data(client))))
        switch key {
        case .es256(let key): return Array(try key.signature(for: message).derRepresentation)
        case .eddsa(let key): return Array(try key.signature(for: message))
        case .rs256(let key):
            return Array(try key.signature(for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5).rawRepresentation)
        }
    }

    var coseKey: [UInt8] {
        switch key {
        case .es256(let key):
            let raw = Array(key.publicKey.rawRepresentation)
            return [0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21] + bytes(Array(raw[..<32])) + [0x22] + bytes(Array(raw[32...]))
        case .eddsa(let key): return [0xA4, 1, 1, 3, 0x27, 0x20, 6, 0x21] + bytes(Array(key.publicKey.rawRepresentation))
        case .rs256(let key):
            let parts = (try? key.publicKey.getKeyPrimitives()) ?? nil
            return [0xA4, 1, 3, 3, 0x39, 1, 0, 0x20] + bytes(Array(parts?.modulus ?? Data())) + [0x21]
                + bytes(Array(parts?.publicExponent ?? Data()))
        }
    }

    private func authenticatorData(_ flags: UInt8, more: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: Data(site.utf8))) + [flags] + withUnsafeBytes(of: counter.bigEndian, Array.init) + more
    }

    private func text(_ text: String) -> [UInt8] { [0x60 + UInt8(text.utf8.count)] + Array(text.utf8) }
    private func bytes(_ bytes: [UInt8]) -> [UInt8] {
        bytes.count < 24
            ? [0x40 + UInt8(bytes.count)] + bytes
            : bytes.count < 256
                ? [0x58, UInt8(bytes.count)] + bytes
                : [0x59, UInt8(bytes.count >> 8), UInt8(bytes.count & 255)] + bytes
    }
}
