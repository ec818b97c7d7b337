internal import Core
internal import Database
internal import Foundation
internal import Primitives

enum ImportRunSubject: Sendable {}

/// One import that was done, as the list of them shows it.
struct ImportRun: Sendable {
    let id: ID<ImportRunSubject>
    let format: String
    /// The folder or file, without the way to it.
    let source: String
    let startedAt: Instant
    let finishedAt: Instant
    let read: Int
    let imported: Int
    let updated: Int
    let unchanged: Int
    let refused: Int

    static let most = 100

    static func keep(
        _ report: ImportReport, of format: ImportFormat, from path: String, since started: Instant, _ city: CityContext
    ) async throws {
        let source = (path as NSString).lastPathComponent
        let text = report.json.description
        let files = report.files
        let now = city.clock.now
        try await city.db.write { conn in
            try conn.run(
                """
                INSERT INTO import_run (format, source, started_at, finished_at, read_rows, imported, updated, unchanged, refused,
                                        report)
                VALUES (\(format.rawValue), \(source), \(started), \(now), \(files.map(\.read).reduce(0, +)),
                        \(files.map(\.imported).reduce(0, +)), \(files.map(\.updated).reduce(0, +)),
                        \(files.map(\.unchanged).reduce(0, +)), \(files.map(\.refused.count).reduce(0, +)), \(text))
                """)
        }
    }

    /// The newest first.
    static func all(_ conn: Connection) throws -> [ImportRun] {
        try conn.rows("SELECT \(columns) FROM import_run ORDER BY id DESC LIMIT \(most)").map(ImportRun.init)
    }

    static func find(_ id: Int64, _ conn: Connection) throws -> (run: ImportRun, report: String)? {
        try conn.row("SELECT \(columns), report FROM import_run WHERE id = \(id)").map { row in
            (try ImportRun(row: row), try row["report"])
        }
    }

    private static let columns: SQL = """
        id, format, source, started_at, finished_at, read_rows, imported, updated, unchanged, refused
        """

    private init(row: Row) throws(DatabaseError) {
        id = try row["id"]
        format = try row["format"]
        source = try row["source"]
        startedAt = try row["started_at"]
        finishedAt = try row["finished_at"]
        read = try row["read_rows"]
        imported = try row["imported"]
        updated = try row["updated"]
        unchanged = try row["unchanged"]
        refused = try row["refused"]
    }
}
