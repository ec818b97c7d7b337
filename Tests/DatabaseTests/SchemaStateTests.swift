import Database
import Primitives
import TestSupport
import Testing

/// A program meets the schema of its own version, of the one before, of the one after.
@Suite struct SchemaStateTests {
    private let one = Migration("t.1", ["CREATE TABLE a (x BIGINT)"])
    private let two = Migration("t.2", ["CREATE TABLE b (x BIGINT)"])
    private let taking = Migration("t.3", kind: .contract, ["DROP TABLE a"])
    private let now = Instant(seconds: 0)

    @Test func `each stands to the other as it is`() async throws {
        let db = try await TestDatabase.current.make()
        #expect(try await db.schemaState([one]) == .empty)
        try await db.migrate([one], at: now)
        #expect(try await db.schemaState([one]) == .current)
        #expect(try await db.schemaState([one, two]) == .older(missing: ["t.2"]))
        try await db.migrate([one, two], at: now)
        #expect(try await db.schemaState([one]) == .ahead(unknown: ["t.2"]))
        try await db.migrate([one, two, taking], at: now)
        #expect(try await db.schemaState([one, two]) == .tooNew(unknown: ["t.3"]))
    }

    @Test func `a database from before migrations had kinds is understood`() async throws {
        let db = try await TestDatabase.current.make()
        try await db.write { conn in
            try conn.run("CREATE TABLE schema_migration (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)")
            try conn.run("CREATE TABLE a (x BIGINT)")
            try conn.run("INSERT INTO schema_migration (name, applied_at) VALUES ('t.1', 0)")
        }
        #expect(try await db.schemaState([one, two]) == .older(missing: ["t.2"]))
        #expect(try await db.migrate([one, two], at: now) == ["t.2"])
        #expect(try await db.schemaState([one, two]) == .current)
    }

    @Test func `several that migrate at once do it once`() async throws {
        let location = try await TestDatabase.current.location()
        let pools = try (0..<3).map { _ in try location.open(connections: 1) }
        let steps = [one, two]
        let applied = try await withThrowingTaskGroup(of: [String].self) { group in
            for pool in pools { group.addTask { try await pool.migrate(steps, at: Instant(seconds: 0)) } }
            return try await group.reduce(into: [String]()) { $0 += $1 }
        }
        #expect(applied.sorted() == ["t.1", "t.2"])
    }
}
