extension ConnectionDriver {
    /// One prepared INSERT, row by row.
    public func load(_ table: String, _ columns: [String], isSure: Bool, next: () throws -> [SQLValue]?) throws -> Int {
        let names = columns.map(\.asSQLName).joined(separator: ", ")
        let places = columns.indices.map { dialect == .postgres ? "$\($0 + 1)" : "?" }.joined(separator: ", ")
        let text = "INSERT INTO \(table.asSQLName) (\(names)) VALUES (\(places))"
        var count = 0
        while let values = try next() {
            _ = try run(text, values, streaming: false) { _ in }
            count += 1
        }
        return count
    }
}

extension Connection {
    /// Says that this transaction loads very much, as others of this process did or will, and that every row it loads refers to
    /// rows that it looked up, or that it or an earlier one of the same work made: nothing removes such rows.
    ///
    /// SQLite then keeps more pages in memory (128 MiB) and moves its log into the file less often (every 64 MiB), so that a page
    /// is written once and not for every row on it; it stores rows while the next ones are made. PostgreSQL plans its statements anew, for the tables as they are by now, and
    /// does not look up again what the rows refer to, where the role may say so (`session_replication_role`). What is committed is
    /// on disk as before.
    ///
    /// - Parameter tables: of these it will ask for new keys again and again.
    public func expectLoading(keysOf tables: [String] = []) throws(DatabaseError) {
        isLoading = true
        switch dialect {
        case .sqlite:
            _ = try rows("PRAGMA cache_size = -131072")
            _ = try rows("PRAGMA wal_autocheckpoint = 16000")
            for table in tables { lastKeys[table] = try lastKey(of: table) }
        case .postgres: try run("DISCARD PLANS")
        }
    }

    /// Puts many rows into a table, as fast as the database takes them and without keeping them.
    /// - Parameters:
    ///   - table, columns: names as they stand in the database's catalog, never from outside.
    ///   - next: the values of the next row, in the order of the columns; nil at the end. What it throws ends the loading.
    /// - Returns: how many rows there were.
    @discardableResult
    public func load(table: String, columns: [String], next: () throws -> [SQLValue]?) throws -> Int {
        if !columns.contains("id") { lastKeys[table] = nil }
        return try driver.load(table, columns, isSure: isLoading, next: next)
    }

    /// The same for rows that are there already, or are made one by one (`.lazy`) while the database stores the ones before; nothing at
    /// all for none. Compiled where it is called, so that a row costs no more than what makes it.
    @inlinable
    public func load(table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws {
        var rest = rows.makeIterator()
        var first = rest.next()
        guard first != nil else { return }
        try load(table: table, columns: columns) {
            if let row = first {
                first = nil
                return row
            }
            return rest.next()
        }
    }
}

extension String {
    /// A name of the catalog as both databases take it in a statement, whatever it is made of.
    package var asSQLName: String { "\"\(replacing("\"", with: "\"\""))\"" }
}
