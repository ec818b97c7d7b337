import Archive
import Database
import Foundation
import Primitives
import TestSupport
import Testing

private let oddities = [
    Migration(
        "odd.1",
        [
            """
            CREATE TABLE odd (
                id \(type: .identity),
                text TEXT,
                number BIGINT,
                real DOUBLE PRECISION,
                bytes \(type: .bytes)
            )
            """,
            "CREATE TABLE pair (b TEXT NOT NULL, a BIGINT NOT NULL, PRIMARY KEY (b, a))",
            "CREATE TABLE keyless (text TEXT, number BIGINT)",
            "CREATE TABLE \"order\" (id \(type: .identity), \"select\" TEXT, parent_id BIGINT REFERENCES \"order\" (id))",
        ])
]

private let texts: [String?] = [
    nil, "", "null", "\\N", "\\", "\\.", "it's \"quoted\" and ''doubled''", "back\\slash\\\\n", "line\nline\r\nline\r",
    "tab\tvertical\u{0B}feed\u{0C}bell\u{07}",
    "\u{01}\u{1F}\u{7F}\u{80}\u{2028}\u{2029}\u{FEFF}", "👩🏽‍🚒 Straße, ĳ, e\u{301}, é", "\u{202E}שלום\u{202C} \u{200F}",
    "{\"hex\":\"00\"}", "[1,2]",
    String(repeating: "long \\ line\n", count: 60_000),
]
private let numbers: [Int64?] = [nil, 0, 1, -1, .min, .max, .min + 1, 9_999_999_999, 10_000_000_000, -10]
private let reals: [Double?] = [
    nil, 0, 1, -1, 0.1, 1 / 3, .pi, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, -1e300, 1e20,
    123_456_789_012_345_680,
    6.02e23, 9_007_199_254_740_992, .infinity, -.infinity,
]
private let blobs: [[UInt8]?] = [nil, [], [0], [255], Array(0...255), Array("\\x00".utf8), Array(repeating: 7, count: 300_000)]

/// Whatever can stand in a column comes back as it was.
struct ValueTests {
    private func fill(_ db: any ConnectionPool) async throws {
        try await db.migrate(oddities, at: noon)
        try await db.write { conn in
            for text in texts { try conn.run("INSERT INTO odd (text) VALUES (\(optional: text))") }
            for number in numbers { try conn.run("INSERT INTO odd (number) VALUES (\(optional: number))") }
            for real in reals { try conn.run("INSERT INTO odd (real) VALUES (\(optional: real))") }
            for bytes in blobs { try conn.run("INSERT INTO odd (bytes) VALUES (\(optional: bytes))") }
            try conn.run("INSERT INTO odd (id, real) VALUES (\(Int64.max - 1), \(-0.0))")
            for b in ["z", "B", "a-c", "ab", "é", ""] {
                for a in [2, -1, 10] { try conn.run("INSERT INTO pair (b, a) VALUES (\(b), \(a))") }
            }
            for text in ["b", nil, "a", "a"] as [String?] {
                for number in [3, nil] as [Int?] {
                    try conn.run("INSERT INTO keyless (text, number) VALUES (\(optional: text), \(optional: number))")
                }
            }
            try conn.run("INSERT INTO \"order\" (id, \"select\") VALUES (5, 'parent')")
            try conn.run("INSERT INTO \"order\" (id, \"select\", parent_id) VALUES (1, 'child', 5)")
        }
    }

    private func all(_ db: any ConnectionPool) async throws -> [[SQLValue]] {
        try await db.read { conn in
            try conn.rows("SELECT id, text, number, real, bytes FROM odd ORDER BY id").map { $0.all.map(\.value) }
        }
    }

    @Test(arguments: kinds, kinds)
    func `odd values survive between any two databases`(from: TestDatabase, into: TestDatabase) async throws {
        let (source, target) = (try await from.make(), try await into.make())
        try await fill(source)
        let folder = try Folder()
        try await write(source, to: folder.archive)
        try await restore(folder.archive, into: target, migrations: oddities)
        let (before, after) = (try await all(source), try await all(target))
        #expect(before.count == after.count)
        for (a, b) in zip(before, after) { #expect(a == b) }
        #expect(try await Archive.digest(of: source) == (try await Archive.digest(of: target)))
        #expect(
            try await target.read { try $0.value("SELECT parent_id FROM \"order\" WHERE \"select\" = 'child'", as: Int64.self) }
                == 5)
    }

    @Test func `a column in another order in the archive goes where it belongs`() async throws {
        let (source, target) = (try await TestDatabase.current.make(), try await TestDatabase.current.make())
        let other = [Migration("odd.1", ["CREATE TABLE pair (a BIGINT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (b, a))"])]
        try await source.migrate(other, at: noon)
        _ = try await source.write { conn in try conn.run("INSERT INTO pair (a, b) VALUES (1, 'one')") }
        let folder = try Folder()
        try await write(source, to: folder.archive)
        let swapped = [Migration("odd.1", ["CREATE TABLE pair (b TEXT NOT NULL, a BIGINT NOT NULL, PRIMARY KEY (b, a))"])]
        try await restore(folder.archive, into: target, migrations: swapped)
        #expect(try await target.read { try $0.value("SELECT b FROM pair WHERE a = 1", as: String.self) } == "one")
    }

    @Test func `a key is never given twice after a restore`() async throws {
        let steps = [Migration("odd.1", ["CREATE TABLE item (id \(type: .identity), name TEXT)"])]
        for ids in [[], [7], [-5], [3, 900]] as [[Int64]] {
            let (source, target) = (try await TestDatabase.current.make(), try await TestDatabase.current.make())
            try await source.migrate(steps, at: noon)
            try await source.write { conn in
                for id in ids { try conn.run("INSERT INTO item (id) VALUES (\(id))") }
            }
            let folder = try Folder()
            try await write(source, to: folder.archive)
            try await restore(folder.archive, into: target, migrations: steps)
            let next = try await target.write { try $0.insert("INSERT INTO item (name) VALUES ('new') RETURNING id") }
            #expect(next > (ids.max() ?? 0))
        }
    }

    @Test func `a text that PostgreSQL cannot take stops the whole restore`() async throws {
        guard TestDatabase.current != .sqlite else { return }
        let (source, target) = (try await TestDatabase.sqlite.make(), try await TestDatabase.current.make())
        let steps = [Migration("odd.1", ["CREATE TABLE item (id \(type: .identity), number BIGINT)"])]
        try await source.migrate(steps, at: noon)
        // SQLite keeps a text in a column of numbers.
        _ = try await source.write { conn in try conn.run("INSERT INTO item (number) VALUES (1), ('seven')") }
        let folder = try Folder()
        try await write(source, to: folder.archive)
        await #expect(throws: DatabaseError.self) { try await restore(folder.archive, into: target, migrations: steps) }
        #expect(try await Archive.digest(of: target) == [:])
    }
}
