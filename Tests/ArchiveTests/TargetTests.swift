import Archive
import Database
import Foundation
import Primitives
import TestSupport
import Testing

private let first = Migration("a.1", ["CREATE TABLE item (id \(type: .identity), name TEXT NOT NULL)"])
private let second = Migration(
    "a.2", ["ALTER TABLE item ADD COLUMN folded TEXT", "UPDATE item SET folded = lower(name)"])
private let other = Migration(
    "b.1", ["CREATE TABLE rule (name TEXT PRIMARY KEY)", "INSERT INTO rule (name) VALUES ('from the step')"])

/// What an archive can be restored into, and by which program.
struct TargetTests {
    private let folder: Folder
    private let target: any ConnectionPool

    /// - Parameter steps: those of the archived city.
    private func archive(_ steps: [Migration]) async throws {
        let source = try await TestDatabase.current.make()
        try await source.migrate(steps, at: noon)
        try await source.write { conn in
            try conn.run("INSERT INTO item (name) VALUES ('One')")
            if steps.contains(where: { $0.name == "b.1" }) {
                try conn.run("DELETE FROM rule")
                try conn.run("INSERT INTO rule (name) VALUES ('from the step'), ('of the city')")
            }
        }
        try await write(source, to: folder.archive)
    }

    init() async throws {
        folder = try Folder()
        target = try await TestDatabase.current.make()
    }

    private func refused(_ migrations: [Migration]) async -> String? {
        await refusal { try await restore(folder.archive, into: target, migrations: migrations) }
    }

    @Test func `a city that has rows is refused and stays as it was`() async throws {
        let city = try await TestCity.busy()
        try await write(city.context.db, to: folder.archive)
        let before = try await Archive.digest(of: city.context.db)
        let sentence = await refusal { try await restore(folder.archive, into: city.context.db) }
        #expect(sentence?.contains("The database is not empty") == true)
        #expect(try await Archive.digest(of: city.context.db) == before)
    }

    @Test func `a stranger's table with a row is refused and stays as it was`() async throws {
        try await archive([first])
        try await target.write { conn in
            try conn.run("CREATE TABLE item (x BIGINT)")
            try conn.run("INSERT INTO item (x) VALUES (1)")
        }
        #expect(await refused([first])?.contains("the table item has rows") == true)
        #expect(try await target.read { try $0.value("SELECT x FROM item", as: Int64.self) } == 1)
    }

    @Test func `a database whose tables were made and never used is taken`() async throws {
        try await archive([first, second])
        try await target.migrate([first], at: noon)
        #expect(await refused([first, second]) == nil)
        #expect(try await target.read { try $0.value("SELECT COUNT(*) FROM item", as: Int.self) } == 1)
    }

    @Test func `a database prepared by a newer program than the archive's is refused`() async throws {
        try await archive([first])
        try await target.migrate([first, second], at: noon)
        #expect(await refused([first, second])?.contains("already prepared by a newer program") == true)
    }

    @Test func `an older archive is brought up to this program's schema, rows and all`() async throws {
        try await archive([first])
        #expect(await refused([first, second, other]) == nil)
        #expect(try await target.read { try $0.value("SELECT folded FROM item", as: String.self) } == "one")
        #expect(try await target.schemaState([first, second, other]) == .current)
    }

    @Test func `modules count for themselves: a step may be new between two old ones`() async throws {
        try await archive([first, other])
        #expect(await refused([first, second, other]) == nil)
        #expect(try await target.schemaState([first, second, other]) == .current)
    }

    @Test func `rows that a step brings are the city's as it left them`() async throws {
        try await archive([first, other])
        #expect(await refused([first, other]) == nil)
        let names = try await target.read { try $0.rows("SELECT name FROM rule ORDER BY name").map { try $0[0] as String } }
        #expect(names == ["from the step", "of the city"])
    }

    @Test func `an archive of a newer program is refused`() async throws {
        try await archive([first, second])
        let sentence = await refused([first])
        #expect(sentence?.contains("written by a newer program (groundwork test)") == true)
        #expect(sentence?.contains("\"a.2\"") == true)
        #expect(try await target.schemaState([first]) == .empty)
    }

    @Test func `an archive that lacks a step in between is refused`() async throws {
        try await archive([first, second])
        try exchange("\"a.1\",", "", in: folder.archive + "/manifest.json")
        #expect(await refused([first, second])?.contains("lacks a.1") == true)
    }

    @Test func `a step that fails after loading leaves the city whole under its old schema`() async throws {
        try await archive([first])
        let broken = Migration("a.2", ["CREATE NONSENSE"])
        await #expect(throws: DatabaseError.self) {
            try await restore(folder.archive, into: target, migrations: [first, broken])
        }
        #expect(try await target.read { try $0.value("SELECT name FROM item", as: String.self) } == "One")
        try await target.migrate([first, second], at: noon)
        #expect(try await target.schemaState([first, second]) == .current)
    }

    @Test func `a table may have learned to refer to a younger one`() async throws {
        let steps = [
            first,
            Migration(
                "a.2",
                [
                    "CREATE TABLE owner (id \(type: .identity))",
                    "ALTER TABLE item ADD COLUMN owner_id BIGINT REFERENCES owner (id)",
                ]),
        ]
        let source = try await TestDatabase.current.make()
        try await source.migrate(steps, at: noon)
        try await source.write { conn in
            try conn.run("INSERT INTO owner (id) VALUES (3)")
            try conn.run("INSERT INTO item (name, owner_id) VALUES ('One', 3)")
        }
        let manifest = try await write(source, to: folder.archive)
        #expect(manifest.tables.map(\.name) == ["owner", "item"])
        #expect(await refused(steps) == nil)
        #expect(try await target.read { try $0.value("SELECT owner_id FROM item", as: Int64.self) } == 3)
    }
}
