import CityPack
import Core
import Database
import Foundation
import Logging
import Portal
import Primitives
import Web

/// One city, opened: settings read, pack checked, schema up to date, features joined.
struct Installation {
    let composition: Composition
    let city: CityContext
    let settings: Settings

    /// - Parameters:
    ///   - isDemo: shows mail at `/demo/mail` and lets the city's clock start elsewhere.
    ///   - port: for the base URL when none is set.
    static func open(isDemo: Bool, hostname: String = "localhost", port: Int = 8080) async throws -> Installation {
        let settings = try await Settings.load()
        if settings.demoNow != nil, !isDemo {
            throw Failure("GROUNDWORK_DEMO_NOW works in demo mode only. Remove it, or start with --demo.")
        }
        let pack = try load(pack: settings.cityFolder)
        guard let cityClock = CityClock(zone: pack.city.timeZone, clock: .system, demoStart: settings.demoNow) else {
            throw Failure("The time zone \(pack.city.timeZone) is not known here. Install the package tzdata.")
        }
        let db: any ConnectionPool
        do { db = try settings.database.open() } catch {
            throw Failure("The database \(settings.database) cannot be opened: \(error). \(settings.database.advice)")
        }
        let composition = Composition(isDemo: isDemo)
        try await db.migrate(composition.migrations, at: Clock.system.now)
        try await db.write { conn in _ = try PackStore.publish(pack, at: Clock.system.now, conn) }
        var log = Logger(label: "groundwork")
        log.logLevel = Logger.Level(rawValue: settings.logLevel) ?? .info
        let city = try composition.city(
            db: db, pack: pack, clock: .system, cityClock: cityClock, randomness: .system,
            settings: CitySettings(baseURL: settings.baseURL ?? "http://\(hostname):\(port)", isDemo: isDemo),
            assets: Assets(folder: try webFolder()), log: log)
        return Installation(composition: composition, city: city, settings: settings)
    }

    static func load(pack folder: String) throws -> CityPack {
        do { return try CityPack.load(directory: folder) } catch {
            let lines = error.problems.map { "\(folder)/\($0)" }.joined(separator: "\n")
            throw Failure("The city pack \(folder) has problems. Correct them and start again:\n\(lines)")
        }
    }

    /// `Web` stands beside the program or in one of the folders above it, or where the program was started.
    private static func webFolder() throws -> String {
        var candidates = [FileManager.default.currentDirectoryPath]
        var folder = URL(fileURLWithPath: Bundle.main.executablePath ?? "").deletingLastPathComponent()
        for _ in 0..<5 {
            candidates.append(folder.path)
            folder.deleteLastPathComponent()
        }
        for candidate in candidates where FileManager.default.fileExists(atPath: "\(candidate)/Web/groundwork.css") {
            return "\(candidate)/Web"
        }
        throw Failure("The folder Web with groundwork.css is missing. It belongs beside the program or where it is started.")
    }
}
