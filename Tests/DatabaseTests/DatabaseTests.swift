import Database
import Primitives
import TestSupport
import Testing

private func temporaryPool() async throws -> any ConnectionPool { try await TestDatabase.current.make() }

private struct Stop: Error {}

@Suite struct SQLTests {
    @Test func `values are bound, never text`() {
        let name = "x'; DROP TABLE contact; --"
        let sql: SQL = "SELECT id FROM contact WHERE name = \(name) AND id > \(7 as Int64)"
        #expect(sql.rendered(for: .sqlite).text == "SELECT id FROM contact WHERE name = ? AND id > ?")
        #expect(sql.rendered(for: .postgres).text == "SELECT id FROM contact WHERE name = $1 AND id > $2")
        #expect(sql.rendered(for: .postgres).values == [.text(name), .integer(7)])
    }

    @Test func `fragments keep their values in order`() {
        let inner: SQL = "b = \(2 as Int64)"
        let sql: SQL = "a = \(1 as Int64) AND \(inner) AND c = \(3 as Int64)"
        #expect(sql.rendered(for: .postgres).text == "a = $1 AND b = $2 AND c = $3")
        #expect(sql.rendered(for: .sqlite).values == [.integer(1), .integer(2), .integer(3)])
    }

    @Test func `a list is one value however long it is`() async throws {
        let db = try await temporaryPool()
        let numbers: [Int64] = [3, 1]
        let found = try await db.read { conn in
            try conn.rows("SELECT v FROM (SELECT 1 AS v UNION SELECT 2 UNION SELECT 3) t WHERE v IN \(list: numbers) ORDER BY v")
                .map {
                    try $0["v"] as Int64
                }
        }
        #expect(found == [1, 3])
    }
}

@Suite struct PoolTests {
    private func prepared() async throws -> any ConnectionPool {
        let db = try await temporaryPool()
        try await db.write { try $0.run("CREATE TABLE item (id \(type: .identity), name TEXT NOT NULL UNIQUE, day TEXT)") }
        return db
    }

    @Test func `what was acknowledged is there when the database is opened again`() async throws {
        let location = try await TestDatabase.current.location()
        let db = try location.open()
        try await db.write { try $0.run("CREATE TABLE item (id \(type: .identity), name TEXT)") }
        let id = try await db.write { try $0.insert("INSERT INTO item (name) VALUES (\("kept")) RETURNING id") }
        await db.close()
        let again = try location.open()
        #expect(try await again.read { try $0.value("SELECT name FROM item WHERE id = \(id)", as: String.self) } == "kept")
    }

    @Test func `a closure that throws undoes itself and nothing else`() async throws {
        let db = try await prepared()
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<200 {
                group.addTask {
                    try? await db.write { conn in
                        try conn.run("INSERT INTO item (name) VALUES (\("item \(index)"))")
                        if index % 3 == 0 { throw Stop() }
                    }
                }
            }
        }
        let names = try await db.read { try $0.rows("SELECT name FROM item").map { try $0["name"] as String } }
        #expect(Set(names) == Set((0..<200).filter { $0 % 3 != 0 }.map { "item \($0)" }))
    }

    @Test func `the error of a refused row says which rule`() async throws {
        let db = try await prepared()
        try await db.write { try $0.run("INSERT INTO item (name) VALUES ('one')") }
        let error = await #expect(throws: DatabaseError.self) {
            try await db.write { try $0.run("INSERT INTO item (name) VALUES ('one')") }
        }
        #expect(error?.kind == .unique)
    }

    @Test func `reading cannot write`() async throws {
        let db = try await prepared()
        await #expect(throws: DatabaseError.self) { try await db.read { try $0.run("INSERT INTO item (name) VALUES ('x')") } }
    }

    @Test func `a reader sees one moment, whatever is written meanwhile`() async throws {
        let db = try await prepared()
        try await db.write { try $0.run("INSERT INTO item (name) VALUES ('one')") }
        let counts = try await db.read { conn in
            let first: Int? = try conn.value("SELECT COUNT(*) FROM item")
            return (first, try conn.value("SELECT COUNT(*) FROM item", as: Int.self))
        }
        #expect(counts.0 == counts.1)
    }

    @Test func `types come back as they went in`() async throws {
        let db = try await prepared()
        let day = CivilDate(year: 2018, month: 4, day: 9)
        let read = try await db.write { conn in
            let id = try conn.insert("INSERT INTO item (name, day) VALUES ('d', \(day)) RETURNING id")
            guard let row = try conn.row("SELECT day, NULL AS empty FROM item WHERE id = \(id)") else { throw Stop() }
            let (there, empty): (CivilDate, CivilDate?) = (try row["day"], try row["empty"])
            return (there, empty)
        }
        #expect(read.0 == day)
        #expect(read.1 == nil)
    }

    @Test func `a migration runs once`() async throws {
        let db = try await temporaryPool()
        let migrations = [Migration("test.1", ["CREATE TABLE a (x BIGINT)"]), Migration("test.2", ["INSERT INTO a VALUES (1)"])]
        #expect(try await db.migrate(migrations, at: Instant(seconds: 1)) == ["test.1", "test.2"])
        #expect(try await db.migrate(migrations, at: Instant(seconds: 2)) == [])
        #expect(try await db.read { try $0.value("SELECT COUNT(*) FROM a", as: Int.self) } == 1)
    }

    @Test func `a migration that fails leaves nothing behind`() async throws {
        let db = try await temporaryPool()
        let bad = [Migration("test.1", ["CREATE TABLE a (x BIGINT)", "CREATE NONSENSE"])]
        await #expect(throws: DatabaseError.self) { try await db.migrate(bad, at: Instant(seconds: 1)) }
        #expect(
            try await db.read {
                try $0.exists(
                    "\(sqlite: "SELECT 1 FROM sqlite_master WHERE name = 'a'", postgres: "SELECT 1 WHERE to_regclass('a') IS NOT NULL")"
                )
            } == false)
    }
}
