extension Connection {
    /// Keys for rows about to be put into a table whose key is an `\(type: .identity)`, in rising order.
    /// - Parameter table: a name of the catalog, never from outside.
    public func newKeys(_ count: Int, of table: String) throws(DatabaseError) -> [Int64] {
        guard count > 0 else { return [] }
        switch dialect {
        case .sqlite:
            // One writer: nobody else takes these meanwhile.
            let last = if let known = lastKeys[table] { known } else { try lastKey(of: table) }
            if isLoading { lastKeys[table] = last + Int64(count) }
            return (1...Int64(count)).map { last + $0 }
        case .postgres:
            // The sequence is looked up once. Keys that follow each other, as nearly always, come as their two ends.
            let taken = try row(
                """
                WITH name AS MATERIALIZED (SELECT CAST(pg_get_serial_sequence(\(table), 'id') AS regclass) AS sequence),
                    taken AS MATERIALIZED (
                        SELECT nextval(sequence) AS id FROM name, generate_series(1, CAST(\(count) AS bigint)))
                SELECT MIN(id) AS first, CASE WHEN MAX(id) - MIN(id) + 1 > COUNT(*) THEN STRING_AGG(CAST(id AS text), ' ') END AS ids
                FROM taken
                """)
            guard let taken, let first: Int64 = try taken["first"] else {
                throw DatabaseError(.other, "The sequence of \(table) gave no keys.")
            }
            guard let apart: String = try taken["ids"] else { return (0..<Int64(count)).map { first + $0 } }
            return apart.split(separator: " ").compactMap { Int64($0) }.sorted()
        }
    }

    /// The highest key of a table; 0 when it is empty. For SQLite.
    func lastKey(of table: String) throws(DatabaseError) -> Int64 {
        // A table's name, written in the program and quoted: no statement can bind one.
        try value("SELECT COALESCE(MAX(id), 0) FROM \(raw: table.asSQLName)") ?? 0
    }

    /// A statement that puts rows into a table takes keys by itself: what was known of the last one holds no more.
    func forgetKeys(takenBy statement: String) {
        guard !lastKeys.isEmpty else { return }
        for name in lastKeys.keys where statement.contains("INSERT INTO \(name) ") { lastKeys[name] = nil }
    }
}
