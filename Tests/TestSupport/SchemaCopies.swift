import Database
import Foundation
import Portal
import Primitives

/// The program's schema is made once in a run, step by step as an operator makes it; each test gets a copy, which takes a fifth of the
/// time. SQLite: a file. PostgreSQL: what pg_dump says of one schema, in the name of another.
actor SchemaCopies {
    static let shared = SchemaCopies()

    private enum Original: Sendable {
        case file(String)
        case dump(String, schema: String)
    }

    /// By the names of the steps.
    private var originals: [[String]: Task<Original, any Error>] = [:]

    func make(_ database: TestDatabase, _ migrations: [Migration], at now: Instant) async throws -> any ConnectionPool {
        let names = migrations.map(\.name)
        let task =
            originals[names] ?? Task { try await SchemaCopies.original(database, migrations, at: now) }
        originals[names] = task
        return try await SchemaCopies.copy(task.value, database)
    }

    private static func original(_ database: TestDatabase, _ migrations: [Migration], at now: Instant) async throws -> Original {
        let location = try await database.location()
        let pool = try location.open(connections: 1)
        try await pool.migrate(migrations, at: now)
        await pool.close()
        switch location {
        case .sqlite(let path): return .file(path)
        case .postgres(let url):
            let parts = url.components(separatedBy: "?options=-csearch_path%3D")
            return .dump(try await dump(parts[0], schema: parts[1]), schema: parts[1])
        }
    }

    private static func copy(_ original: Original, _ database: TestDatabase) async throws -> any ConnectionPool {
        let location = try await database.location()
        switch (original, location) {
        case (.file(let path), .sqlite(let new)):
            try FileManager.default.createDirectory(
                atPath: (new as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: path, toPath: new)
            return try location.open(connections: 2)
        case (.dump(let text, let schema), .postgres(let url)):
            let pool = try location.open(connections: 2)
            let name = url.components(separatedBy: "%3D").last ?? ""
            let statements = text.replacingOccurrences(of: schema, with: name)
            // pg_dump wrote it, of our own schema.
            try await pool.write { conn in
                try conn.run("DO $copy$ BEGIN EXECUTE $dump$\(raw: statements)$dump$; END $copy$")
            }
            return pool
        default: fatalError("one run has one kind of database")
        }
    }

    /// Everything in a schema, rows too, without the settings of the session that reads it.
    private static func dump(_ url: String, schema: String) async throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/pg_dump")
        process.arguments = ["--dbname", url, "--schema", schema, "--no-owner", "--no-comments", "--inserts"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        // Once in a run, and on a thread of its own: it waits for another process.
        let data = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: output.fileHandleForReading.readDataToEndOfFile()) }
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        let settings = ["--", "\\", "SET ", "CREATE SCHEMA ", "SELECT pg_catalog.set_config"]
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
            .filter { line in !settings.contains { line.hasPrefix($0) } }.joined(separator: "\n")
    }

    private struct Failure: Error { let status: Int32 }
}
