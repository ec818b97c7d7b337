public import Database
internal import Foundation
public import Primitives

extension Archive {
    /// Writes the whole city as it is at one moment, while it goes on being used.
    /// - Parameters:
    ///   - directory: a new folder, or an empty one. It has this name only once everything is on the disk.
    ///   - filesFolder: where the city keeps uploaded files, if it does.
    ///   - program: name and version, for whoever finds the archive.
    /// - Throws: `ArchiveRefusal` with a sentence, or what the database says. Nothing of the archive remains then.
    public static func write(
        from pool: any ConnectionPool, to directory: String, filesFolder: String?, program: String, at now: Instant,
        progress: @escaping @Sendable (ArchiveProgress) -> Void = { _ in }
    ) async throws -> ArchiveManifest {
        let folder = try PartialFolder(for: directory)
        do {
            let city = try await pool.read { conn in
                // The database may have had to start over.
                try folder.clear()
                return try CityTables(writing: conn, into: "\(folder.path)/tables", progress: progress)
            }
            return try await onThread {
                var files: [ArchiveManifest.File] = []
                if let filesFolder {
                    files = try FileTree.archive(filesFolder, into: "\(folder.path)/files", progress: progress)
                }
                let manifest = ArchiveManifest(
                    format: format, madeAt: now.description, program: program, dialect: city.dialect, migrations: city.migrations,
                    tables: city.tables, files: files)
                let file = try OutputFile("\(folder.path)/\(ArchiveManifest.fileName)")
                try manifest.encoded().withUnsafeBytes { try file.put($0) }
                try file.sync()
                try folder.finish()
                return manifest
            }
        } catch {
            folder.discard()
            throw error
        }
    }

    /// The SHA-256 of each table as an archive would hold it: two cities with the same are equal.
    public static func digest(of pool: any ConnectionPool) async throws -> [String: String] {
        try await pool.read { conn in
            var digests: [String: String] = [:]
            for table in try Catalog(conn).tables {
                let sink = RowSink()
                try table.send(table.columns, to: sink, conn) { _, _ in }
                digests[table.name] = try sink.finish().sha256
            }
            return digests
        }
    }

    /// Files are read and written on a thread of its own: those that serve requests must not wait for a disk.
    static func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Swift.Result { try body() }) }
        }
    }
}

/// What the manifest says about the tables of one moment.
private struct CityTables: Sendable {
    let dialect: String
    let migrations: [String]
    let tables: [ArchiveManifest.Table]

    init(writing conn: Connection, into folder: String, progress: (ArchiveProgress) -> Void) throws {
        try Disk.makeFolder(folder)
        var tables: [ArchiveManifest.Table] = []
        let catalog = try Catalog(conn)
        if let table = catalog.unreadable.first {
            throw ArchiveRefusal("The virtual table \(table) cannot be archived. Only text indexes over other tables can.")
        }
        for table in catalog.tables {
            guard ArchiveManifest.isName(table.name), table.columns.allSatisfy(ArchiveManifest.isName) else {
                throw ArchiveRefusal("The table \(table.name.debugDescription) is not a city's. Move it to another database.")
            }
            let total = try table.count(conn)
            let sink = RowSink(try OutputFile("\(folder)/\(table.name).jsonl"))
            func report(_ rows: Int, _ bytes: Int64) {
                progress(ArchiveProgress(step: .writing, name: table.name, done: rows, total: total, bytes: bytes))
            }
            try table.send(table.columns, to: sink, conn, report: report)
            let sum = try sink.finish()
            report(sink.rows, sum.bytes)
            tables.append(
                ArchiveManifest.Table(
                    name: table.name, columns: table.columns, rows: sink.rows, bytes: sum.bytes, sha256: sum.sha256))
        }
        try Disk.sync(folder: folder)
        self.tables = tables
        dialect = conn.dialect == .sqlite ? "sqlite" : "postgres"
        migrations = try CityTables.migrations(conn)
    }

    /// Those of one start have the same time; both databases keep such rows in the order in which they came.
    private static func migrations(_ conn: Connection) throws(DatabaseError) -> [String] {
        guard try conn.hasTable(Archive.stepTable) else { return [] }
        var names: [String] = []
        for row in try conn.rows(
            "SELECT name FROM schema_migration ORDER BY applied_at, \(sqlite: "rowid", postgres: "ctid")")
        {
            names.append(try row[0])
        }
        return names
    }
}
