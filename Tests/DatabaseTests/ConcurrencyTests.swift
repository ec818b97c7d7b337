import Database
import Primitives
import Synchronization
import TestSupport
import Testing

/// What many at once may rely on, on either database.
@Suite struct ConcurrencyTests {
    private func prepared() async throws -> any ConnectionPool {
        let db = try await TestDatabase.current.make()
        try await db.write { conn in
            try conn.run("CREATE TABLE counter (name TEXT PRIMARY KEY, count BIGINT NOT NULL)")
            try conn.run("INSERT INTO counter (name, count) VALUES ('a', 0)")
        }
        return db
    }

    @Test func `what is read and then written is never overtaken`() async throws {
        let db = try await prepared()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await db.write { conn in
                        let count: Int = try conn.value("SELECT count FROM counter WHERE name = 'a'") ?? 0
                        _ = try conn.run("UPDATE counter SET count = \(count + 1) WHERE name = 'a'")
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await db.read { try $0.value("SELECT count FROM counter WHERE name = 'a'", as: Int.self) } == 100)
    }

    @Test func `a long write that reads much gets through beside many short ones`() async throws {
        let db = try await prepared()
        let isDone = Flag()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<6 {
                group.addTask {
                    var number = 0
                    while !isDone.isSet {
                        let name = "short \(lane) \(number)"
                        number += 1
                        try await db.write { conn in
                            _ = try conn.value("SELECT COUNT(*) FROM counter", as: Int.self)
                            _ = try conn.run("INSERT INTO counter (name, count) VALUES (\(name), 1)")
                        }
                    }
                }
            }
            group.addTask {
                defer { isDone.set() }
                for batch in 0..<3 {
                    try await db.write { conn in
                        for row in 0..<200 {
                            _ = try conn.value("SELECT COUNT(*) FROM counter", as: Int.self)
                            _ = try conn.run("INSERT INTO counter (name, count) VALUES (\("long \(batch) \(row)"), 1)")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let long = try await db.read { try $0.value("SELECT COUNT(*) FROM counter WHERE name LIKE 'long %'", as: Int.self) }
        #expect(long == 600)
    }

    @Test func `who looks first and then inserts finds what another inserted meanwhile`() async throws {
        let db = try await prepared()
        let made = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await db.write { conn in
                        guard try !conn.exists("SELECT 1 FROM counter WHERE name = 'b'") else { return false }
                        try conn.run("INSERT INTO counter (name, count) VALUES ('b', 1)")
                        return true
                    }
                }
            }
            return try await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(made.filter(\.self).count == 1)
    }

    @Test func `two pools on one database wake each other`() async throws {
        let location = try await TestDatabase.current.location()
        let (here, there) = (try location.open(connections: 1), try location.open(connections: 1))
        try await here.write { try $0.run("CREATE TABLE item (x BIGINT)") }
        var woken = there.signals("items").makeAsyncIterator()
        _ = await woken.next()
        for round in 1...3 {
            try await here.write { conn in
                try conn.run("INSERT INTO item VALUES (\(round))")
                conn.signal("items")
            }
            var count = 0
            while count < round {
                _ = await woken.next()
                count = try await there.read { try $0.value("SELECT COUNT(*) FROM item") } ?? 0
            }
            #expect(count == round)
        }
        await here.close()
        await there.close()
        #expect(await woken.next() == nil)
    }

    @Test func `long results come row by row`() async throws {
        let db = try await prepared()
        let (count, sum) = try await db.read { conn in
            var (count, sum) = (0, 0)
            try conn.each(
                """
                WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                SELECT i FROM n
                """
            ) { row in
                count += 1
                sum += try row[0]
            }
            return (count, sum)
        }
        #expect(count == 20000)
        #expect(sum == 20000 * 20001 / 2)
    }

    @Test func `every kind of value comes back as it went in`() async throws {
        let db = try await TestDatabase.current.make()
        try await db.write { conn in
            _ = try conn.run("CREATE TABLE v (i BIGINT, r DOUBLE PRECISION, t TEXT, b \(type: .bytes), f SMALLINT)")
        }
        let bytes = (0...255).map { UInt8($0) }
        let texts = ["", "quote ' \\ \"", "naïve 🏔️ \u{202E}", "a\nb\tc", "\\x41"]
        for (index, text) in texts.enumerated() {
            let number: Int64 = [Int64.min, -1, 0, 1, Int64.max][index]
            let row = try await db.write { conn in
                try conn.run("DELETE FROM v")
                try conn.run("INSERT INTO v (i, r, t, b, f) VALUES (\(number), \(0.1), \(text), \(bytes), \(index % 2 == 0))")
                return try conn.row("SELECT i, r, t, b, f, NULL AS empty FROM v")?.all.map(\.value)
            }
            #expect(row == [.integer(number), .real(0.1), .text(text), .blob(bytes), .integer(index % 2 == 0 ? 1 : 0), .null])
        }
    }
}

private final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}
