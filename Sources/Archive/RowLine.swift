internal import Database

/// A row as a line of a table's file: a JSON array of its values in the order of the columns. The same values are the same
/// bytes, whichever database they come from.
///
/// | value | text |
/// |---|---|
/// | NULL, integer | `null`, `-7` |
/// | real | the shortest text that reads back exactly, with a point or an exponent: `1.0`, `6.02e+23` |
/// | a real that is no number in JSON | `{"real":"inf"}`, `-inf`, `nan` |
/// | text | a JSON string; only quotes, backslashes and control characters are escaped |
/// | bytes | `{"hex":"00ff"}` |
enum RowLine {
    static func append(_ values: [SQLValue], to line: ByteBuffer) {
        line.append(UInt8(ascii: "["))
        var isFirst = true
        for value in values {
            if !isFirst { line.append(UInt8(ascii: ",")) }
            isFirst = false
            append(value, to: line)
        }
        line.append(UInt8(ascii: "]"))
        line.append(UInt8(ascii: "\n"))
    }

    private static func append(_ value: SQLValue, to line: ByteBuffer) {
        switch value {
        case .null: line.append("null")
        case .integer(let number): line.append(number)
        case .real(let number) where !number.isFinite:
            line.append("{\"real\":\"")
            line.append(number.isNaN ? "nan" : number < 0 ? "-inf" : "inf")
            line.append("\"}")
        // Minus zero equals zero, and SQLite does not keep it.
        case .real(let number): line.append((number == 0 ? 0 : number).description)
        case .text(let text):
            line.append(UInt8(ascii: "\""))
            line.append(text) { escape($0, to: line) }
            line.append(UInt8(ascii: "\""))
        case .blob(let bytes):
            line.append("{\"hex\":\"")
            line.append(hexadecimal: bytes)
            line.append("\"}")
        }
    }

    private static func escape(_ byte: UInt8, to line: ByteBuffer) {
        switch byte {
        case UInt8(ascii: "\""): line.append("\\\"")
        case UInt8(ascii: "\\"): line.append("\\\\")
        case UInt8(ascii: "\n"): line.append("\\n")
        case UInt8(ascii: "\r"): line.append("\\r")
        case UInt8(ascii: "\t"): line.append("\\t")
        default:
            line.append("\\u00")
            line.append(hexadecimal: [byte])
        }
    }
}
