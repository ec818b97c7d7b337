import CityPack
import Core
import Database
import Foundation
import Logging
import Mail
import Portal
import Primitives
import Web

/// One city, opened: settings read, schema as it must be, the live pack at hand, features joined.
struct Installation {
    let composition: Composition
    let city: CityContext
    let settings: Settings
    /// The pack of the folder, or what is wrong with it. Only what was published is live.
    let folder: Result<CityPack, any Error>

    /// Says in the log when the folder is not what is live: nobody should wonder why a change does not show.
    func noteFolder() {
        switch folder {
        case .success(let pack) where pack.hash != city.pack.hash:
            city.log.warning(
                "the city pack's folder differs from what is live; `groundwork city publish` or the page /staff/pack makes it live",
                metadata: ["folder": "\(settings.cityFolder)", "live": "\(city.pack.hash)", "found": "\(pack.hash)"])
        case .success: break
        case .failure(let error):
            let problem = (error as? Failure)?.sentence ?? "\(error)"
            city.log.warning("the city pack's folder cannot be published", metadata: ["problem": "\(problem)"])
        }
    }

    /// What a command needs of the schema.
    enum Schema {
        /// Made or brought up to date.
        case migrated
        /// Made when the database is empty, brought up to date on SQLite; on PostgreSQL that is the operator's decision, because
        /// other nodes may be running.
        case prepared
        /// As it is: nothing is written.
        case untouched
    }

    /// - Parameters:
    ///   - isDemo: shows mail at `/demo/mail` and lets the city's clock start elsewhere.
    ///   - address: for the base URL when none is set.
    static func open(isDemo: Bool = false, schema: Schema = .prepared, address: String = "localhost:8080") async throws
        -> Installation
    {
        let settings = try await Settings.load()
        let db = try open(settings)
        let composition = Composition(isDemo: isDemo, provider: settings.provider, breached: settings.breached)
        let folder = Result { try load(pack: settings.cityFolder, composition) }
        if case .empty = try await db.schemaState(composition.migrations) { _ = try folder.get() }
        try await prepare(db, settings, composition, schema)
        let live = try await live(db)
        let pack = try live ?? folder.get()
        // Only a demo city's clock may stand elsewhere.
        let demoStart = isDemo ? settings.demoNow : nil
        guard let cityClock = CityClock(zone: pack.city.timeZone, clock: .system, demoStart: demoStart) else {
            throw Failure("The time zone \(pack.city.timeZone) is not known here. Install the package tzdata.")
        }
        let scheme = settings.tls == nil ? "http" : "https"
        let city = try composition.city(
            db: db, pack: pack, clock: .system, cityClock: cityClock, randomness: .system,
            settings: CitySettings(
                baseURL: settings.baseURL ?? "\(scheme)://\(address)", isDemo: isDemo, limits: settings.limits,
                version: Version.text, secretKey: settings.secretKey,
                secretKeyBefore: settings.secretKeyBefore, evenAnswer: .milliseconds(100),
                staffNeedSecondStep: !isDemo),
            assets: Assets(folder: try webFolder()), log: logger(settings), cityFolder: settings.cityFolder,
            mail: settings.mail.map { .smtp($0.server, from: $0.from) }, checkpoints: Checkpoints(folder: settings.checkpoints))
        if live == nil, schema != .untouched {
            _ = try await city.write(as: .job("start")) { try PackStore.publish(pack, why: "", $0) }
            // Whatever comes into a new city is written by this version: nothing is left to be done later.
            try await city.queueBackfills()
        }
        return Installation(composition: composition, city: city, settings: settings, folder: folder)
    }

    static func open(_ settings: Settings) throws -> any ConnectionPool {
        try settings.insistOnCheckedDatabase()
        do { return try settings.database.open(connections: settings.connections) } catch {
            throw Failure("The database \(settings.database) cannot be opened: \(error). \(settings.database.advice)")
        }
    }

    /// Looks at the schema before anything else does.
    private static func prepare(
        _ db: any ConnectionPool, _ settings: Settings, _ composition: Composition, _ schema: Schema
    ) async throws {
        let state = try await db.schemaState(composition.migrations)
        switch (state, schema) {
        case (.current, _), (.ahead, _): return
        case (.tooNew(let unknown), _):
            throw Failure(
                "The database \(settings.database) belongs to a newer version of this program (\(unknown.joined(separator: ", "))). Install that version."
            )
        case (.empty, .untouched), (.older, .untouched):
            throw Failure("The schema of \(settings.database) is not up to date. Run `groundwork migrate` first.")
        case (.older(let missing), .prepared) where db.dialect == .postgres:
            throw Failure(
                """
                The schema of \(settings.database) is older than this program: \(missing.count) steps are missing, the first is \(missing.first ?? ""). \
                Run `groundwork migrate`; nodes of the version before go on working meanwhile.
                """)
        case (.empty, _), (.older, _): try await db.migrate(composition.migrations, at: Clock.system.now)
        }
    }

    private static func logger(_ settings: Settings) -> Logger {
        var log = Logger(label: "groundwork") { LogLines($0) }
        log.logLevel = Logger.Level(rawValue: settings.logLevel) ?? .info
        return log
    }

    private static func live(_ db: any ConnectionPool) async throws -> CityPack? {
        do { return try await db.read(PackStore.live) } catch let problems as PackProblems {
            throw Failure("The live city pack of the database cannot be read by this version:\n\(problems)")
        }
    }

    static func load(pack folder: String, _ composition: Composition) throws -> CityPack {
        do { return try CityPack.load(directory: folder, knowing: composition.programNames()) } catch let error as PackProblems {
            let lines = error.problems.map { "\(folder)/\($0)" }.joined(separator: "\n")
            throw Failure("The city pack \(folder) has problems. Correct them and try again:\n\(lines)")
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
