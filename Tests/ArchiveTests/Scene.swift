import Archive
import Core
import Database
import Foundation
import Portal
import Primitives
import TestSupport

extension Folder {
    /// Where an archive can be written.
    var archive: String { path + "/archive" }

    /// A folder with such files in it, by path.
    func files(_ contents: [String: String], in name: String = "uploads") throws -> String {
        let root = "\(path)/\(name)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        for (file, text) in contents {
            let place = "\(root)/\(file)"
            try FileManager.default.createDirectory(
                atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: place))
        }
        return root
    }
}

let allMigrations = Composition(isDemo: true).migrations
let noon = Instant(seconds: 1_783_339_200)

/// Every kind of database that this turn of the tests has.
var kinds: [TestDatabase] { TestDatabase.current == .sqlite ? [.sqlite] : [.sqlite, TestDatabase.current] }

@discardableResult
func write(_ db: any ConnectionPool, to directory: String, files: String? = nil) async throws -> ArchiveManifest {
    try await Archive.write(from: db, to: directory, filesFolder: files, program: "groundwork test", at: noon)
}

@discardableResult
func restore(
    _ directory: String, into db: any ConnectionPool, files: String? = nil, migrations: [Migration] = allMigrations
) async throws -> ArchiveManifest {
    try await Archive.read(from: directory, into: db, filesFolder: files, migrations: migrations, at: noon)
}

/// What a refused command says; nil when it was not refused.
func refusal(_ body: () async throws -> Void) async -> String? {
    do {
        try await body()
        return nil
    } catch { return (error as? ArchiveRefusal)?.sentence ?? "not a refusal: \(error)" }
}

/// Exchanges text in a file of an archive.
func exchange(_ old: String, _ new: String, in path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try Data(text.replacing(old, with: new).utf8).write(to: URL(fileURLWithPath: path))
}

extension TestCity {
    /// Records, mails, facts, accounts, sessions: a bit of everything.
    static func busy() async throws -> TestCity {
        let city = try await TestCity.make()
        let ada = try await city.person("Ada", "Lindqvist", email: "ada@example.com", findable: true)
        let builders = try await city.company("Northfork \"Builders\" LLC", email: "office@northfork.example")
        for number in 1...20 {
            let id = try await city.aCase(description: "Panel upgrade\n\(number) \\ 🏠 \u{200F}שלום")
            try await city.grant(number.isMultiple(of: 2) ? ada : builders, on: id)
        }
        let account = try await city.account(email: "ada@example.com")
        try await city.staff()
        try await city.browser().signIn(account)
        return city
    }

    /// The same program over another database.
    func context(over db: any ConnectionPool) throws -> CityContext {
        try Composition(isDemo: true).city(
            db: db, pack: context.pack, clock: clock.clock, cityClock: context.cityClock, randomness: .system,
            settings: context.settings, assets: context.assets, log: context.log)
    }
}
