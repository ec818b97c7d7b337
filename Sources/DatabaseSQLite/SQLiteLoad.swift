internal import Database
internal import GRDB
internal import GRDBSQLite

/// Many rows at once: one prepared INSERT, bound and run on SQLite's own interface, without a value or an array per row in between.
extension SQLiteDriver {
    /// Where the caller is sure of them, rows are stored by a thread of their own, while this one makes the next.
    func load(_ table: String, _ columns: [String], isSure: Bool, next: () throws -> [SQLValue]?) throws -> Int {
        guard isSure, let loader else { return try store(table, columns, next) }
        var count = 0
        while true {
            let some = try SQLiteDriver.some(next)
            // Few are stored sooner than handed over.
            if count == 0, some.count < SQLiteDriver.few {
                var rest = some.makeIterator()
                return try store(table, columns) { rest.next() }
            }
            count += some.count
            try loader.add(some, into: table, columns, db)
            if some.count < SQLiteDriver.together { return count }
        }
    }

    private func store(_ table: String, _ columns: [String], _ next: () throws -> [SQLValue]?) throws -> Int {
        let text = SQLiteInsert.text(table, columns)
        try loader?.take(for: text)
        defer { loader?.release() }
        return try SQLiteInsert(text, SQLiteDriver.asKit { try db.cachedStatement(sql: text) }).run(next)
    }

    private static func some(_ next: () throws -> [SQLValue]?) throws -> [[SQLValue]] {
        var some: [[SQLValue]] = []
        some.reserveCapacity(together)
        while some.count < together, let row = try next() { some.append(row) }
        return some
    }

    private static let few = 16
    /// Handed over together.
    private static let together = 256
}

/// An INSERT into one table and its statement.
final class SQLiteInsert {
    private let text: String
    /// Owns the handle.
    private let statement: Statement
    private let texts = ByteBuffer(capacity: 1 << 12)

    init(_ text: String, _ statement: Statement) {
        self.text = text
        self.statement = statement
    }

    static func text(_ table: String, _ columns: [String]) -> String {
        let names = columns.map(\.asSQLName).joined(separator: ", ")
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        return "INSERT INTO \(table.asSQLName) (\(names)) VALUES (\(places))"
    }

    /// - Returns: what kept the rows from being stored.
    func problem(storing rows: ArraySlice<[SQLValue]>) -> KitError? {
        do {
            var rest = rows.makeIterator()
            _ = try run { rest.next() }
            return nil
        } catch {
            return error as? KitError ?? KitError(.other, "\(error)")
        }
    }

    /// - Returns: how many rows there were.
    func run(_ next: () throws -> [SQLValue]?) throws -> Int {
        try withExtendedLifetime(statement) {
            let handle = statement.sqliteStatement
            defer {
                sqlite3_reset(handle)
                sqlite3_clear_bindings(handle)
            }
            var count = 0
            while let values = try next() {
                sqlite3_reset(handle)
                bind(values, to: handle, texts)
                guard sqlite3_step(handle) == SQLITE_DONE else {
                    let connection = sqlite3_db_handle(handle)
                    throw KitError(
                        GRDB.DatabaseError(
                            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                            message: String(cString: sqlite3_errmsg(connection)), sql: text))
                }
                count += 1
            }
            return count
        }
    }

    /// - Parameter texts: where the row's texts and bytes stand until the next row, so that SQLite need not copy them.
    private func bind(_ values: [SQLValue], to handle: OpaquePointer, _ texts: ByteBuffer) {
        texts.clear()
        for value in values {
            switch value {
            case .text(let text): texts.append(text)
            case .blob(let bytes): texts.append(bytes)
            case .null, .integer, .real: break
            }
        }
        // Only now does nothing move any more.
        var place = texts.start
        var index: Int32 = 0
        for value in values {
            index += 1
            switch value {
            case .null: sqlite3_bind_null(handle, index)
            case .integer(let number): sqlite3_bind_int64(handle, index, number)
            case .real(let number): sqlite3_bind_double(handle, index, number)
            case .text(let text):
                let length = text.utf8.count
                place.withMemoryRebound(to: CChar.self, capacity: length) { bytes in
                    _ = sqlite3_bind_text(handle, index, bytes, Int32(length), nil)
                }
                place += length
            case .blob(let bytes):
                sqlite3_bind_blob(handle, index, place, Int32(bytes.count), nil)
                place += bytes.count
            }
        }
    }
}
