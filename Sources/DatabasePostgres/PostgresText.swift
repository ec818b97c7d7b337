internal import CPQ
internal import Database
internal import Foundation

/// Values as PostgreSQL writes and reads them in text form.
enum PostgresText {
    /// A zero-terminated argument; nil is NULL.
    static func argument(_ value: SQLValue) throws(DatabaseError) -> [CChar]? {
        switch value {
        case .null: return nil
        case .integer(let number): return terminated("\(number)")
        case .real(let number): return terminated("\(number)")
        case .text(let text):
            guard !text.utf8.contains(0) else { throw refusedNUL }
            return terminated(text)
        case .blob(let bytes):
            var text: [CChar] = [CChar(bitPattern: UInt8(ascii: "\\")), CChar(bitPattern: UInt8(ascii: "x"))]
            text.reserveCapacity(bytes.count * 2 + 3)
            for byte in bytes {
                text.append(digits[Int(byte >> 4)])
                text.append(digits[Int(byte & 15)])
            }
            text.append(0)
            return text
        }
    }

    static let refusedNUL = DatabaseError(.check, "A text holds the character NUL, which PostgreSQL cannot store.")

    private static let digits = "0123456789abcdef".utf8.map { CChar(bitPattern: $0) }
    private static func terminated(_ text: String) -> [CChar] { text.utf8.map { CChar(bitPattern: $0) } + [0] }

    /// One cell of a result. Sums of integers come as `numeric` and are integers again when they are whole.
    static func value(_ result: OpaquePointer, _ row: Int32, _ column: Int32, _ type: Oid) -> SQLValue {
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
        switch type {
        case OIDs.bool: return .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
        case OIDs.int8, OIDs.int2, OIDs.int4, OIDs.oid: return integer(bytes).map(SQLValue.integer) ?? .null
        case OIDs.float4, OIDs.float8: return .real(Double(text(bytes)) ?? .nan)
        case OIDs.numeric: return integer(bytes).map(SQLValue.integer) ?? .real(Double(text(bytes)) ?? .nan)
        case OIDs.bytea: return .blob(hex(bytes.dropFirst(2)))
        default: return .text(text(bytes))
        }
    }

    private static func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func integer(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        var value: Int64 = 0
        let isNegative = bytes.first == UInt8(ascii: "-")
        // Built downwards, so that the smallest number fits.
        for byte in bytes.dropFirst(isNegative ? 1 : 0) {
            guard (48...57).contains(byte) else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowToo) = product.subtractingReportingOverflow(Int64(byte - 48))
            guard !overflow, !overflowToo else { return nil }
            value = sum
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    private static func hex(_ digits: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
        let digits = UnsafeRawBufferPointer(rebasing: digits)
        let half = digits.count / 2
        return [UInt8](unsafeUninitializedCapacity: half) { decoded, count in
            guard let from = digits.assumingMemoryBound(to: UInt8.self).baseAddress, let to = decoded.baseAddress else { return }
            var index = 0
            while index < half {
                let (high, low) = (from[index * 2], from[index * 2 + 1])
                to[index] = (high < 58 ? high - 48 : high - 87) << 4 | (low < 58 ? low - 48 : low - 87)
                index += 1
            }
            count = half
        }
    }
}

/// The types of PostgreSQL's catalog that the schema uses (`pg_type.dat`).
private enum OIDs {
    static let bool: Oid = 16
    static let bytea: Oid = 17
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let oid: Oid = 26
    static let float4: Oid = 700
    static let float8: Oid = 701
    static let numeric: Oid = 1700
}

extension DatabaseError {
    /// What a result says went wrong, by its SQLSTATE (PostgreSQL's appendix A).
    init(result: OpaquePointer, isAlive: Bool) {
        let field = PQresultErrorField(result, Int32(UInt8(ascii: "C")))
        let state = field.map { String(cString: $0) } ?? ""
        // The primary message only: the details of a refused row hold its values, which must not reach a log.
        let primary = PQresultErrorField(result, Int32(UInt8(ascii: "M"))).map { String(cString: $0) }
        let message = primary ?? String(cString: PQresultErrorMessage(result)).trimmingCharacters(in: .whitespacesAndNewlines)
        self.init(DatabaseError.kind(state, isAlive: isAlive), state.isEmpty ? message : "\(message) [\(state)]")
    }

    private static func kind(_ state: String, isAlive: Bool) -> Kind {
        switch state {
        case "23505": .unique
        case "23503": .foreignKey
        case "23514": .check
        case "23502": .notNull
        case "40001", "40P01": .serialization
        // A former primary that now only reads, a server that is stopping or starting.
        case "25006", "57P01", "57P02", "57P03": .connectionLost
        // Only the server gives states. An error without one is libpq's, which may still take a connection for good after it failed to send.
        case _ where state.isEmpty || state.hasPrefix("08") || !isAlive: .connectionLost
        case _ where state.hasPrefix("53") || state.hasPrefix("58"): .storage
        default: .other
        }
    }
}
