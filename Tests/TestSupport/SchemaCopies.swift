import Database
import Foundation
import Portal
import Primitives

/// On PostgreSQL the program's schema is made once in a run, step by step as an operator makes it; each test gets a copy, what pg_dump
/// says of one schema in the name of another, which takes a fifth of the time.
actor SchemaCopies {
    static let shared = SchemaCopies()

    private struct Original: Sendable {
        let schema: String
        let dump: String
    }

    /// By the names of the steps.
    private var originals: [[String]: Task<Original, any Error>] = [:]

    /// A new database with these steps done.
    func make(_ location: DatabaseLocation, _ migrations: [Migration], at now: Instant) async throws -> any ConnectionPool {
        let pool = try location.open(connections: 2)
        guard case .postgres(let url) = location else {
            try await pool.migrate(migrations, at: now)
            return pool
        }
        let names = migrations.map(\.name)
        let task = originals[names] ?? Task { try await SchemaCopies.original(migrations, at: now) }
        originals[names] = task
        let original = try await task.value
        let statements = original.dump.replacingOccurrences(of: original.schema, with: SchemaCopies.parts(url).schema)
        try await pool.write { conn in
            // Raw: statements cannot be bound; pg_dump wrote them, of our own schema.
            _ = try conn.run("DO $copy$ BEGIN EXECUTE $dump$\(raw: statements)$dump$; END $copy$")
        }
        return pool
    }

    private static func original(_ migrations: [Migration], at now: Instant) async throws -> Original {
        let location = try await TestDatabase.current.location()
        guard case .postgres(let url) = location else { fatalError("only PostgreSQL has schemas") }
        let pool = try location.open(connections: 1)
        try await pool.migrate(migrations, at: now)
        await pool.close()
        let (server, schema) = parts(url)
        return Original(schema: schema, dump: try await dump(server, schema: schema))
    }

    /// The server's address, and the schema that `TestDatabase.location` put into it.
    private static func parts(_ url: String) -> (server: String, schema: String) {
        let parts = url.components(separatedBy: "?options=-csearch_path%3D")
        return (parts[0], parts.last ?? "")
    }

    /// Everything in a schema, rows too, without the settings of the session that reads it.
    private static func dump(_ url: String, schema: String) async throws -> String {
        let text = try await PostgresTool.run(
            "pg_dump", "--dbname", url, "--schema", schema, "--no-owner", "--no-comments", "--inserts")
        let settings = ["--", "\\", "SET ", "CREATE SCHEMA ", "SELECT pg_catalog.set_config"]
        return text.split(separator: "\n").filter { line in !settings.contains { line.hasPrefix($0) } }.joined(separator: "\n")
    }
}
