internal import Crypto
internal import Foundation
internal import Primitives

/// The site that passkeys belong to: from the address under which the portal is served.
struct Site: Sendable {
    /// The host alone.
    let id: String
    /// Scheme, host and port, as a browser writes them.
    let origin: String

    init(baseURL: String) {
        let parts = URLComponents(string: baseURL)
        id = parts?.host?.lowercased() ?? ""
        origin = baseURL.lowercased()
    }
}

/// What the browser says of a ceremony (WebAuthn, 5.8.1): which, where, and for which challenge.
struct ClientData: Sendable {
    enum Kind: String { case create = "webauthn.create", get = "webauthn.get" }

    let hash: [UInt8]

    /// - Parameter challenge: the token that was sent, as it was sent.
    init(_ bytes: [UInt8], _ kind: Kind, at site: Site, challenge: SecretToken) throws(PasskeyProblem) {
        guard bytes.count < 4000, let text = String(validating: bytes, as: UTF8.self), let json = JSON(parsing: text),
            let type = json["type"]?.string, let sent = json["challenge"]?.string, let origin = json["origin"]?.string
        else { throw .malformed }
        guard type == kind.rawValue, origin == site.origin, json["crossOrigin"] != .bool(true),
            let bytes = Base64URL.decode(sent), bytes == Array(challenge.text.utf8)
        else { throw .elsewhere }
        hash = Array(SHA256.hash(data: Data(text.utf8)))
    }
}

/// A new passkey, checked. Which maker it is from is not asked: any that shows who is there will do.
struct NewPasskey: Sendable {
    let id: [UInt8]
    let key: [UInt8]
    let counter: UInt32
    let mayBeBackedUp: Bool

    init(clientData: [UInt8], attestation: [UInt8], at site: Site, challenge: SecretToken) throws(PasskeyProblem) {
        _ = try ClientData(clientData, .create, at: site, challenge: challenge)
        guard let bytes = try CBOR(attestation)["authData"]?.bytes else { throw .malformed }
        let data = try AuthenticatorData(bytes)
        try data.check(site: site)
        guard let credential = data.credential else { throw .malformed }
        _ = try COSEKey(credential.key)
        id = credential.id
        key = credential.key
        counter = data.counter
        mayBeBackedUp = data.mayBeBackedUp
    }
}

/// A signature made with a passkey that we know, checked.
struct Assertion: Sendable {
    /// How often the passkey has signed, as it counts; 0 where it does not count.
    let counter: UInt32

    init(
        clientData: [UInt8], authenticatorData: [UInt8], signature: [UInt8], key: [UInt8], counter before: Int64,
        at site: Site, challenge: SecretToken
    ) throws(PasskeyProblem) {
        let client = try ClientData(clientData, .get, at: site, challenge: challenge)
        let data = try AuthenticatorData(authenticatorData)
        try data.check(site: site)
        guard try COSEKey(key).accepts(signature, of: authenticatorData + client.hash) else { throw .signature }
        guard data.counter == 0 && before == 0 || Int64(data.counter) > before else { throw .copied }
        counter = data.counter
    }
}

/// Bytes as addresses and browsers write them: RFC 4648, section 5, without padding.
enum Base64URL {
    static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func decode(_ text: String) -> [UInt8]? {
        guard text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }) else { return nil }
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.count % 4) % 4)
        return Data(base64Encoded: plain + padding).map(Array.init)
    }
}
