public import Database
internal import Primitives

/// The rows that earlier runs wrote: what makes a second run import nothing, also after a power cut.
public enum ImportRows {
    /// One row as it was taken.
    public struct Remembered: Sendable {
        public let hash: String
        public let record: Int64?
    }

    struct New: Sendable {
        let key: String
        let hash: String
        let record: Int64?
    }

    public static func find(_ format: String, _ file: String, _ key: String, _ conn: Connection) throws -> Remembered? {
        try conn.row(
            "SELECT content_hash, record FROM import_row WHERE format = \(format) AND file = \(file) AND key = \(key)"
        ).map { Remembered(hash: try $0["content_hash"], record: try $0["record"]) }
    }

    /// Whether any row of the file was ever taken.
    static func exist(_ format: String, _ file: String, _ conn: Connection) throws -> Bool {
        try conn.exists("SELECT 1 FROM import_row WHERE format = \(format) AND file = \(file) LIMIT 1")
    }

    static func find(_ format: String, _ file: String, _ keys: [String], _ conn: Connection) throws -> [String: Remembered] {
        var found: [String: Remembered] = [:]
        let rows = try conn.rows(
            """
            SELECT key, content_hash, record FROM import_row
            WHERE format = \(format) AND file = \(file) AND key IN \(list: keys)
            """)
        for row in rows { found[try row["key"]] = Remembered(hash: try row["content_hash"], record: try row["record"]) }
        return found
    }

    public static func remember(
        _ format: String, _ file: String, _ key: String, hash: String, record: Int64?, _ change: Change
    ) throws {
        try change.conn.run(
            """
            INSERT INTO import_row (format, file, key, content_hash, record, imported_at)
            VALUES (\(format), \(file), \(key), \(hash), \(record), \(change.now))
            ON CONFLICT (format, file, key) DO UPDATE
            SET content_hash = excluded.content_hash, record = excluded.record, imported_at = excluded.imported_at
            """)
    }

    /// Many that no run has met before.
    static func remember(_ format: String, _ file: String, _ rows: [New], _ change: Change) throws {
        try change.conn.load(
            table: "import_row", columns: ["format", "file", "key", "content_hash", "record", "imported_at"],
            rows: rows.lazy.map { row in
                [.text(format), .text(file), .text(row.key), .text(row.hash), row.record.sqlValue, change.now.sqlValue]
            })
    }
}
