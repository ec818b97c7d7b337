import Database
import Portal
import Primitives
import Synchronization
import TestSupport
import Testing

/// What only a server can do to us. Run by `script/test` on its second turn, when there is one.
@Suite(.enabled(if: TestDatabase.current != .sqlite))
struct PostgresTests {
    @Test func `a connection that the server ended is opened again and the work done once`() async throws {
        let db = try await TestDatabase.current.make()
        try await db.write { try $0.run("CREATE TABLE item (x BIGINT)") }
        let killer = try await TestDatabase.current.make()
        let tries = Counter()
        try await db.write { conn in
            try conn.run("INSERT INTO item VALUES (1)")
            guard tries.next() == 1 else { return }
            // The server ends this very connection in the middle of its transaction.
            _ = try conn.row("SELECT pg_terminate_backend(pg_backend_pid())")
        }
        #expect(tries.count == 2)
        #expect(try await db.read { try $0.value("SELECT COUNT(*) FROM item", as: Int.self) } == 1)
        // And while nobody was using it.
        let name = "groundwork"
        try await killer.write { conn in
            _ = try conn.rows(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE application_name = \(name) AND state = 'idle' AND query LIKE 'COMMIT%' AND pid <> pg_backend_pid()
                LIMIT 3
                """)
        }
        try await db.write { _ = try $0.run("INSERT INTO item VALUES (2)") }
        #expect(try await db.read { try $0.value("SELECT COUNT(*) FROM item", as: Int.self) } == 2)
    }

    @Test func `rows that clash at the very end of a transaction are looked at again, once`() async throws {
        let db = try await TestDatabase.current.make()
        try await db.write { try $0.run("CREATE TABLE item (x BIGINT PRIMARY KEY)") }
        try await db.write { _ = try $0.run("INSERT INTO item VALUES (1)") }
        let tries = Counter()
        try await db.write { conn in
            try conn.load(table: "item", columns: ["x"], rows: [[.integer(tries.next() == 1 ? 1 : 2)]])
        }
        #expect(tries.count == 2)
        #expect(try await db.read { try $0.value("SELECT COUNT(*) FROM item", as: Int.self) } == 2)
    }

    @Test func `a table's first rows are counted at once, so that plans are made for what it holds`() async throws {
        let db = try await TestDatabase.current.make()
        try await db.write { try $0.run("CREATE TABLE item (x BIGINT PRIMARY KEY)") }
        try await db.write { conn in
            try conn.load(table: "item", columns: ["x"], rows: (1...300).map { [.integer($0)] })
        }
        let rows: Double? = try await db.read { conn in
            try conn.value("SELECT reltuples FROM pg_class WHERE oid = CAST('item' AS regclass)")
        }
        #expect(rows == 300)
    }

    @Test func `a statement among rows that are loaded looks up what it refers to`() async throws {
        let db = try await TestDatabase.current.make()
        try await db.write { conn in
            try conn.run("CREATE TABLE item (id \(type: .identity), name TEXT NOT NULL)")
            try conn.run("CREATE TABLE part (id \(type: .identity), item_id BIGINT NOT NULL REFERENCES item (id))")
        }
        let error = await #expect(throws: DatabaseError.self) {
            try await db.load { conn in
                try conn.expectLoading()
                try conn.load(table: "item", columns: ["name"], rows: [[.text("one")], [.text("two")]])
                try conn.load(table: "part", columns: ["item_id"], rows: [[.integer(1)], [.integer(2)]])
                try conn.run("INSERT INTO part (item_id) VALUES (999999)")
            }
        }
        #expect(error?.kind == .foreignKey)
    }

    @Test func `plans are kept as long as the transaction that asked for it, whenever it asked`() async throws {
        let db = try await TestDatabase.current.location().open(connections: 1)
        let mode: SQL = "SELECT current_setting('plan_cache_mode')"
        for asksFirst in [true, false] {
            let kept = try await db.read { conn -> String? in
                if !asksFirst { _ = try conn.row("SELECT 1") }
                try conn.keepPlans()
                return try conn.value(mode)
            }
            #expect(kept == "force_generic_plan")
            #expect(try await db.read { try $0.value(mode) } == "auto")
        }
        await #expect(throws: DatabaseError.self) {
            try await db.read { conn in
                try conn.keepPlans()
                _ = try conn.row("SELECT 1 / 0")
            }
        }
        #expect(try await db.read { try $0.value(mode) } == "auto")
    }

    @Test func `signals are heard again after the listener was cut off`() async throws {
        let location = try await TestDatabase.current.location()
        let (here, there) = (try location.open(connections: 1), try location.open(connections: 1))
        var woken = there.signals("things").makeAsyncIterator()
        _ = await woken.next()
        try await here.write { conn in
            _ = try conn.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN groundwork'")
        }
        // It wakes everybody once it listens again, because something may have been missed.
        #expect(await woken.next() != nil)
        try await here.write { conn in conn.signal("things") }
        #expect(await woken.next() != nil)
    }

    @Test func `more different statements than are kept prepared`() async throws {
        let db = try await TestDatabase.current.make()
        let sum = try await db.read { conn in
            var sum: Int64 = 0
            for number in 0..<900 {
                sum += try conn.value("SELECT CAST(\(Int64(number)) AS BIGINT) AS n\(raw: String(number))") ?? 0
            }
            for number in 0..<900 {
                sum += try conn.value("SELECT CAST(\(Int64(number)) AS BIGINT) AS n\(raw: String(number))") ?? 0
            }
            return sum
        }
        #expect(sum == 899 * 900)
    }

    @Test func `a wrong password stops the start with what the server says`() throws {
        guard case .postgres(let url) = TestDatabase.current else { return }
        let other = DatabaseLocation(url.replacing("/groundwork", with: "/nowhere"))
        let error = #expect(throws: DatabaseError.self) { try other?.open() }
        #expect(error?.message.contains("nowhere") == true)
    }

    @Test func `a password in the address is never shown`() {
        let location = DatabaseLocation("postgres://app:secret@db1:5432,db2:5432/city?password=hidden&sslmode=verify-full")
        #expect(location?.description.contains("secret") == false)
        #expect(location?.description.contains("hidden") == false)
        #expect(location?.description.contains("db2") == true)
    }

    @Test func `a text that PostgreSQL cannot store is refused, not cut`() async throws {
        let db = try await TestDatabase.current.make()
        let error = await #expect(throws: DatabaseError.self) { try await db.read { try $0.row("SELECT \("a\0b") AS t") } }
        #expect(error?.kind == .check)
    }
}

private final class Counter: Sendable {
    private let value = Mutex(0)
    func next() -> Int {
        value.withLock {
            $0 += 1; return $0
        }
    }
    var count: Int { value.withLock { $0 } }
}
