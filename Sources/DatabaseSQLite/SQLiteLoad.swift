internal import Database
internal import GRDB
internal import GRDBSQLite

/// Many rows at once: one prepared INSERT, bound and run on SQLite's own interface, without a value or an array per row in between.
extension SQLiteDriver {
    func load(_ table: String, _ columns: [String], next: () throws -> [SQLValue]?) throws -> Int {
        let names = columns.map(\.asSQLName).joined(separator: ", ")
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        let text = "INSERT INTO \(table.asSQLName) (\(names)) VALUES (\(places))"
        let handle: OpaquePointer
        let statement: Statement
        do {
            statement = try db.cachedStatement(sql: text)
            handle = statement.sqliteStatement
        } catch let error as GRDB.DatabaseError {
            throw KitError(error)
        }
        defer {
            sqlite3_reset(handle)
            sqlite3_clear_bindings(handle)
        }
        var count = 0
        while let values = try next() {
            sqlite3_reset(handle)
            for (index, value) in values.enumerated() { bind(value, to: handle, at: Int32(index + 1)) }
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

    private func bind(_ value: SQLValue, to handle: OpaquePointer, at index: Int32) {
        switch value {
        case .null: sqlite3_bind_null(handle, index)
        case .integer(let number): sqlite3_bind_int64(handle, index, number)
        case .real(let number): sqlite3_bind_double(handle, index, number)
        case .text(var text):
            text.withUTF8 { bytes in
                let start = bytes.baseAddress.map { UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self) }
                _ = sqlite3_bind_text(handle, index, start ?? SQLiteDriver.nothing, Int32(bytes.count), SQLiteDriver.copied)
            }
        case .blob(let bytes):
            bytes.withUnsafeBytes { bytes in
                _ = sqlite3_bind_blob(
                    handle, index, bytes.baseAddress ?? UnsafeRawPointer(SQLiteDriver.nothing), Int32(bytes.count),
                    SQLiteDriver.copied)
            }
        }
    }

    /// SQLite keeps a copy of what is bound (`SQLITE_TRANSIENT`).
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    /// Where an empty text stands, which is not NULL.
    nonisolated(unsafe) private static let nothing = UnsafePointer(UnsafeMutablePointer<CChar>.allocate(capacity: 1))
}
