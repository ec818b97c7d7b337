internal import Crypto
internal import Foundation
internal import Primitives

/// The six digits that an authenticator app shows: RFC 6238, SHA-1, 30 seconds, as every app reads it.
struct TOTP: Sendable, Hashable {
    /// 160 bits, as RFC 4226 advises.
    static let seedBytes = 20
    private static let period: Int64 = 30
    private static let digits = 6

    let seed: [UInt8]

    /// The step of 30 seconds that an instant lies in.
    static func step(at instant: Instant) -> Int64 { instant.microseconds / (1_000_000 * period) }

    func code(step: Int64) -> String {
        let message = withUnsafeBytes(of: step.bigEndian) { Data($0) }
        let code = HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: Data(seed)))
        let bytes = Array(code)
        let offset = Int(bytes[19] & 15)
        let number = (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[offset + $1]) } & 0x7FFF_FFFF
        return padded(Int(number % 1_000_000), TOTP.digits)
    }

    /// The step that the code belongs to: the one of now, or the one just over, for somebody who types slowly.
    /// - Parameter last: the last step that was used; a code is good once.
    func accepts(_ typed: String, at now: Instant, after last: Int64) -> Int64? {
        let digits = typed.filter { !$0.isWhitespace && $0 != "-" }
        guard digits.count == TOTP.digits, digits.allSatisfy(\.isASCII) else { return nil }
        let current = TOTP.step(at: now)
        // Both are always made, so that the time tells nothing.
        let fitting = [current, current - 1].filter { isEqual(code(step: $0), digits) }
        return fitting.first { $0 > last }
    }

    /// What the picture for the app says (the "Key URI" that apps agree on).
    func address(account: String, issuer: String) -> String {
        func encoded(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~@"))) ?? ""
        }
        return "otpauth://totp/\(encoded(issuer)):\(encoded(account))?secret=\(Base32.encode(seed))&issuer=\(encoded(issuer))"
    }

    private func isEqual(_ one: String, _ two: String) -> Bool {
        zip(one.utf8, two.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0 && one.utf8.count == two.utf8.count
    }
}
