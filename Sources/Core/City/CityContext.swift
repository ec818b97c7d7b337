public import CityPack
public import Database
public import HTML
public import Jobs
public import Mail
public import Primitives
public import Web
public import Logging

/// One city being served: its database, its pack, its clocks, its words, and what every feature plugs in. Passed, never global.
public final class CityContext: Sendable {
    public let db: any ConnectionPool
    /// The live pack. It may be another one at the next look: who needs one and the same takes it once.
    public var pack: CityPack { live.pack }
    /// Real time: sessions, tokens, limits, jobs.
    public let clock: Clock
    /// The city's wall clock: dates that people see.
    public var cityClock: CityClock { live.clock }
    public let randomness: Randomness
    /// The program's words, with the city's own in their place.
    public var words: Words { live.spoken }
    public let settings: CitySettings
    public let assets: Assets
    public let features: [any Feature]
    public let access: AccessTable
    public let log: Logger
    public let metrics = Metrics()
    /// How mails leave; nil keeps them in the database.
    public let mail: MailTransport?
    /// Where checkpoints of the log are written.
    public let checkpoints: Checkpoints?
    /// Where the operator keeps the city pack that is worked on; nil when there is none.
    public let cityFolder: String?
    let live: LivePack
    let reactions: [FactKind: [Reaction]]
    let effects: [FactKind: [Effect]]
    let tellings: [FactKind: FactTelling]
    let identify: @Sendable (WebRequest, CityContext) async throws -> Identity
    let layout: @Sendable (Visit, PageContent) -> String
    let paths: PathTable<Route>

    let reading = ReadingLimit()

    public init(
        db: any ConnectionPool, pack: CityPack, clock: Clock, cityClock: CityClock, randomness: Randomness, words: Words,
        settings: CitySettings, assets: Assets, features: [any Feature], log: Logger,
        mail: MailTransport? = nil, checkpoints: Checkpoints? = nil, cityFolder: String? = nil,
        identify: @escaping @Sendable (WebRequest, CityContext) async throws -> Identity,
        layout: @escaping @Sendable (Visit, PageContent) -> String
    ) {
        self.db = db
        self.clock = clock
        self.randomness = randomness
        self.settings = settings
        self.assets = assets
        self.features = features
        self.log = log
        self.mail = mail
        self.checkpoints = checkpoints
        self.cityFolder = cityFolder
        self.identify = identify
        self.layout = layout
        let live = LivePack(pack, words: words, clock: cityClock)
        self.live = live
        access = AccessTable(features.flatMap(\.accessRules)) { live.may($0, $1) }
        reactions = features.flatMap(\.reactions).byKind(\.kinds)
        effects = features.flatMap(\.effects).byKind(\.kinds)
        tellings = Dictionary(features.flatMap(\.tellings).map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        var paths = PathTable<Route>()
        for route in features.flatMap(\.routes) { paths.add(route.method, route.template, route) }
        self.paths = paths
    }

    /// One transaction with the log at hand.
    public func write<Result: Sendable>(
        as principal: Principal, origin: Origin = .live, _ body: @escaping @Sendable (Change) throws -> Result
    ) async throws -> Result {
        try await db.write { [self] conn in try written(as: principal, origin, conn, body) }
    }

    /// Between two long writes. SQLite has one writer, in whatever process: others get their turn.
    public func giveWay() async {
        if db.dialect == .sqlite { try? await Task.sleep(for: .milliseconds(2)) }
    }

    /// One change with very many rows, whose references are surely there (`Connection.expectLoading`).
    public func load<Result: Sendable>(
        as principal: Principal, origin: Origin, _ body: @escaping @Sendable (Change) throws -> Result
    ) async throws -> Result {
        try await db.load { [self] conn in
            try conn.expectLoading(keysOf: ["fact"])
            return try written(as: principal, origin, conn, body)
        }
    }

    private func written<Result: Sendable>(
        as principal: Principal, _ origin: Origin, _ conn: Connection, _ body: (Change) throws -> Result
    ) throws -> Result {
        let change = Change(
            conn: conn, city: self, principal: principal, origin: origin, now: clock.now, today: cityClock.today)
        let result = try body(change)
        try change.ending.run(change)
        return result
    }

    public func voice(_ language: Language) -> Voice { Voice(words, language) }

    /// The sentence of a fact for somebody of that audience; nil when it is not for them.
    public func sentence(of fact: Fact, for audience: Visibility, _ t: Voice) -> String? {
        guard let telling = tellings[fact.kind], telling.visibility <= audience else { return nil }
        return t(telling.tell(fact))
    }

    var backfills: [Backfill] { features.flatMap { $0.backfills(self) } }

    /// Queues what this version with this pack needs done to old rows, once.
    public func queueBackfills() async throws { try await Backfill.queueAll(self) }

    /// Does the work of the queue for this city.
    public func worker() -> Worker {
        let handlers = features.flatMap(\.jobs).map { job in
            JobHandler(job.kind, attempts: job.attempts, longestPause: job.longestPause) { [self] in try await job.run($0, self) }
        }
        return Worker(db: db, handlers: handlers, schedules: features.flatMap(\.schedules), clock: clock, log: log)
    }

    /// With scheme and host, for mail.
    public func url(_ link: Link) -> String { link.absolute(settings.baseURL) }
}

/// What the operator sets (`contract.md` 3), already checked.
public struct CitySettings: Sendable {
    /// Scheme and host without a slash at the end.
    public let baseURL: String
    public let isDemo: Bool
    public var isSecure: Bool { baseURL.hasPrefix("https://") }

    /// Limits with the operator's numbers; the others are as they are declared.
    public let limits: [Limit]
    /// Of the program that serves, as `groundwork --version` says it.
    public let version: String
    /// Seals secrets of people that must be read again: the seeds of authenticator apps. nil when the operator gave none.
    public let secretKey: String?
    /// The key before that one: what it sealed can still be read, and is sealed anew when it is used.
    public let secretKeyBefore: String?
    /// What takes an address is answered no sooner: longer than the work takes, so that everybody waits the same.
    public let evenAnswer: Duration
    /// Staff who signed in with one step only reach the page where they add a second one, and nothing of the city's (ASVS V6.3.3).
    public let staffNeedSecondStep: Bool

    public init(
        baseURL: String, isDemo: Bool, limits: [Limit] = [], version: String = "", secretKey: String? = nil,
        secretKeyBefore: String? = nil, evenAnswer: Duration = .zero, staffNeedSecondStep: Bool = false
    ) {
        self.staffNeedSecondStep = staffNeedSecondStep
        self.evenAnswer = evenAnswer
        self.secretKey = secretKey
        self.secretKeyBefore = secretKeyBefore
        self.baseURL = baseURL
        self.version = version
        self.limits = limits
        self.isDemo = isDemo
    }
}

/// Who a request comes from, as the session says.
public struct Identity: Sendable {
    public let principal: Principal
    /// How the person is called on pages.
    public let name: String
    /// The organization the person acts for, if any.
    public let organization: String?
    public let language: Language?
    /// Names the session in the database; nil for a guest.
    public let sessionHash: String?
    /// How long the session lasts when nothing else is asked for; nil for a guest.
    public let sessionLasts: Span?
    /// Of the city's own people, who signed in with one step where two are asked for.
    public let needsSecondStep: Bool

    public init(
        principal: Principal, name: String, organization: String?, language: Language?, sessionHash: String?,
        sessionLasts: Span? = nil, needsSecondStep: Bool = false
    ) {
        self.needsSecondStep = needsSecondStep
        self.principal = principal
        self.name = name
        self.organization = organization
        self.language = language
        self.sessionHash = sessionHash
        self.sessionLasts = sessionLasts
    }
    public static let guest = Identity(principal: .guest, name: "", organization: nil, language: nil, sessionHash: nil)
}

extension Array {
    fileprivate func byKind(_ kinds: (Element) -> [FactKind]) -> [FactKind: [Element]] {
        var index: [FactKind: [Element]] = [:]
        for element in self {
            for kind in kinds(element) { index[kind, default: []].append(element) }
        }
        return index
    }
}
