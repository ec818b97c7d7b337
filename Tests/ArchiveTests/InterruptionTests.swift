import Archive
@testable import Database
import Foundation
import Primitives
import TestSupport
import Testing

/// Gives rows until it fails, as a connection does that is lost.
private final class FailingDriver: ConnectionDriver {
    private let real: any ConnectionDriver
    private var left: Int
    var dialect: Dialect { real.dialect }
    init(_ real: any ConnectionDriver, after rows: Int) { (self.real, left) = (real, rows) }

    func run(_ text: String, _ values: [SQLValue], streaming: Bool, each: (Row) throws -> Void) throws(DatabaseError) -> Int {
        try real.run(text, values, streaming: streaming) { row in
            if streaming {
                left -= 1
                if left < 0 { throw DatabaseError(.other, "stopped") }
            }
            try each(row)
        }
    }
}

/// A pool whose reads fail after some rows.
private struct FailingPool: ConnectionPool {
    let real: any ConnectionPool
    let rows: Int
    var dialect: Dialect { real.dialect }
    var gauges: [PoolGauge] { real.gauges }
    func signals(_ channel: Channel) -> AsyncStream<Void> { real.signals(channel) }
    func close() async { await real.close() }
    func write<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await real.write(body)
    }
    func read<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await real.read { conn in try body(Connection(FailingDriver(ConnectionAsDriver(conn), after: rows))) }
    }
}

/// A connection seen as a driver again, so that something can stand between.
private final class ConnectionAsDriver: ConnectionDriver {
    private let conn: Connection
    var dialect: Dialect { conn.dialect }
    init(_ conn: Connection) { self.conn = conn }
    func run(_ text: String, _ values: [SQLValue], streaming: Bool, each: (Row) throws -> Void) throws(DatabaseError) -> Int {
        try conn.driver.run(text, values, streaming: streaming, each: each)
    }
}

/// An archive is whole or it is not there.
struct InterruptionTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    }

    @Test(arguments: [0, 1, 40, 150])
    func `a connection lost in the middle leaves no archive`(rows: Int) async throws {
        let city = try await TestCity.busy()
        await #expect(throws: DatabaseError.self) {
            try await write(FailingPool(real: city.context.db, rows: rows), to: folder.archive)
        }
        #expect(try names == [])
    }

    @Test func `a folder of files that is not there leaves no archive`() async throws {
        let city = try await TestCity.make()
        let sentence = await refusal { try await write(city.context.db, to: folder.archive, files: "/nowhere/at/all") }
        #expect(sentence == "There is no folder of uploaded files at /nowhere/at/all. Check the path.")
        #expect(try names == [])
    }

    @Test func `what a killed program left is cleared away by the next one`() async throws {
        let city = try await TestCity.make()
        for path in ["tables/item.jsonl", "files/ab/cd", "manifest.json"] {
            _ = try folder.files([path: "half"], in: "archive.partial")
        }
        let manifest = try await write(city.context.db, to: folder.archive)
        #expect(try names == ["archive"])
        let tables = try FileManager.default.contentsOfDirectory(atPath: folder.archive + "/tables")
        #expect(Set(tables) == Set(manifest.tables.map { "\($0.name).jsonl" }))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.archive).sorted() == ["manifest.json", "tables"])
    }

    @Test func `somebody's own files beside the archive are never removed`() async throws {
        let city = try await TestCity.make()
        let theirs = try folder.files(["thesis.txt": "years of work"], in: "archive.partial")
        let sentence = await refusal { try await write(city.context.db, to: folder.archive) }
        #expect(sentence?.contains("holds files that are not an archive's") == true)
        #expect(try String(contentsOfFile: theirs + "/thesis.txt", encoding: .utf8) == "years of work")
    }

    @Test func `a folder that holds something is refused, an empty one is taken`() async throws {
        let city = try await TestCity.make()
        let full = try folder.files(["a": "something"], in: "full")
        #expect(
            await refusal { try await write(city.context.db, to: full) }
                == "The folder \(full) is not empty. Name a new folder for the archive.")
        #expect(await refusal { try await write(city.context.db, to: full + "/a") }?.contains("is in the way") == true)
        let empty = try folder.files([:], in: "empty")
        try await write(city.context.db, to: empty + "//")
        #expect(FileManager.default.fileExists(atPath: empty + "/manifest.json"))
        #expect(try names == ["empty", "full"])
    }

    @Test(arguments: ["fts5 (words)", "fts5 (words, content = '')", "rtree (id, x0, x1)"])
    func `a virtual table whose rows stand nowhere else is not silently left out`(kind: String) async throws {
        let db = try await TestDatabase.sqlite.make()
        _ = try await db.write { conn in try conn.run("CREATE VIRTUAL TABLE thing USING \(raw: kind)") }
        let sentence = await refusal { try await write(db, to: folder.archive) }
        #expect(sentence == "The virtual table thing cannot be archived. Only text indexes over other tables can.")
        #expect(try names == [])
    }

    @Test func `two programs do not write the same archive at the same time`() async throws {
        let city = try await TestCity.busy()
        let outcomes = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<6 {
                group.addTask { [folder] in await refusal { try await write(city.context.db, to: folder.archive) } }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == nil }.count == 1)
        #expect(outcomes.compactMap(\.self).allSatisfy { $0.contains("Another archive") || $0.contains("not empty") })
        #expect(try names == ["archive"])
        try await restore(folder.archive, into: try await TestDatabase.current.make())
    }
}
