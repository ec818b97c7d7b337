extension ConnectionDriver {
    /// One prepared INSERT, row by row.
    public func load(_ table: String, _ columns: [String], next: () throws -> [SQLValue]?) throws -> Int {
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
    /// Says that this process is about to load very much. SQLite then keeps more pages in memory (128 MiB) and moves its log into the
    /// file less often (every 64 MiB), so that a page is written once and not for every row on it. What is committed is on disk as
    /// before.
    public func expectLoading() throws(DatabaseError) {
        guard dialect == .sqlite else { return }
        _ = try rows("PRAGMA cache_size = -131072")
        _ = try rows("PRAGMA wal_autocheckpoint = 16000")
    }

    /// Puts many rows into a table, as fast as the database takes them and without keeping them.
    /// - Parameters:
    ///   - table, columns: names as they stand in the database's catalog, never from outside.
    ///   - next: the values of the next row, in the order of the columns; nil at the end. What it throws ends the loading.
    /// - Returns: how many rows there were.
    @discardableResult
    public func load(table: String, columns: [String], next: () throws -> [SQLValue]?) throws -> Int {
        try driver.load(table, columns, next: next)
    }
}

extension String {
    /// A name of the catalog as both databases take it in a statement, whatever it is made of.
    package var asSQLName: String { "\"\(replacing("\"", with: "\"\""))\"" }
}
