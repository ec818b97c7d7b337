internal import Database
internal import GRDB
internal import GRDBSQLite

/// Many rows at once: one prepared INSERT, bound and run on SQLite's own interface, without a value or an array per row in between.
extension SQLiteDriver {
    func load(_ table: String, _ columns: [String], isSure: Bool, next: () throws -> [SQLValue]?) throws -> Int {
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
        let texts = ByteBuffer()
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
