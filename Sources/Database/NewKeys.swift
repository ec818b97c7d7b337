extension Connection {
    /// Keys for rows about to be put into a table whose key is an `\(type: .identity)`, in rising order.
    /// - Parameter table: a name of the catalog, never from outside.
    public func newKeys(_ count: Int, of table: String) throws(DatabaseError) -> [Int64] {
        guard count > 0 else { return [] }
        switch dialect {
        case .sqlite:
            // One writer: nobody else takes these meanwhile.
            // A table's name, written in the program and quoted: no statement can bind one.
            let last: Int64 = try value("SELECT COALESCE(MAX(id), 0) FROM \(raw: table.asSQLName)") ?? 0
            return (1...Int64(count)).map { last + $0 }
        case .postgres:
            var keys: [Int64] = []
            keys.reserveCapacity(count)
            for row in try rows(
                "SELECT nextval(pg_get_serial_sequence(\(table), 'id')) FROM generate_series(1, CAST(\(count) AS bigint))")
            {
                keys.append(try row[0])
            }
            return keys
        }
    }
}
