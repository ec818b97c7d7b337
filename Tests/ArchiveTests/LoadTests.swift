import Database
import Primitives
import TestSupport
import Testing

/// Many rows at once, as `Connection.load` puts them in.
struct LoadTests {
    private struct Stop: Error {}

    private func table() async throws -> any ConnectionPool {
        let db = try await TestDatabase.current.make()
        _ = try await db.write { try $0.run("CREATE TABLE item (id \(type: .identity), \"odd \"\"name\" TEXT UNIQUE)") }
        return db
    }

    private func load(_ conn: Connection, _ rows: Int, failing: Int? = nil) throws -> Int {
        var next = 0
        return try conn.load(table: "item", columns: ["id", "odd \"name"]) {
            next += 1
            if next == failing { throw Stop() }
            return next <= rows ? [.integer(Int64(next)), .text("row\t\\N \(next)\n")] : nil
        }
    }

    @Test func `rows come as they were given, and are counted`() async throws {
        let db = try await table()
        #expect(try await db.write { conn in try load(conn, 30_000) } == 30_000)
        let found = try await db.read { conn in
            (
                try conn.value("SELECT COUNT(*) FROM item", as: Int.self),
                try conn.row("SELECT * FROM item WHERE id = 29999")?.all[1].value
            )
        }
        #expect(found.0 == 30_000)
        #expect(found.1 == .text("row\t\\N 29999\n"))
        #expect(try await db.write { conn in try conn.load(table: "item", columns: ["id"]) { nil } } == 0)
    }

    @Test(arguments: [1, 2, 20_000])
    func `an error of whoever gives the rows is thrown on and undoes them`(failing: Int) async throws {
        let db = try await table()
        await #expect(throws: Stop.self) { _ = try await db.write { conn in try load(conn, 30_000, failing: failing) } }
        #expect(try await db.read { try $0.value("SELECT COUNT(*) FROM item", as: Int.self) } == 0)
        // The connection goes on.
        #expect(try await db.write { conn in try load(conn, 10) } == 10)
    }

    @Test func `a row that the table refuses undoes all and says which rule`() async throws {
        let db = try await table()
        _ = try await db.write { conn in try load(conn, 10) }
        let error = await #expect(throws: DatabaseError.self) { _ = try await db.write { conn in try load(conn, 20) } }
        #expect(error?.kind == .unique)
        #expect(try await db.read { try $0.value("SELECT COUNT(*) FROM item", as: Int.self) } == 10)
    }
}
