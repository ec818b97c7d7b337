import Database
import Primitives
import TestSupport
import Testing

/// A transaction that loads very much: rows are stored while the next ones are made, and it is as whole as any other.
struct LoadingTests {
    private struct Stop: Error {}

    private func tables() async throws -> any ConnectionPool {
        let db = try await TestDatabase.current.make()
        try await db.write { conn in
            try conn.run("CREATE TABLE item (id \(type: .identity), name TEXT NOT NULL UNIQUE)")
            try conn.run("CREATE TABLE part (id \(type: .identity), item_id BIGINT NOT NULL REFERENCES item (id), name TEXT)")
        }
        return db
    }

    private static func items(_ count: Int, from first: Int = 1, _ conn: Connection) throws {
        let keys = try conn.newKeys(count, of: "item")
        try conn.load(
            table: "item", columns: ["id", "name"],
            rows: zip(keys, first...).lazy.map { [.integer($0), .text("item \($1)")] })
    }

    private static func parts(of items: Range<Int64>, _ conn: Connection) throws {
        try conn.load(
            table: "part", columns: ["item_id", "name"], rows: items.lazy.map { [.integer($0), .text("part of \($0)")] })
    }

    private static func count(_ table: String, _ conn: Connection) throws -> Int {
        switch table {
        case "item": try conn.value("SELECT COUNT(*) FROM item") ?? -1
        default: try conn.value("SELECT COUNT(*) FROM part") ?? -1
        }
    }

    @Test func `a question sees every row that came before it`() async throws {
        let db = try await tables()
        let counts = try await db.load { conn -> [Int] in
            try conn.expectLoading(keysOf: ["item"])
            var counts: [Int] = []
            for round in 0..<20 {
                try LoadingTests.items(700, from: 1 + round * 700, conn)
                let last: Int64 = try conn.value("SELECT MAX(id) FROM item") ?? 0
                try LoadingTests.parts(of: (last - 699)..<(last + 1), conn)
                // Asked while the parts are on their way, then about them.
                counts.append(try LoadingTests.count("item", conn))
                counts.append(try LoadingTests.count("part", conn))
            }
            return counts
        }
        #expect(counts == (1...20).flatMap { [$0 * 700, $0 * 700] })
        #expect(try await db.read { try LoadingTests.count("part", $0) } == 14_000)
    }

    @Test func `a row that the table refuses undoes the load, and nothing beside it`() async throws {
        let db = try await tables()
        let beside = Task {
            for number in 0..<50 {
                _ = try await db.write {
                    try $0.run("INSERT INTO item (id, name) VALUES (\(100_000 + number), \("beside \(number)"))")
                }
            }
        }
        let error = await #expect(throws: DatabaseError.self) {
            try await db.load { conn in
                try conn.expectLoading()
                try LoadingTests.items(3000, conn)
                // The first of these stands there already; what comes after it is not stored either.
                try LoadingTests.items(3000, from: 3000, conn)
                try LoadingTests.parts(of: 1..<100, conn)
            }
        }
        #expect(error?.kind == .unique)
        try await beside.value
        #expect(try await db.read { try LoadingTests.count("item", $0) } == 50)
        #expect(try await db.read { try LoadingTests.count("part", $0) } == 0)
        try await db.load { conn in
            try conn.expectLoading()
            try LoadingTests.items(500, conn)
        }
        #expect(try await db.read { try LoadingTests.count("item", $0) } == 550)
    }

    @Test func `whoever stops while rows are on their way leaves none of them`() async throws {
        let db = try await tables()
        await #expect(throws: Stop.self) {
            try await db.load { conn in
                try conn.expectLoading()
                try LoadingTests.items(5000, conn)
                throw Stop()
            }
        }
        #expect(try await db.read { try LoadingTests.count("item", $0) } == 0)
    }

    @Test func `new keys go on behind rows that took their own`() async throws {
        let db = try await tables()
        let keys = try await db.load { conn -> [Int64] in
            try conn.expectLoading(keysOf: ["item"])
            var keys = try conn.newKeys(2, of: "item")
            try conn.load(
                table: "item", columns: ["id", "name"], rows: keys.map { [.integer($0), .text("loaded \($0)")] })
            keys.append(try conn.insert("INSERT INTO item (name) VALUES ('inserted') RETURNING id"))
            let more = try conn.newKeys(2, of: "item")
            try conn.load(
                table: "item", columns: ["id", "name"], rows: more.map { [.integer($0), .text("loaded \($0)")] })
            try conn.load(table: "item", columns: ["name"], rows: [[.text("without a key")]])
            return keys + more + (try conn.newKeys(1, of: "item"))
        }
        #expect(Set(keys).count == 6)
        #expect(keys == keys.sorted())
    }

    /// How a load ends.
    enum Ending: CaseIterable { case whole, stopped, refused }

    @Test(arguments: Ending.allCases)
    func `what rows refer to is looked up again after a load`(ending: Ending) async throws {
        let db = try await tables()
        try? await db.load { conn in
            try conn.expectLoading()
            try LoadingTests.items(100, conn)
            try LoadingTests.parts(of: 1..<50, conn)
            switch ending {
            case .whole: break
            case .stopped: throw Stop()
            case .refused: try LoadingTests.items(100, conn)
            }
        }
        #expect(try await db.read { try LoadingTests.count("item", $0) } == (ending == .whole ? 100 : 0))
        // By whichever of its connections.
        for _ in 0..<8 {
            let error = await #expect(throws: DatabaseError.self) {
                _ = try await db.write { try $0.run("INSERT INTO part (item_id, name) VALUES (999999, 'of nothing')") }
            }
            #expect(error?.kind == .foreignKey)
        }
    }
}
