import Archive
import ArgumentParser
import Core
import Database
import Foundation
import OpenData
import Portal
import Primitives

/// `backup DIR` while the city is serving: one consistent moment of every table, and the files.
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a copy of the whole city to a new folder, while it is serving. `restore` reads it, on either database.")
    @Argument(help: "A folder that does not exist yet.") var directory: String

    func run() async throws { try await ArchiveCommand.write(to: directory) }
}

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read a copy of a city into an empty database, and check every row of it.")
    @Argument(help: "The folder that `backup` wrote.") var directory: String

    func run() async throws {
        let settings = try await Settings.load()
        let db = try Installation.open(settings)
        let progress = ProgressLine()
        do {
            let manifest = try await Archive.read(
                from: directory, into: db, filesFolder: settings.filesFolder, migrations: Composition(isDemo: false).migrations,
                at: Clock.system.now, progress: { ArchiveCommand.words($0).map(progress.say) })
            progress.end()
            print(
                "Restored \(ArchiveCommand.size(manifest)) from \(manifest.madeAt) into \(settings.database). Every row was compared."
            )
        } catch let refusal as ArchiveRefusal {
            progress.end()
            throw Failure(refusal.sentence)
        }
        await db.close()
    }
}

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write what the city holds in a form that others can read.")
    @Argument(
        help:
            "everything: all tables as lines of JSON, and all files. blds: the public permits as CSV with its schema. geojson: the same as GeoJSON."
    )
    var format: String
    @Argument(help: "For everything a folder that does not exist yet, otherwise a file.") var path: String

    func validate() throws {
        guard format == "everything" || OpenDataExport.Format(rawValue: format) != nil else {
            throw ValidationError("\(format) is no export format. Use one of: everything, blds, geojson.")
        }
    }

    func run() async throws {
        guard let format = OpenDataExport.Format(rawValue: format) else { return try await ArchiveCommand.write(to: path) }
        let city = try await Installation.open(schema: .untouched).city
        do {
            let count = try await OpenDataExport(city: city).write(format, to: path)
            print("\(grouped(count)) permits written to \(path).")
            switch format {
            case .blds: print("The schema is in \(OpenDataExport.schemaPath(path)).")
            case .geojson: print("Addresses have no coordinates yet, so no permit has a geometry.")
            }
        } catch let problem as OpenDataProblem {
            throw Failure(problem.description)
        }
        await city.db.close()
    }
}

enum ArchiveCommand {
    static func write(to directory: String) async throws {
        let settings = try await Settings.load()
        let db = try Installation.open(settings)
        let progress = ProgressLine()
        // A city without uploads has no folder yet.
        let files = FileManager.default.fileExists(atPath: settings.filesFolder) ? settings.filesFolder : nil
        do {
            let manifest = try await Archive.write(
                from: db, to: directory, filesFolder: files, program: Version.text, at: Clock.system.now,
                progress: { words($0).map(progress.say) })
            progress.end()
            print("\(size(manifest)) written to \(directory).")
        } catch let refusal as ArchiveRefusal {
            progress.end()
            throw Failure(refusal.sentence)
        }
        await db.close()
    }

    static func size(_ manifest: ArchiveManifest) -> String {
        let rows = manifest.tables.reduce(0) { $0 + $1.rows }
        return "\(grouped(rows)) rows of \(manifest.tables.count) tables and \(grouped(manifest.files.count)) files"
    }

    static func words(_ progress: ArchiveProgress) -> String? {
        let verb =
            switch progress.step {
            case .writing: "Writing"
            case .checking: "Checking"
            case .loading: "Loading"
            case .comparing: "Comparing"
            case .copying: "Copying"
            }
        // Small tables are not worth a line.
        guard progress.bytes > 1 << 20 || progress.total > 1000 else { return nil }
        return
            "\(verb) \(progress.name): \(grouped(progress.done)) of \(grouped(progress.total)), \(grouped(Int(progress.bytes / 1024))) KB"
    }
}
