import ArgumentParser
import CityPack
import Core
import Foundation
import Portal
import Primitives

struct CityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "city", abstract: "Look after a city pack.",
        subcommands: [Check.self, Diff.self, Publish.self, Rollback.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every problem of a city pack with its file and line.")
        @Argument(help: "The folder of the pack.") var directory: String

        func run() throws {
            let pack = try checked(directory)
            print(
                "\(pack.city.name): no problems. \(pack.caseTypes.count) case types, \(pack.statuses.count) statuses, \(pack.contactTypes.count) contact types."
            )
            if !pack.samples.isEmpty {
                print("\(pack.samples.count) values are marked as samples; replace them before the city opens.")
            }
        }
    }

    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "What would change from one version of a city pack to another.")
        @Argument(help: "A folder, `live`, or the beginning of a version's hash.") var old: String
        @Argument(help: "The same.") var new: String

        func run() async throws {
            let versions = Versions()
            let (before, after) = (try await versions.pack(old), try await versions.pack(new))
            await versions.close()
            print(PackDiff(from: before, to: after))
        }
    }

    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a city pack, say what changes, and make it the live one in every process.")
        @Argument(help: "The folder of the pack.") var directory: String
        @Option(help: "Why, for the city's record.") var why = ""

        func run() async throws {
            let pack = try checked(directory)
            let installation = try await Installation.open()
            let city = installation.city
            print(PackDiff(from: city.pack, to: pack))
            try await publish(pack, why: why, installation)
        }
    }

    struct Rollback: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an earlier version live again: the one before, or the one named.")
        @Argument(help: "The beginning of a version's hash.") var version: String?
        @Option(help: "Why, for the city's record.") var why = ""

        func run() async throws {
            let installation = try await Installation.open()
            let city = installation.city
            let found: CityPack? = try await city.db.read { [version] conn in
                if let version { return try PackStore.version(beginning: version, conn).flatMap { try PackStore.pack($0, conn) } }
                let live = try PackStore.liveHash(conn)
                let before = try PackStore.history(limit: 100, conn).first { $0.hash != live }
                return try before.flatMap { try PackStore.pack($0.hash, conn) }
            }
            guard let found else {
                await city.db.close()
                throw Failure(
                    version.map { "No version, or more than one, begins with \($0). The page /staff/pack lists them." }
                        ?? "There is no version before this one.")
            }
            print(PackDiff(from: city.pack, to: found))
            try await publish(found, why: why, installation)
        }
    }
}

/// A pack from a folder, when nothing is wrong with it.
private func checked(_ directory: String) throws -> CityPack {
    do {
        return try CityPack.load(directory: directory, knowing: Composition(isDemo: false).programNames())
    } catch let error as PackProblems {
        throw Failure(error.problems.map { "\(directory)/\($0)" }.joined(separator: "\n"))
    }
}

private func publish(_ pack: CityPack, why: String, _ installation: Installation) async throws {
    let city = installation.city
    let isNew = try await city.write(as: .job("city publish")) { try PackStore.publish(pack, why: why, $0) }
    _ = try await city.refreshPack()
    await city.db.close()
    print(isNew ? "\(pack.city.name), version \(pack.hash.prefix(12)), is live." : "This version is live already.")
}

/// Packs by what somebody calls them on the command line.
private final class Versions {
    private var installation: Installation?

    func pack(_ name: String) async throws -> CityPack {
        if FileManager.default.fileExists(atPath: name) { return try checked(name) }
        let opened = try await opened()
        let found: CityPack? = try await opened.city.db.read { conn in
            if name == "live" { return try PackStore.live(conn) }
            return try PackStore.version(beginning: name, conn).flatMap { try PackStore.pack($0, conn) }
        }
        if let found { return found }
        await close()
        throw Failure("\(name) is neither a folder nor the beginning of one version in the database.")
    }

    private func opened() async throws -> Installation {
        if let installation { return installation }
        let opened = try await Installation.open(schema: .untouched)
        installation = opened
        return opened
    }

    func close() async { await installation?.city.db.close() }
}
