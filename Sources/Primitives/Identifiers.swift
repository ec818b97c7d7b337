/// A 64-bit key inside the city's database, typed by what it names so that a case is never looked up by a contact's key.
public struct ID<Thing>: Sendable, Hashable, Comparable, Codable {
    public let value: Int64
    public init(_ value: Int64) { self.value = value }
    public static func < (a: ID, b: ID) -> Bool { a.value < b.value }
    public init(from decoder: any Decoder) throws { value = try decoder.singleValueContainer().decode(Int64.self) }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}

extension ID: CustomStringConvertible {
    public var description: String { String(value) }
}

/// The name of a record outside: a UUID, version 7. It sorts by time and is never a secret.
public struct PublicID: Sendable, Hashable, LosslessStringConvertible {
    public let description: String

    public init(at instant: Instant, randomness: Randomness) {
        var bytes = randomness.bytes(16)
        let milliseconds = UInt64(bitPattern: instant.microseconds / 1000)
        for index in 0..<6 { bytes[index] = UInt8(truncatingIfNeeded: milliseconds >> UInt64(8 * (5 - index))) }
        bytes[6] = (bytes[6] & 0x0F) | 0x70
        bytes[8] = (bytes[8] & 0x3F) | 0x80
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, digit) in hexadecimal(bytes).utf8.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digit)
        }
        description = String(decoding: text, as: UTF8.self)
    }

    /// Accepts a UUID in its usual writing, else nil.
    public init?(_ text: String) {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.count) == [8, 4, 4, 4, 12],
            groups.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isHexDigit } })
        else { return nil }
        description = text.lowercased()
    }
}

/// Lower-case hexadecimal.
public func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(64)
    for byte in bytes {
        let (high, low) = (byte >> 4, byte & 15)
        digits.append(high < 10 ? 48 + high : 87 + high)
        digits.append(low < 10 ? 48 + low : 87 + low)
    }
    return String(decoding: digits, as: UTF8.self)
}
