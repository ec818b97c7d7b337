import Database
import Portal
import Primitives
import TestSupport
import Testing

/// The two databases have one schema.
@Suite(.enabled(if: TestDatabase.current != .sqlite))
struct SchemaTests {
    @Test func `both have the same tables, columns and indexes`() async throws {
        let migrations = Composition(isDemo: true).migrations
        let (sqlite, postgres) = (try await TestDatabase.sqlite.make(), try await TestDatabase.current.make())
        for db in [sqlite, postgres] { try await db.migrate(migrations, at: Instant(seconds: 0)) }
        let (here, there) = (
            try await sqlite.read { try Schema(sqlite: $0) }, try await postgres.read { try Schema(postgres: $0) }
        )
        #expect(here.columns.count > 100)
        #expect(here.columns.subtracting(there.columns).sorted() == [])
        #expect(there.columns.subtracting(here.columns).sorted() == [])
        #expect(here.indexes.subtracting(there.indexes).sorted() == [])
        #expect(there.indexes.subtracting(here.indexes) == SchemaTests.onlyOnPostgres)
    }

    /// SQLite keeps a case at its key, so that looking at it there is as quick.
    private static let onlyOnPostgres: Set<String> = ["case_record: case_record_mine (id, bucket, active_on)"]

    @Test func `text sorts by its bytes on both`() async throws {
        for db in [try await TestDatabase.sqlite.make(), try await TestDatabase.current.make()] {
            try await db.migrate([Migration("t.1", ["CREATE TABLE name (text TEXT PRIMARY KEY)"])], at: Instant(seconds: 0))
            for name in ["b", "B", "a-c", "ab", "é", "z", "_"] {
                try await db.write { conn in _ = try conn.run("INSERT INTO name (text) VALUES (\(name))") }
            }
            let sorted = try await db.read { try $0.rows("SELECT text FROM name ORDER BY text").map { try $0[0] as String } }
            #expect(sorted == ["B", "_", "a-c", "ab", "b", "z", "é"])
        }
    }
}

/// What a database says it holds, in words that both share.
private struct Schema {
    /// `case_record.number TEXT NOT NULL`
    var columns: Set<String> = []
    /// `case_grant: case_grant_live UNIQUE (case_id, contact_id, contact_type) PARTIAL`
    var indexes: Set<String> = []

    /// SQLite's text index has tables of its own; PostgreSQL's is an index.
    private static let textIndex = "public_entry_text"

    init(sqlite conn: Connection) throws {
        let tables: [String] = try conn.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").map {
            try $0[0]
        }
        for table in tables where !table.hasPrefix("sqlite_") && !table.hasPrefix(Schema.textIndex) {
            for row in try conn.rows("SELECT name, type, \"notnull\", pk FROM pragma_table_info(\(table))") {
                let (name, type): (String, String) = (try row["name"], try row["type"])
                let (notNull, key): (Bool, Bool) = (try row["notnull"], try row["pk"])
                columns.insert("\(table).\(name) \(Schema.kind(type))\(notNull || key ? " NOT NULL" : "")")
            }
            for row in try conn.rows("SELECT name, \"unique\", partial, origin FROM pragma_index_list(\(table))") {
                let (name, origin): (String, String) = (try row["name"], try row["origin"])
                let (isUnique, isPartial): (Bool, Bool) = (try row["unique"], try row["partial"])
                let parts: [String?] = try conn.rows("SELECT name FROM pragma_index_info(\(name)) ORDER BY seqno").map {
                    try $0[0]
                }
                add(table, origin == "c" ? name : "", isUnique, parts.map { $0 ?? "…" }, isPartial)
            }
        }
    }

    init(postgres conn: Connection) throws {
        for row in try conn.rows(
            """
            SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
            WHERE table_schema = current_schema()
            """)
        {
            let (table, name): (String, String) = (try row[0], try row[1])
            let (type, nullable): (String, String) = (try row[2], try row[3])
            columns.insert("\(table).\(name) \(Schema.kind(type))\(nullable == "NO" ? " NOT NULL" : "")")
        }
        for row in try conn.rows(
            """
            SELECT t.relname, i.relname, x.indisunique, x.indpred IS NOT NULL,
                   (SELECT string_agg(COALESCE(a.attname, '…'), ',' ORDER BY k.place)
                    FROM unnest(x.indkey) WITH ORDINALITY k (number, place)
                    LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number AND k.number <> 0),
                   c.conname IS NOT NULL, am.amname
            FROM pg_index x
                JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_am am ON am.oid = i.relam
                LEFT JOIN pg_constraint c ON c.conindid = i.oid AND c.contype IN ('p', 'u')
            WHERE t.relnamespace = current_schema()::regnamespace
            """)
        {
            let (table, name): (String, String) = (try row[0], try row[1])
            let (isUnique, isPartial): (Bool, Bool) = (try row[2], try row[3])
            let (parts, isConstraint): (String, Bool) = (try row[4], try row[5])
            guard name != Schema.textIndex else { continue }
            // SQLite's key of a single integer is the table itself and no index.
            if isConstraint, name.hasSuffix("_pkey"), parts == "id", columns.contains("\(table).id INTEGER NOT NULL") { continue }
            add(table, isConstraint ? "" : name, isUnique, parts.split(separator: ",").map(String.init), isPartial)
        }
    }

    private mutating func add(_ table: String, _ name: String, _ isUnique: Bool, _ parts: [String], _ isPartial: Bool) {
        indexes.insert(
            "\(table): \(name)\(isUnique ? " UNIQUE" : "") (\(parts.joined(separator: ", ")))\(isPartial ? " PARTIAL" : "")")
    }

    private static func kind(_ type: String) -> String {
        switch type.uppercased() {
        case "BIGINT", "INTEGER", "SMALLINT", "INT": "INTEGER"
        case "BLOB", "BYTEA": "BYTES"
        case "DOUBLE PRECISION", "REAL": "REAL"
        default: "TEXT"
        }
    }
}
