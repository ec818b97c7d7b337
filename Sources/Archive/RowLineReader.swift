internal import Database

/// Reads what `RowLine` writes and nothing else: other spellings of the same values would not be the same bytes.
struct RowLineReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0
    /// For texts with escapes; used again for each.
    private let scratch: ByteBuffer

    /// - Parameter bytes: the line without its end. It must outlive the reader.
    init(_ bytes: UnsafeBufferPointer<UInt8>, scratch: ByteBuffer) {
        self.bytes = bytes
        self.scratch = scratch
    }

    /// - Returns: nil when this is not a row with so many values.
    mutating func values(count: Int) -> [SQLValue]? {
        var values: [SQLValue] = []
        values.reserveCapacity(count)
        guard take(UInt8(ascii: "[")) else { return nil }
        for index in 0..<count {
            if index > 0 { guard take(UInt8(ascii: ",")) else { return nil } }
            guard let value = value() else { return nil }
            values.append(value)
        }
        guard take(UInt8(ascii: "]")), place == bytes.count else { return nil }
        return values
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard place + length <= bytes.count else { return false }
        for index in 0..<length where bytes[place + index] != text.utf8Start[index] { return false }
        place += length
        return true
    }

    private mutating func value() -> SQLValue? {
        switch next {
        case UInt8(ascii: "\""): text().map(SQLValue.text)
        case UInt8(ascii: "n"): take("null") ? .null : nil
        case UInt8(ascii: "{"): bytesOrUnusualReal()
        default: number()
        }
    }

    private mutating func bytesOrUnusualReal() -> SQLValue? {
        if take("{\"hex\":\"") {
            guard let decoded = hexadecimal(), take("\"}") else { return nil }
            return .blob(decoded)
        }
        guard take("{\"real\":"), let name = text(), take(UInt8(ascii: "}")) else { return nil }
        switch name {
        case "inf": return .real(.infinity)
        case "-inf": return .real(-.infinity)
        case "nan": return .real(.nan)
        default: return nil
        }
    }

    private mutating func number() -> SQLValue? {
        let start = place
        var isReal = false
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): break
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "+"): isReal = true
            default:
                return isReal ? real(start) : integer(start)
            }
            place += 1
        }
        return nil
    }

    private func real(_ start: Int) -> SQLValue? {
        Double(String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<place]), as: UTF8.self)).map(SQLValue.real)
    }

    /// Built downwards, so that the smallest number fits.
    private func integer(_ start: Int) -> SQLValue? {
        let isNegative = bytes[start] == UInt8(ascii: "-")
        var index = isNegative ? start + 1 : start
        guard index < place else { return nil }
        var number: Int64 = 0
        while index < place {
            let byte = bytes[index]
            guard byte != UInt8(ascii: "-") else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflowToo) = product.subtractingReportingOverflow(Int64(byte - 48))
            guard !overflow, !overflowToo else { return nil }
            number = sum
            index += 1
        }
        if isNegative { return .integer(number) }
        return number == .min ? nil : .integer(-number)
    }

    private mutating func text() -> String? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = place
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "\"") {
                place += 1
                return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<place - 1]), as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\") { return escapedText(start) }
            place += 1
        }
        return nil
    }

    /// - Parameter start: where the text begins; `place` is at its first backslash.
    private mutating func escapedText(_ start: Int) -> String? {
        scratch.clear()
        var from = start
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                scratch.append(UnsafeBufferPointer(rebasing: bytes[from..<place]))
                place += 1
                if byte == UInt8(ascii: "\"") { return String(decoding: scratch.bytes, as: UTF8.self) }
                guard let escaped = escaped() else { return nil }
                scratch.append(escaped)
                from = place
            } else {
                place += 1
            }
        }
        return nil
    }

    private mutating func escaped() -> UInt8? {
        guard let byte = next else { return nil }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return byte
        case UInt8(ascii: "n"): return UInt8(ascii: "\n")
        case UInt8(ascii: "r"): return UInt8(ascii: "\r")
        case UInt8(ascii: "t"): return UInt8(ascii: "\t")
        case UInt8(ascii: "u"):
            guard take("00"), place + 2 <= bytes.count, let high = nibble(bytes[place]), let low = nibble(bytes[place + 1]) else {
                return nil
            }
            place += 2
            return high < 2 ? high << 4 | low : nil
        default: return nil
        }
    }

    private mutating func hexadecimal() -> [UInt8]? {
        var end = place
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += 1 }
        guard (end - place).isMultiple(of: 2) else { return nil }
        var isGood = true
        let decoded = [UInt8](unsafeUninitializedCapacity: (end - place) / 2) { buffer, count in
            while place < end, let high = nibble(bytes[place]), let low = nibble(bytes[place + 1]) {
                buffer[count] = high << 4 | low
                count += 1
                place += 2
            }
            isGood = place == end
        }
        return isGood ? decoded : nil
    }

    private func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
        default: nil
        }
    }
}
