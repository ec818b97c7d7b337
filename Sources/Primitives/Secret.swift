internal import Crypto
internal import Foundation

/// Where random bytes come from. Passed in, so that a test or a demo city can be repeated.
public struct Randomness: Sendable {
    private let fill: @Sendable (Int) -> [UInt8]
    public init(_ fill: @escaping @Sendable (Int) -> [UInt8]) { self.fill = fill }
    public func bytes(_ count: Int) -> [UInt8] { fill(count) }

    /// The operating system's generator: for everything that guards something.
    public static let system = Randomness { count in
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 7)
        while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) } }
        return Array(bytes.prefix(count))
    }
}

/// A token that carries a right (a session, a link in a mail): 160 random bits, shown once and stored only as `hash`.
public struct SecretToken: Sendable, Hashable {
    /// 32 characters of a-z and 2-7.
    public let text: String

    public init(randomness: Randomness) {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")
        var text = ""
        var buffer: UInt64 = 0
        var bits: UInt64 = 0
        for byte in randomness.bytes(20) {
            buffer = buffer << 8 | UInt64(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(buffer >> bits & 31)])
            }
        }
        self.text = text
    }

    /// A token somebody presents; nil when it does not even look like one.
    public init?(presented text: String) {
        guard text.count == 32, text.allSatisfy({ ("a"..."z").contains($0) || ("2"..."7").contains($0) }) else { return nil }
        self.text = text
    }

    /// What the database keeps.
    public var hash: String { sha256(text) }
}

/// SHA-256 of the text's UTF-8 bytes, in hexadecimal.
public func sha256(_ text: String) -> String {
    var text = text
    return text.withUTF8 { sha256(UnsafeRawBufferPointer($0)) }
}

/// SHA-256 of the bytes, in hexadecimal.
public func sha256(bytes: [UInt8]) -> String { bytes.withUnsafeBytes { sha256($0) } }

private func sha256(_ bytes: UnsafeRawBufferPointer) -> String {
    var hasher = SHA256()
    hasher.update(bufferPointer: bytes)
    return hasher.finalize().withUnsafeBytes { hexadecimal($0) }
}
