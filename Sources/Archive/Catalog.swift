internal import Database

/// A table as the database's own catalog describes it. Names that become part of a statement come from here only.
struct Table: Sendable {
    let name: String
    /// In the order of their definition, without those that the database computes.
    let columns: [String]
    /// The columns of the primary key, in its order.
    let key: [String]
    /// The other tables that its foreign keys name.
    let references: Set<String>
    /// Columns whose next value comes from a PostgreSQL sequence.
    let counters: [String]
}

/// The tables of a city.
struct Catalog: Sendable {
    /// Every row of a table refers to rows of tables before it or of its own.
    let tables: [Table]
    /// SQLite's text indexes over another table's rows, which can be made again from it.
    let textIndexes: [String]
    /// SQLite's other virtual tables: what they hold stands nowhere else.
    let unreadable: [String]

    init(_ conn: Connection) throws(DatabaseError) {
        switch conn.dialect {
        case .sqlite:
            tables = try Catalog.sqlite(conn).referredFirst
            (textIndexes, unreadable) = try Catalog.virtual(conn)
        case .postgres:
            tables = try Catalog.postgres(conn).referredFirst
            (textIndexes, unreadable) = ([], [])
        }
    }

    private static func virtual(_ conn: Connection) throws(DatabaseError) -> (textIndexes: [String], unreadable: [String]) {
        var (textIndexes, unreadable): ([String], [String]) = ([], [])
        for row in try conn.rows(
            """
            SELECT m.name, m.sql FROM sqlite_master m JOIN pragma_table_list l ON l.name = m.name AND l.schema = 'main'
            WHERE l.type = 'virtual' ORDER BY m.rowid
            """)
        {
            let (name, definition): (String, String) = (try row[0], try row[1])
            // An empty `content` means that only the index is kept, none that the index has rows of its own.
            if definition.contains(/USING\s+fts5\b.*\bcontent\s*=\s*['"]?\w/.ignoresCase().dotMatchesNewlines()) {
                textIndexes.append(name)
            } else {
                unreadable.append(name)
            }
        }
        return (textIndexes, unreadable)
    }

    private static func texts(_ sql: SQL, _ conn: Connection) throws(DatabaseError) -> [String] {
        var texts: [String] = []
        for row in try conn.rows(sql) { texts.append(try row[0]) }
        return texts
    }

    /// A virtual table keeps its rows in tables of the type `shadow`.
    private static func sqlite(_ conn: Connection) throws(DatabaseError) -> [Table] {
        let names = try texts(
            """
            SELECT m.name FROM sqlite_master m JOIN pragma_table_list l ON l.name = m.name AND l.schema = 'main'
            WHERE l.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.name <> \(Archive.stepTable)
            ORDER BY m.rowid
            """, conn)
        var tables: [Table] = []
        for name in names {
            tables.append(
                Table(
                    name: name,
                    columns: try texts("SELECT name FROM pragma_table_xinfo(\(name)) WHERE hidden = 0 ORDER BY cid", conn),
                    key: try texts("SELECT name FROM pragma_table_info(\(name)) WHERE pk > 0 ORDER BY pk", conn),
                    references: Set(try texts("SELECT \"table\" FROM pragma_foreign_key_list(\(name))", conn)), counters: []))
        }
        return tables
    }

    /// Without what belongs to an extension of the server.
    private static func postgres(_ conn: Connection) throws(DatabaseError) -> [Table] {
        var tables: [Table] = []
        for row in try conn.rows(
            """
            SELECT c.oid, c.relname FROM pg_class c
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                AND c.relname <> \(Archive.stepTable)
                AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
            ORDER BY c.oid
            """)
        {
            let (oid, name): (Int64, String) = (try row[0], try row[1])
            tables.append(
                Table(
                    name: name,
                    columns: try texts(
                        """
                        SELECT attname FROM pg_attribute
                        WHERE attrelid = \(oid)::oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
                        """, conn),
                    key: try texts(
                        """
                        SELECT a.attname FROM pg_index i
                            CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k (number, place)
                            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
                        WHERE i.indrelid = \(oid)::oid AND i.indisprimary ORDER BY k.place
                        """, conn),
                    references: Set(
                        try texts(
                            """
                            SELECT f.relname FROM pg_constraint c JOIN pg_class f ON f.oid = c.confrelid
                            WHERE c.conrelid = \(oid)::oid AND c.contype = 'f'
                            """, conn)),
                    counters: try texts(
                        """
                        SELECT attname FROM pg_attribute
                        WHERE attrelid = \(oid)::oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                            AND pg_get_serial_sequence(quote_ident(\(name)), attname) IS NOT NULL
                        """, conn)))
        }
        return tables
    }
}

extension [Table] {
    /// The order of creation, except that a table waits for those it refers to.
    fileprivate var referredFirst: [Table] {
        let names = Set(map(\.name))
        var (waiting, placed, sorted): ([Table], Set<String>, [Table]) = (self, [], [])
        while !waiting.isEmpty {
            let next = waiting.firstIndex { table in
                table.references.allSatisfy { placed.contains($0) || $0 == table.name || !names.contains($0) }
            }
            // In a circle of references one has to be first.
            let table = waiting.remove(at: next ?? 0)
            placed.insert(table.name)
            sorted.append(table)
        }
        return sorted
    }
}
