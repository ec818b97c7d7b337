internal import Core
internal import Database
internal import Primitives

/// A row that was understood, under the key by which it is known again.
struct Keyed<Row: Sendable>: Sendable {
    /// Unique within the file.
    let key: String
    /// How a person calls it: `permit number ELE2021-00408`.
    let label: String
    let row: Row
}

/// How the rows of one file become records. `read` understands a row by itself and what was read before; the others see the database.
struct RowKind<State: Sendable, Row: Sendable> {
    /// The name in the list of remembered rows; the file itself may be called anything.
    let file: String
    /// Columns that must be there.
    let required: [String]
    /// Columns whose values make a row another one. A change in any other column is no change.
    let columns: [String]
    let read: (inout RowNotes, inout State) throws -> Keyed<Row>
    /// Why a new row cannot be taken, when only the database knows.
    var problem: @Sendable (Row, Connection) throws -> String? = { _, _ in nil }
    /// Makes the record and gives its key.
    let create: @Sendable (Row, Change) throws -> Int64?
    let update: @Sendable (Row, Int64?, Change) throws -> Void
    /// What later rows need to know of an accepted one.
    var settled: (Keyed<Row>, _ number: Int, inout State) -> Void = { _, _, _ in }
}

/// What became of one row.
enum Outcome: Sendable {
    case imported, updated, unchanged
    case refused(String)
}

/// The rows that earlier runs wrote.
enum ImportRows {
    static func record(_ format: String, _ file: String, _ key: String, _ conn: Connection) throws -> (
        hash: String, record: Int64?
    )? {
        try conn.row(
            """
            SELECT content_hash, record FROM import_row WHERE format = \(format) AND file = \(file) AND key = \(key)
            """
        ).map { (try $0["content_hash"], try $0["record"]) }
    }

    static func remember(_ format: String, _ file: String, _ key: String, hash: String, record: Int64?, _ change: Change) throws {
        try change.conn.run(
            """
            INSERT INTO import_row (format, file, key, content_hash, record, imported_at)
            VALUES (\(format), \(file), \(key), \(hash), \(record), \(change.now))
            ON CONFLICT (format, file, key) DO UPDATE
            SET content_hash = excluded.content_hash, record = excluded.record, imported_at = excluded.imported_at
            """)
    }
}
