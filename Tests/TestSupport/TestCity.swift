public import Accounts
public import Cases
public import CityPack
public import Contacts
public import Core
public import Database
internal import Foundation
public import Logging
public import Mail
internal import Places
internal import Portal
public import Primitives
internal import Synchronization
internal import Web

/// A city for one test: Boulder's pack, every feature, an empty database of its own, a clock that the test moves.
public struct TestCity: Sendable {
    public let context: CityContext
    public let hasher: PasswordHasher
    public let clock: TestClock
    /// A password that the rules take, and its hash, made once.
    public static let password = "a long enough password"

    public static let pack: CityPack = {
        do throws(PackProblems) { return try CityPack.load(directory: root + "/Cities/boulder") } catch {
            fatalError("Boulder's pack has problems: \(error)")
        }
    }()

    /// The folder of the project.
    public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// - Parameters:
    ///   - mail: stands in for a mail server; without one mail is kept.
    ///   - cityFolder: where the operator keeps the pack that is worked on.
    ///   - settings: what the operator set; nil for those of a demo city.
    ///   - breached: passwords that nobody may choose.
    ///   - statements: hears what the city asks its database.
    public static func make(
        pack: CityPack = pack, at start: String = "2026-07-06T15:30:00Z", mail: MailTransport? = nil,
        cityFolder: String? = nil, statements: StatementLog? = nil, settings: CitySettings? = nil,
        breached: BreachedPasswords? = nil,
        log: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) async throws -> TestCity {
        let clock = TestClock(Instant(start) ?? Instant(seconds: 0))
        let composition = Composition(isDemo: true, breached: breached)
        let db = try await TestDatabase.current.make(with: composition.migrations, at: clock.now)
        try await db.write { conn in _ = try PackStore.put(pack, by: "job:test", why: "", at: clock.now, conn) }
        let pool: any ConnectionPool = statements.map { LoggedPool(real: db, log: $0) } ?? db
        let city = try TestCity(
            db: pool, pack: pack, clock: clock, composition: composition, mail: mail, log: log, cityFolder: cityFolder,
            settings: settings)
        try await city.context.queueBackfills()
        return city
    }

    private init(
        db: any ConnectionPool, pack: CityPack, clock: TestClock, composition: Composition, mail: MailTransport?, log: Logger,
        cityFolder: String? = nil, settings: CitySettings? = nil
    ) throws {
        guard let cityClock = CityClock(zone: pack.city.timeZone, clock: clock.clock) else {
            throw Refusal("core.failed.title", status: 500)
        }
        context = try composition.city(
            db: db, pack: pack, clock: clock.clock, cityClock: cityClock, randomness: .system,
            settings: settings ?? CitySettings(baseURL: Browser.origin, isDemo: true),
            assets: Assets(folder: TestCity.root + "/Web"),
            log: log, cityFolder: cityFolder, mail: mail)
        hasher = composition.hasher
        self.clock = clock
    }

    /// The same city after another pack was published, as a process that starts then.
    public func with(pack: CityPack) async throws -> TestCity {
        try await context.write(as: .job("test")) { change in _ = try PackStore.publish(pack, why: "", change) }
        return try another(pack: pack)
    }

    /// Another process that serves this city: it shares the database and nothing else.
    public func another(pack: CityPack? = nil) throws -> TestCity {
        try TestCity(
            db: context.db, pack: pack ?? context.pack, clock: clock, composition: Composition(isDemo: true), mail: context.mail,
            log: context.log)
    }

    public func read<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await context.db.read(body)
    }

    @discardableResult
    public func write<Result: Sendable>(
        as principal: Principal = .job("test"), origin: Origin = .live, _ body: @escaping @Sendable (Change) throws -> Result
    ) async throws -> Result {
        try await context.write(as: principal, origin: origin, body)
    }

    /// A browser nobody has signed in with.
    public func browser(language: Language = .english, agent: String? = nil) -> Browser {
        Browser(self, language: language, agent: agent)
    }
}

/// A clock that stands still until it is moved.
public final class TestClock: Sendable {
    private let instant: Mutex<Instant>
    init(_ start: Instant) { instant = Mutex(start) }

    public var now: Instant { instant.withLock { $0 } }
    public func advance(_ span: Span) { instant.withLock { $0 = $0 + span } }
    public var clock: Clock { Clock { self.now } }
}

extension TestCity {
    /// Every route of the portal.
    public static var routes: [Route] { Composition(isDemo: true).features.flatMap(\.routes) }
}
