internal import Crypto
internal import CryptoExtras
internal import Foundation

/// A public key as authenticators hand it over (RFC 9053), and the signatures made with it.
enum COSEKey: Sendable {
    case es256(P256.Signing.PublicKey)
    case eddsa(Curve25519.Signing.PublicKey)
    case rs256(_RSA.Signing.PublicKey)

    /// In the order we like them; the names of COSE.
    static let algorithms = [-8, -7, -257]

    init(_ bytes: [UInt8]) throws(PasskeyProblem) {
        let key = try CBOR(bytes)
        switch (key[1]?.integer, key[3]?.integer) {
        case (2, -7):
            guard key[-1]?.integer == 1, let x = key[-2]?.bytes, let y = key[-3]?.bytes, x.count == 32, y.count == 32,
                let point = try? P256.Signing.PublicKey(x963Representation: [4] + x + y)
            else { throw .malformed }
            self = .es256(point)
        case (1, -8):
            guard key[-1]?.integer == 6, let x = key[-2]?.bytes,
                let point = try? Curve25519.Signing.PublicKey(rawRepresentation: x)
            else { throw .malformed }
            self = .eddsa(point)
        case (3, -257):
            guard let n = key[-1]?.bytes, let e = key[-2]?.bytes, (256...512).contains(n.count), e.count <= 4,
                let modulus = try? _RSA.Signing.PublicKey(n: Data(n), e: Data(e))
            else { throw .malformed }
            self = .rs256(modulus)
        default: throw .algorithm
        }
    }

    func accepts(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        switch self {
        case .es256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: Data(message))
        case .eddsa(let key): return key.isValidSignature(Data(signature), for: Data(message))
        case .rs256(let key):
            return key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: Data(signature)), for: SHA256.hash(data: Data(message)),
                padding: .insecurePKCS1v1_5)
        }
    }
}
