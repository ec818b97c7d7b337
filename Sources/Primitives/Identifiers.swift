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
        description = String(unsafeUninitializedCapacity: 36) { text in
            var place = 0
            for (index, byte) in bytes.enumerated() {
                if index == 4 || index == 6 || index == 8 || index == 10 {
                    text[place] = UInt8(ascii: "-")
                    place += 1
                }
                text[place] = hexadecimalDigit(byte >> 4)
                text[place + 1] = hexadecimalDigit(byte & 15)
                place += 2
            }
            return place
        }
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
    bytes.withContiguousStorageIfAvailable { hexadecimal(UnsafeRawBufferPointer($0)) }
        ?? Array(bytes).withUnsafeBytes { hexadecimal($0) }
}

func hexadecimal(_ bytes: UnsafeRawBufferPointer) -> String {
    String(unsafeUninitializedCapacity: bytes.count * 2) { text in
        for (index, byte) in bytes.enumerated() {
            text[index * 2] = hexadecimalDigit(byte >> 4)
            text[index * 2 + 1] = hexadecimalDigit(byte & 15)
        }
        return bytes.count * 2
    }
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
