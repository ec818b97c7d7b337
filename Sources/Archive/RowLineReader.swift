internal import Database
internal import Foundation

/// Reads what `RowLine` writes and nothing else: other spellings of the same values would not be the same bytes.
struct RowLineReader {
    private let start: UnsafePointer<UInt8>
    private let end: Int
    private var place = 0
    /// For texts with escapes; used again for each.
    private let scratch: ByteBuffer

    /// - Parameter line: without its end. It must outlive the reader.
    /// - Returns: nil for an empty line.
    init?(_ line: UnsafeBufferPointer<UInt8>, scratch: ByteBuffer) {
        guard let start = line.baseAddress else { return nil }
        self.start = start
        end = line.count
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
        guard take(UInt8(ascii: "]")), place == end else { return nil }
        return values
    }

    private mutating func value() -> SQLValue? {
        guard place < end else { return nil }
        switch start[place] {
        case UInt8(ascii: "\""): return text().map(SQLValue.text)
        case UInt8(ascii: "n"): return take("null") ? .null : nil
        case UInt8(ascii: "{"): return bytesOrUnusualReal()
        default: return number()
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard place < end, start[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard place + length <= end, memcmp(start + place, text.utf8Start, length) == 0 else { return false }
        place += length
        return true
    }

    private func string(_ from: Int, _ to: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: start + from, count: to - from), as: UTF8.self)
    }

    /// - Returns: where the byte stands next; the end of the line when it does not.
    private func find(_ byte: UInt8, from: Int) -> Int {
        guard let found = memchr(start + from, Int32(byte), end - from) else { return end }
        return UnsafeRawPointer(found) - UnsafeRawPointer(start)
    }
}

// MARK: Numbers and bytes

extension RowLineReader {
    private mutating func number() -> SQLValue? {
        let from = place
        var isReal = false
        while place < end {
            switch start[place] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): break
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "+"): isReal = true
            default: return isReal ? Double(string(from, place)).map(SQLValue.real) : integer(from)
            }
            place += 1
        }
        return nil
    }

    /// Built downwards, so that the smallest number fits.
    private func integer(_ from: Int) -> SQLValue? {
        let isNegative = start[from] == UInt8(ascii: "-")
        var index = isNegative ? from + 1 : from
        guard index < place else { return nil }
        var number: Int64 = 0
        while index < place {
            guard start[index] != UInt8(ascii: "-") else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflowToo) = product.subtractingReportingOverflow(Int64(start[index] - 48))
            guard !overflow, !overflowToo else { return nil }
            number = sum
            index += 1
        }
        if isNegative { return .integer(number) }
        return number == .min ? nil : .integer(-number)
    }

    private mutating func bytesOrUnusualReal() -> SQLValue? {
        if take("{\"hex\":\"") {
            guard let bytes = hexadecimal(), take("\"}") else { return nil }
            return .blob(bytes)
        }
        guard take("{\"real\":"), let name = text(), take(UInt8(ascii: "}")) else { return nil }
        switch name {
        case "inf": return .real(.infinity)
        case "-inf": return .real(-.infinity)
        case "nan": return .real(.nan)
        default: return nil
        }
    }

    private mutating func hexadecimal() -> [UInt8]? {
        let from = place
        place = find(UInt8(ascii: "\""), from: from)
        let half = (place - from) / 2
        guard (place - from).isMultiple(of: 2) else { return nil }
        var isGood = true
        let bytes = [UInt8](unsafeUninitializedCapacity: half) { bytes, count in
            guard let to = bytes.baseAddress else { return }
            for index in 0..<half {
                let (high, low) = (RowLineReader.digit(start[from + index * 2]), RowLineReader.digit(start[from + index * 2 + 1]))
                if high > 15 || low > 15 { isGood = false }
                to[index] = high << 4 | low
            }
            count = half
        }
        return isGood ? bytes : nil
    }

    /// - Returns: 255 for what is no digit.
    private static func digit(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
        default: 255
        }
    }
}

// MARK: Texts

extension RowLineReader {
    private mutating func text() -> String? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let from = place
        let quote = find(UInt8(ascii: "\""), from: from)
        guard quote < end else { return nil }
        guard memchr(start + from, Int32(UInt8(ascii: "\\")), quote - from) == nil else { return escapedText(quote) }
        place = quote + 1
        return string(from, quote)
    }

    /// - Parameter quote: the next quote, which may be an escaped one.
    private mutating func escapedText(_ quote: Int) -> String? {
        var quote = quote
        scratch.clear()
        while true {
            let backslash = find(UInt8(ascii: "\\"), from: place)
            if quote < place { quote = find(UInt8(ascii: "\""), from: place) }
            let stop = min(backslash, quote)
            guard stop < end else { return nil }
            scratch.append(UnsafeBufferPointer(start: start + place, count: stop - place))
            place = stop + 1
            if stop == quote { return String(decoding: scratch.bytes, as: UTF8.self) }
            guard let byte = escaped() else { return nil }
            scratch.append(byte)
        }
    }

    /// What stands after a backslash.
    private mutating func escaped() -> UInt8? {
        guard place < end else { return nil }
        let byte = start[place]
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return byte
        case UInt8(ascii: "n"): return UInt8(ascii: "\n")
        case UInt8(ascii: "r"): return UInt8(ascii: "\r")
        case UInt8(ascii: "t"): return UInt8(ascii: "\t")
        case UInt8(ascii: "u"):
            guard take("00"), place + 2 <= end else { return nil }
            let (high, low) = (RowLineReader.digit(start[place]), RowLineReader.digit(start[place + 1]))
            place += 2
            return high < 2 && low < 16 ? high << 4 | low : nil
        default: return nil
        }
    }
}
