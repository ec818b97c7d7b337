import Archive
import Database
import Foundation
import Primitives
import TestSupport
import Testing

private let steps = [
    Migration("a.1", ["CREATE TABLE item (id \(type: .identity), name TEXT NOT NULL)"]),
    Migration("a.2", ["CREATE TABLE note (id \(type: .identity), item_id BIGINT NOT NULL REFERENCES item (id))"]),
]

/// An archive comes from outside: nothing in it is believed.
struct HostileArchiveTests {
    private let folder: Folder
    private let target: any ConnectionPool

    init() async throws {
        folder = try Folder()
        target = try await TestDatabase.current.make()
        let source = try await TestDatabase.current.make()
        try await source.migrate(steps, at: noon)
        try await source.write { conn in
            for name in ["one", "two", "three"] { try conn.run("INSERT INTO item (name) VALUES (\(name))") }
            try conn.run("INSERT INTO note (item_id) VALUES (2)")
        }
        try await write(source, to: folder.archive, files: try folder.files(["ab/abcd": "a plan", "ef/0123": "another"]))
    }

    private var manifest: String { folder.archive + "/manifest.json" }
    private var uploads: String { folder.path + "/restored" }

    private func refused(_ migrations: [Migration] = steps) async -> String? {
        await refusal { try await ArchiveTests.restore(folder.archive, into: target, files: uploads, migrations: migrations) }
    }

    private func expectNothingWritten() async throws {
        #expect(try await Archive.digest(of: target) == [:])
        #expect(try await target.schemaState(steps) == .empty)
        #expect(!FileManager.default.fileExists(atPath: uploads))
    }

    @Test func `as it is, it can be restored`() async throws {
        #expect(await refused() == nil)
        #expect(try await target.read { try $0.value("SELECT COUNT(*) FROM item", as: Int.self) } == 3)
        #expect(try String(contentsOfFile: uploads + "/ab/abcd", encoding: .utf8) == "a plan")
    }

    @Test(arguments: ["tables/item.jsonl", "tables/note.jsonl", "files/ab/abcd"])
    func `one flipped bit is found before anything is written`(path: String) async throws {
        let place = "\(folder.archive)/\(path)"
        var data = try #require(FileManager.default.contents(atPath: place))
        data[data.count / 2] ^= 4
        try data.write(to: URL(fileURLWithPath: place))
        #expect(await refused() == "The archive's file \(path) is missing or damaged. Take another copy of the archive.")
        try await expectNothingWritten()
    }

    @Test(arguments: ["tables/item.jsonl", "files/ab/abcd"])
    func `a missing, cut or longer file is found before anything is written`(path: String) async throws {
        let place = "\(folder.archive)/\(path)"
        let data = try #require(FileManager.default.contents(atPath: place))
        for changed in [data.dropLast(), data + Data("\n".utf8), Data()] {
            try changed.write(to: URL(fileURLWithPath: place))
            #expect(await refused()?.contains("missing or damaged") == true)
        }
        try FileManager.default.removeItem(atPath: place)
        #expect(await refused()?.contains("missing or damaged") == true)
        try await expectNothingWritten()
    }

    @Test(arguments: [
        "item\\\"; DROP TABLE item; --", "../../etc/passwd", "item/../item", "", "Item", "ítem", "item\\u0000", "pg_class ",
        "1item",
    ])
    func `a table or column that is not named like one is refused`(name: String) async throws {
        try exchange("\"name\" : \"item\"", "\"name\" : \"\(name)\"", in: manifest)
        #expect(await refused()?.contains("which no city has") == true)
        try exchange("\"name\" : \"\(name)\"", "\"name\" : \"item\"", in: manifest)
        try exchange("\"item_id\"", "\"\(name)\"", in: manifest)
        #expect(await refused()?.contains("which no city has") == true)
        try await expectNothingWritten()
    }

    @Test(arguments: ["pg_class", "sqlite_master", "schema_migration", "stranger"])
    func `a table that the schema does not have is refused, however well it is named`(name: String) async throws {
        try exchange("\"name\" : \"note\"", "\"name\" : \"\(name)\"", in: manifest)
        try FileManager.default.moveItem(
            atPath: folder.archive + "/tables/note.jsonl", toPath: folder.archive + "/tables/\(name).jsonl")
        #expect(await refused()?.contains("its program never had") == true)
        #expect(try await target.schemaState(steps) == .empty)
    }

    @Test func `a column that the table does not have is refused`() async throws {
        try exchange("\"item_id\"", "\"ctid\"", in: manifest)
        #expect(await refused()?.contains("other columns") == true)
        #expect(try await target.schemaState(steps) == .empty)
    }

    @Test(arguments: ["../escaped", "/etc/cron.d/x", "ab/../../x", "ab//abcd", "./abcd", "ab\\\\abcd", "ab/", "..", "a\\u0000b"])
    func `a file that would land elsewhere is refused`(path: String) async throws {
        try exchange("\"path\" : \"ab/abcd\"", "\"path\" : \"\(path)\"", in: manifest)
        #expect(await refused()?.contains("which no city has") == true)
        try await expectNothingWritten()
    }

    @Test(arguments: ["tables", "tables/item.jsonl", "files", "files/ab/abcd", "files/ab"])
    func `a link in place of a file or folder is not followed`(path: String) async throws {
        let place = "\(folder.archive)/\(path)"
        let elsewhere = folder.path + "/elsewhere"
        try FileManager.default.moveItem(atPath: place, toPath: elsewhere)
        try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: elsewhere)
        let sentence = await refused()
        #expect(sentence?.contains("missing or damaged") == true || sentence?.contains("not a plain file") == true)
        try await expectNothingWritten()
    }

    @Test func `rows that break the schema's rules leave nothing behind`() async throws {
        // As somebody would do who knows how sums work: a note about an item that does not exist.
        let place = folder.archive + "/tables/note.jsonl"
        let (old, new) = ("[1,2]\n", "[1,9]\n")
        try exchange(old, new, in: place)
        try exchange(sum(old), sum(new), in: manifest)
        let error = await #expect(throws: DatabaseError.self) {
            try await restore(folder.archive, into: target, files: uploads, migrations: steps)
        }
        #expect(error?.kind == .foreignKey)
        #expect(try await target.schemaState(steps) == .empty)
    }

    @Test(arguments: [
        ("[1,\"one\"]\n", "[1,\"\\u006fne\"]\n"), ("[1,\"one\"]\n", "[1, \"one\"]\n"), ("[1,\"one\"]\n", "[1,\"one\",2]\n"),
        ("[1,\"one\"]\n", "[1]\n"), ("[1,\"one\"]\n", "[9223372036854775808,\"one\"]\n"), ("[1,\"one\"]\n", "[-,\"one\"]\n"),
        ("[1,\"one\"]\n", "[1,\"one]\n"), ("[1,\"one\"]\n", "\n"), ("[1,\"one\"]\n", "[1,{\"hex\":\"0\"}]\n"),
    ])
    func `a line that this program would not have written is refused`(old: String, new: String) async throws {
        let place = folder.archive + "/tables/item.jsonl"
        let before = try String(contentsOfFile: place, encoding: .utf8)
        try exchange(old, new, in: place)
        let after = try String(contentsOfFile: place, encoding: .utf8)
        #expect(before != after)
        try exchange(sum(before), sum(after), in: manifest)
        try exchange("\"bytes\" : \(before.utf8.count)", "\"bytes\" : \(after.utf8.count)", in: manifest)
        let sentence = await refused()
        #expect(sentence?.contains("is not a row") == true || sentence?.contains("restored exactly") == true)
        #expect(try await target.schemaState(steps) == .empty)
    }

    @Test func `rows out of order are found by comparing`() async throws {
        let place = folder.archive + "/tables/item.jsonl"
        let before = try String(contentsOfFile: place, encoding: .utf8)
        let after = "[2,\"two\"]\n[1,\"one\"]\n[3,\"three\"]\n"
        #expect(before.utf8.count == after.utf8.count)
        try Data(after.utf8).write(to: URL(fileURLWithPath: place))
        try exchange(sum(before), sum(after), in: manifest)
        #expect(await refused()?.contains("restored exactly") == true)
        #expect(try await target.schemaState(steps) == .empty)
    }

    @Test func `no archive, half a manifest, and a later format are told apart`() async throws {
        try exchange("\"format\" : 1", "\"format\" : 2", in: manifest)
        #expect(await refused() == "The archive has format 2, which this program does not know. Use a newer program.")
        let data = try #require(FileManager.default.contents(atPath: manifest))
        try data.prefix(data.count / 2).write(to: URL(fileURLWithPath: manifest))
        #expect(await refused()?.contains("damaged") == true)
        try FileManager.default.removeItem(atPath: manifest)
        #expect(await refused()?.contains("There is no archive in") == true)
        try await expectNothingWritten()
    }

    private func sum(_ text: String) -> String { sha256(text) }
}
