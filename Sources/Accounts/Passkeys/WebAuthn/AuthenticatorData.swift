internal import Crypto
internal import Foundation

/// What the authenticator itself says (WebAuthn, 6.1): for which site, whether somebody was there, how often it signed, and at
/// registration the new key.
struct AuthenticatorData: Sendable {
    let siteHash: [UInt8]
    private let flags: UInt8
    let counter: UInt32
    /// Only at registration.
    let credential: Credential?

    struct Credential: Sendable {
        let id: [UInt8]
        /// COSE, as it came.
        let key: [UInt8]
    }

    var isPresent: Bool { flags & 0x01 != 0 }
    var isVerified: Bool { flags & 0x04 != 0 }
    /// Whether the key may be on several devices.
    var mayBeBackedUp: Bool { flags & 0x08 != 0 }
    private var hasCredential: Bool { flags & 0x40 != 0 }
    private var hasExtensions: Bool { flags & 0x80 != 0 }

    init(_ bytes: [UInt8]) throws(PasskeyProblem) {
        guard bytes.count >= 37 else { throw .malformed }
        siteHash = Array(bytes[..<32])
        flags = bytes[32]
        counter = bytes[33..<37].reduce(0) { $0 << 8 | UInt32($1) }
        var rest = bytes[37...]
        guard flags & 0x40 != 0 else {
            credential = nil
            if flags & 0x80 != 0 { try AuthenticatorData.skip(&rest) }
            guard rest.isEmpty else { throw .malformed }
            return
        }
        // 16 bytes name the model, which nobody asks for.
        guard rest.count >= 18 else { throw .malformed }
        let length = Int(rest[rest.startIndex + 16]) << 8 | Int(rest[rest.startIndex + 17])
        rest.removeFirst(18)
        guard (1...1023).contains(length), rest.count > length else { throw .malformed }
        let id = Array(rest.prefix(length))
        rest.removeFirst(length)
        let before = rest
        try AuthenticatorData.skip(&rest)
        credential = Credential(id: id, key: Array(before.prefix(before.count - rest.count)))
        if flags & 0x80 != 0 { try AuthenticatorData.skip(&rest) }
        guard rest.isEmpty else { throw .malformed }
    }

    private static func skip(_ rest: inout ArraySlice<UInt8>) throws(PasskeyProblem) {
        var reader = CBORReader(rest)
        guard case .map = try reader.value() else { throw .malformed }
        rest = reader.rest
    }

    /// For this site, with somebody there who showed who they are.
    func check(site: Site) throws(PasskeyProblem) {
        guard siteHash == Array(SHA256.hash(data: Data(site.id.utf8))) else { throw .elsewhere }
        guard isPresent, isVerified else { throw .unverified }
    }
}
