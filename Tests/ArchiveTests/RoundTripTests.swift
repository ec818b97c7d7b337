import Archive
import Contacts
import Core
import Database
import Foundation
import Primitives
import TestSupport
import Testing

/// A city that was archived and brought back is the same city.
struct RoundTripTests {
    @Test(arguments: kinds)
    func `a city comes back table by table, and its log verifies`(kind: TestDatabase) async throws {
        let city = try await TestCity.busy()
        let folder = try Folder()
        let manifest = try await write(city.context.db, to: folder.archive)
        #expect(manifest.tables.reduce(0) { $0 + $1.rows } > 150)
        let db = try await kind.make()
        #expect(try await restore(folder.archive, into: db) == manifest)

        let digests = try await Archive.digest(of: db)
        #expect(digests == (try await Archive.digest(of: city.context.db)))
        #expect(digests == Dictionary(uniqueKeysWithValues: manifest.tables.map { ($0.name, $0.sha256) }))
        let (before, after) = (
            try await city.read { try Audit.verify($0) }, try await db.read { try Audit.verify($0) }
        )
        #expect(after.problem == nil)
        #expect((after.chains, after.facts) == (before.chains, before.facts))
        #expect(after.facts > 20)
    }

    @Test(arguments: kinds)
    func `a restored city goes on where it stopped`(kind: TestDatabase) async throws {
        let city = try await TestCity.busy()
        let folder = try Folder()
        try await write(city.context.db, to: folder.archive)
        let db = try await kind.make()
        try await restore(folder.archive, into: db)

        let last = try await db.read { try $0.value("SELECT MAX(id) FROM contact", as: Int64.self) } ?? 0
        let restored = try city.context(over: db)
        let id = try await restored.write(as: .job("test"), origin: .imported) { change in
            var new = NewContact(.person)
            new.firstName = "Grace"
            new.lastName = "Okafor"
            return try ContactWriter(change).create(new)
        }
        #expect(id.value == last + 1)
        #expect(try await db.read { try Audit.verify($0) }.problem == nil)
    }

    @Test(arguments: kinds)
    func `the archive is the same, byte for byte, whichever database the city is in`(kind: TestDatabase) async throws {
        let city = try await TestCity.busy()
        let folder = try Folder()
        let first = try await write(city.context.db, to: folder.archive)
        let db = try await kind.make()
        try await restore(folder.archive, into: db)
        let second = try await write(db, to: folder.path + "/second")
        #expect(first.tables.map(\.name).sorted() == second.tables.map(\.name).sorted())
        for table in first.tables {
            let (a, b) = ("\(folder.archive)/tables/\(table.name).jsonl", "\(folder.path)/second/tables/\(table.name).jsonl")
            #expect(FileManager.default.contentsEqual(atPath: a, andPath: b), "\(table.name)")
        }
        // And home again.
        let home = try await TestDatabase.current.make()
        try await restore(folder.path + "/second", into: home)
        #expect(try await Archive.digest(of: home) == (try await Archive.digest(of: city.context.db)))
    }

    @Test func `the text index is not in the archive and finds everything afterwards`() async throws {
        let city = try await TestCity.busy()
        let folder = try Folder()
        let manifest = try await write(city.context.db, to: folder.archive)
        #expect(!manifest.tables.contains { $0.name.hasPrefix("public_entry_") })
        #expect(!manifest.tables.contains { $0.name == "schema_migration" })
        let db = try await TestDatabase.sqlite.make()
        try await restore(folder.archive, into: db)
        let found = try await db.write { conn in
            try conn.run("INSERT INTO public_entry_text (public_entry_text) VALUES ('integrity-check')")
            return try conn.value("SELECT COUNT(*) FROM public_entry_text WHERE public_entry_text MATCH 'panel'", as: Int.self)
        }
        #expect(found == 20)
    }

    @Test func `every row stands after those it refers to`() async throws {
        let city = try await TestCity.make()
        let folder = try Folder()
        let names = try await write(city.context.db, to: folder.archive).tables.map(\.name)
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        for (child, parent) in [("fact_reference", "fact"), ("case_grant", "contact"), ("case_grant", "case_record")] {
            #expect((places[parent] ?? .max) < (places[child] ?? .min))
        }
    }

    @Test func `the manifest says what is in the archive, and only its owner can read it`() async throws {
        let city = try await TestCity.make()
        let folder = try Folder()
        let manifest = try await write(city.context.db, to: folder.archive)
        #expect(manifest.format == 1)
        #expect(manifest.madeAt == "2026-07-06T12:00:00Z")
        #expect(manifest.program == "groundwork test")
        #expect(manifest.dialect == (TestDatabase.current == .sqlite ? "sqlite" : "postgres"))
        #expect(manifest.migrations == allMigrations.map(\.name))
        let data = try #require(FileManager.default.contents(atPath: folder.archive + "/manifest.json"))
        #expect(try JSONDecoder().decode(ArchiveManifest.self, from: data) == manifest)
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.archive)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
    }

    @Test func `progress ends at the last row of each table`() async throws {
        let city = try await TestCity.busy()
        let folder = try Folder()
        let told = Told()
        let manifest = try await Archive.write(
            from: city.context.db, to: folder.archive, filesFolder: nil, program: "test", at: noon, progress: told.add)
        let db = try await TestDatabase.current.make()
        _ = try await Archive.read(
            from: folder.archive, into: db, filesFolder: nil, migrations: allMigrations, at: noon, progress: told.add)
        for step in [ArchiveProgress.Step.writing, .checking, .loading, .comparing] {
            for table in manifest.tables {
                let last = told.all.last { $0.step == step && $0.name == table.name }
                #expect((last?.done, last?.total, last?.bytes) == (table.rows, table.rows, table.bytes))
            }
        }
    }
}
