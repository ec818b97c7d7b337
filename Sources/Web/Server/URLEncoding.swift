/// `application/x-www-form-urlencoded`, as queries and forms are written: `+` is a space, `%20` too.
public enum URLEncoding {
    public static func pairs(_ text: some StringProtocol) -> [(String, String)] {
        text.split(separator: "&").compactMap { pair in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = decode(sides[0], plusIsSpace: true)
            guard !name.isEmpty else { return nil }
            return (name, sides.count == 2 ? decode(sides[1], plusIsSpace: true) : "")
        }
    }

    /// The last of several with one name wins.
    public static func dictionary(_ text: some StringProtocol) -> [String: String] {
        Dictionary(pairs(text), uniquingKeysWith: { _, last in last })
    }

    /// Bytes that are no UTF-8 come out as U+FFFD; a stray `%` stays.
    static func decode(_ text: some StringProtocol, plusIsSpace: Bool) -> String {
        let source = Array(text.utf8)
        guard source.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else { return String(text) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            let byte = source[index]
            if byte == UInt8(ascii: "%"), index + 2 <= source.count - 1, let high = nibble(source[index + 1]),
                let low = nibble(source[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(byte == UInt8(ascii: "+") && plusIsSpace ? 32 : byte)
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
