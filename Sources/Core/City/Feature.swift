public import Database
public import HTML
public import Jobs
public import Primitives
public import Web

/// A module that plugs in: the list of features over one record is the whole portal. Everything is optional.
public protocol Feature: Sendable {
    var name: String { get }
    var words: WordSource? { get }
    var migrations: [Migration] { get }
    var routes: [Route] { get }
    var accessRules: [AccessRule] { get }
    var reactions: [Reaction] { get }
    var effects: [Effect] { get }
    var tellings: [FactTelling] { get }
    var deskQueues: [DeskQueue] { get }
    /// Pages for staff on which nothing waits.
    var deskLinks: [DeskLink] { get }
    /// What staff may do here, with the words for it: roles of a city pack can carry these.
    var actions: [StaffAction] { get }
    /// The fields of a case that this feature shows or asks for: a city pack gives each its class.
    var caseFields: [String] { get }
    var jobs: [CityJob] { get }
    var schedules: [JobSchedule] { get }
    /// Files of a legacy export that hold this module's records.
    var importers: [Importer] { get }
    /// Work on every row that this version with this pack needs done.
    func backfills(_ city: CityContext) -> [Backfill]
    /// Throws away what nobody can need any more; called every hour.
    func tidy(at now: Instant, _ conn: Connection) throws
}

extension Feature {
    public var words: WordSource? { nil }
    public var migrations: [Migration] { [] }
    public var routes: [Route] { [] }
    public var accessRules: [AccessRule] { [] }
    public var reactions: [Reaction] { [] }
    public var effects: [Effect] { [] }
    public var tellings: [FactTelling] { [] }
    public var deskQueues: [DeskQueue] { [] }
    public var deskLinks: [DeskLink] { [] }
    public var actions: [StaffAction] { [] }
    public var caseFields: [String] { [] }
    public var jobs: [CityJob] { [] }
    public var schedules: [JobSchedule] { [] }
    public var importers: [Importer] { [] }
    public func backfills(_ city: CityContext) -> [Backfill] { [] }
    public func tidy(at now: Instant, _ conn: Connection) throws {}
}

/// A page for staff to look something up, offered on the desk below the queues.
public struct DeskLink: Sendable {
    public let title: WordKey
    public let explanation: WordKey
    public let link: Link
    /// Who sees it.
    public let action: Action

    public init(title: WordKey, explanation: WordKey, link: Link, action: Action) {
        self.title = title
        self.explanation = explanation
        self.link = link
        self.action = action
    }
}

/// Something that a role may carry, as the matrix of roles names it.
public struct StaffAction: Sendable {
    public let action: Action
    public let name: WordKey

    public init(_ action: Action, _ name: WordKey) {
        self.action = action
        self.name = name
    }
}

/// A kind of work of the queue, with the city at hand. `JobHandler` says what a handler must bear.
public struct CityJob: Sendable {
    let kind: JobKind
    let attempts: Int
    let longestPause: Span
    let run: @Sendable (JobRun, CityContext) async throws -> Void

    public init(
        _ kind: JobKind, attempts: Int = 10, longestPause: Span = .hours(6),
        run: @escaping @Sendable (JobRun, CityContext) async throws -> Void
    ) {
        self.kind = kind
        self.attempts = attempts
        self.longestPause = longestPause
        self.run = run
    }
}

/// Work for a role, oldest first, shown on the desk with its count.
public struct DeskQueue: Sendable {
    public let title: WordKey
    public let explanation: WordKey
    public let link: Link
    /// Who sees it.
    public let action: Action
    /// How many wait, and since when the oldest does.
    public let waiting: @Sendable (Connection) throws -> (count: Int, oldest: Instant?)

    public init(
        title: WordKey, explanation: WordKey, link: Link, action: Action,
        waiting: @escaping @Sendable (Connection) throws -> (count: Int, oldest: Instant?)
    ) {
        self.title = title
        self.explanation = explanation
        self.link = link
        self.action = action
        self.waiting = waiting
    }
}

/// The core's own tables, words and pages, as a feature like any other.
public struct CoreFeature: Feature {
    public init() {}
    public let name = "Core"
    public var words: WordSource? { coreWords }
    public var migrations: [Migration] { coreMigrations }
    public var tellings: [FactTelling] { PackFacts.tellings }
    public var routes: [Route] { KeptForms.routes }
    public var jobs: [CityJob] { [SendMail.job, Tidy.job, Backfill.job, WriteCheckpoint.job] }
    public var schedules: [JobSchedule] { [Tidy.schedule, WriteCheckpoint.schedule] }

    public func tidy(at now: Instant, _ conn: Connection) throws {
        // A form that was left open for a month is not sent again by accident.
        try conn.run("DELETE FROM once_key WHERE created_at < \(now - .days(30))")
        try conn.run("DELETE FROM rate_limit WHERE window_start < \(now - .days(1))")
        try SecurityEvent.tidy(at: now, conn)
        try KeptForms.tidy(at: now, conn)
    }
}
