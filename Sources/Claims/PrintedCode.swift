internal import Accounts
internal import Crypto
internal import CryptoExtras
internal import Foundation
internal import Primitives

/// A code on paper: twelve letters and digits without any that look like another, some 58 bits. The database keeps a hash that is
/// slow to make, bound to what the code is for: the same letters mean nothing for another case.
enum PrintedCode {
    private static let length = 12
    private static let rounds = 20_000
    /// What is read for what it looks like. None of these is printed.
    private static let lookalikes: [Character: Character] = [
        "0": "o", "1": "l", "i": "l", "8": "b", "9": "g", "z": "2", "s": "5",
    ]

    /// What a code is for.
    enum Purpose: Sendable {
        /// Stands on the card of the case with this number.
        case card(String)
        /// Goes in a letter that this account asked for.
        case letter(account: Int64)

        fileprivate var salt: String {
            switch self {
            case .card(let number): "card|\(number.uppercased())"
            case .letter(let account): "letter|\(account)"
            }
        }
    }

    /// The code that comes from this secret, always the same one.
    static func make(from secret: SecretToken, _ name: String) -> String {
        String(plain(secret.next("code-\(name)", once: "").text).prefix(length))
    }

    /// `ABCD-EFGH-JKLM`, as it is printed.
    static func grouped(_ code: String) -> String {
        let letters = Array(code.uppercased())
        return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }
            .joined(separator: "-")
    }

    /// - Parameter typed: in groups or not, in capitals or not.
    static func hash(_ typed: String, for purpose: Purpose) throws -> String {
        let key = try KDF.Insecure.PBKDF2.deriveKey(
            from: Data(plain(typed).utf8), salt: Data(purpose.salt.utf8), using: .sha256, outputByteCount: 32,
            unsafeUncheckedRounds: rounds)
        return key.withUnsafeBytes { bytes in bytes.map { padded(hex: $0) }.joined() }
    }

    /// The same on threads of its own: it would hold up those that serve requests.
    static func hash(_ typed: String, for purpose: Purpose, on hasher: PasswordHasher) async throws -> String {
        try await hasher.run { try hash(typed, for: purpose) }
    }

    private static func padded(hex byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return text.count == 1 ? "0" + text : text
    }

    private static func plain(_ typed: String) -> String {
        String(typed.lowercased().filter { $0.isLetter || $0.isNumber }.map { lookalikes[$0] ?? $0 })
    }
}
