internal import Database
internal import Foundation
internal import Primitives

/// The one transaction that brings a city back. It may be run again from its beginning.
struct Restoring {
    let manifest: ArchiveManifest
    let directory: String
    let progress: (ArchiveProgress) -> Void

    func run(_ conn: Connection, _ steps: [Migration], at now: Instant) throws {
        try conn.takeTurnToMigrate()
        try conn.prepareToMigrate()
        try Restoring.checkEmpty(conn, but: steps)
        for step in steps { _ = try conn.apply(step, at: now) }

        let catalog = try Catalog(conn)
        let pairs = try pairs(catalog)
        // Until the end of the transaction: a row may refer to one of its own table that comes later.
        if conn.dialect == .sqlite { try conn.run("PRAGMA defer_foreign_keys = ON") }
        // Steps may have brought rows of their own; the archive holds them as the city left them.
        for table in catalog.tables.reversed() { try conn.run("DELETE FROM \(raw: table.name.asSQLName)") }
        for (table, archived) in pairs { try load(archived, into: table, conn) }
        for index in catalog.textIndexes {
            try conn.run("INSERT INTO \(raw: index.asSQLName) (\(raw: index.asSQLName)) VALUES ('rebuild')")
        }
        for table in catalog.tables { try count(on: table, conn) }
        for (table, archived) in pairs { try compare(table, archived, conn) }
    }

    /// A database that may be filled: no rows, and no schema beyond the archive's.
    static func checkEmpty(_ conn: Connection, but steps: [Migration]) throws {
        for table in try Catalog(conn).tables where try conn.exists("SELECT 1 FROM \(raw: table.name.asSQLName) LIMIT 1") {
            throw ArchiveRefusal("The database is not empty: the table \(table.name) has rows. Name an empty database.")
        }
        guard try conn.hasTable(Archive.stepTable) else { return }
        for row in try conn.rows("SELECT name FROM schema_migration ORDER BY name") {
            let name: String = try row[0]
            guard steps.contains(where: { $0.name == name }) else {
                throw ArchiveRefusal(
                    "The database was already prepared by a newer program than the archive's (\(name)). Name an empty database.")
            }
        }
    }

    /// Each table of the new schema with its part of the archive. Only names that both have are used.
    private func pairs(_ catalog: Catalog) throws(ArchiveRefusal) -> [(Table, ArchiveManifest.Table)] {
        let archived = Dictionary(manifest.tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let known = Set(catalog.tables.map(\.name))
        if let unknown = manifest.tables.first(where: { !known.contains($0.name) }) {
            throw ArchiveRefusal("The archive has a table \(unknown.name), which its program never had. Do not use this archive.")
        }
        var pairs: [(Table, ArchiveManifest.Table)] = []
        for table in catalog.tables {
            guard let part = archived[table.name] else {
                throw ArchiveRefusal("The archive lacks the table \(table.name). Do not use this archive.")
            }
            guard Set(part.columns) == Set(table.columns) else {
                throw ArchiveRefusal(
                    "The archive's table \(table.name) has other columns than it should. Do not use this archive.")
            }
            pairs.append((table, part))
        }
        return pairs
    }

    private func load(_ archived: ArchiveManifest.Table, into table: Table, _ conn: Connection) throws {
        let path = "tables/\(table.name).jsonl"
        let file = try LineFile("\(directory)/\(path)")
        let scratch = ByteBuffer()
        var (rows, bytes): (Int, Int64) = (0, 0)
        try conn.load(table: table.name, columns: archived.columns) {
            guard let line = try file.next() else { return nil }
            var reader = RowLineReader(line, scratch: scratch)
            guard let values = reader?.values(count: archived.columns.count) else {
                throw ArchiveRefusal("Line \(rows + 1) of the archive's file \(path) is not a row. Do not use this archive.")
            }
            rows += 1
            bytes += Int64(line.count) + 1
            if rows % Table.rowsBetweenReports == 0 { report(.loading, archived, rows, bytes) }
            return values
        }
        report(.loading, archived, rows, bytes)
    }

    /// The next key is one that no row has.
    private func count(on table: Table, _ conn: Connection) throws(DatabaseError) {
        for column in table.counters {
            let name = column.asSQLName
            _ = try conn.row(
                """
                SELECT setval(pg_get_serial_sequence(quote_ident(\(table.name)), \(column)),
                              GREATEST(COALESCE(MAX(\(raw: name)), 1), 1), COALESCE(MAX(\(raw: name)) >= 1, FALSE))
                FROM \(raw: table.name.asSQLName)
                """)
        }
    }

    private func compare(_ table: Table, _ archived: ArchiveManifest.Table, _ conn: Connection) throws {
        let sink = RowSink()
        try table.send(archived.columns, to: sink, conn) { rows, bytes in report(.comparing, archived, rows, bytes) }
        guard try sink.finish() == archived.sum, sink.rows == archived.rows else {
            throw ArchiveRefusal(
                "The table \(table.name) could not be restored exactly, so nothing was. Keep the archive and report this.")
        }
        report(.comparing, archived, sink.rows, sink.bytes)
    }

    private func report(_ step: ArchiveProgress.Step, _ table: ArchiveManifest.Table, _ rows: Int, _ bytes: Int64) {
        progress(ArchiveProgress(step: step, name: table.name, done: rows, total: table.rows, bytes: bytes))
    }
}
