public import Database
public import Primitives

/// The name of a kind of work: `mail.send`. Each module declares its own.
public struct JobKind: Sendable, Hashable, RawRepresentable, ExpressibleByStringLiteral, SQLConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }
}

/// What goes first when several are due.
public enum JobPriority: Int64, Sendable, CaseIterable {
    /// Somebody waits for it: a sign-in code.
    case soon = 0
    case normal = 5
    /// Long work that should let everything else pass: a backfill.
    case background = 9
}

/// Work to be queued.
public struct NewJob: Sendable {
    public let kind: JobKind
    public let payload: JSON
    /// Two with one key are one: `effect:17:webhook`, `schedule:cleanup:2026-11-25T16`.
    public let uniqueKey: String?
    public let priority: JobPriority
    /// Not before; nil for at once.
    public let runAt: Instant?

    public init(
        _ kind: JobKind, _ payload: JSON = .null, uniqueKey: String? = nil, priority: JobPriority = .normal, runAt: Instant? = nil
    ) {
        self.kind = kind
        self.payload = payload
        self.uniqueKey = uniqueKey
        self.priority = priority
        self.runAt = runAt
    }
}

/// A job as it stands in the queue.
public struct Job: Sendable {
    public enum State: String, Sendable, CaseIterable, SQLConvertible { case waiting, running, done, dead }

    public let id: Int64
    public let kind: JobKind
    public let payload: JSON
    public let state: State
    /// How often it was begun.
    public let attempts: Int
    public let runAt: Instant
    /// Steps done, of so many; 0 of 0 when it does not say.
    public let progress: (done: Int, total: Int)
    /// Why it last failed, for staff; empty when it never did.
    public let lastError: String
    public let createdAt: Instant
    public let finishedAt: Instant?

    static let columns: SQL = """
        id, kind, payload, state, attempts, run_at, progress_done, progress_total, last_error, created_at, finished_at
        """

    init(row: Row) throws(DatabaseError) {
        let text: String = try row["payload"]
        id = try row["id"]
        kind = try row["kind"]
        payload = JSON(parsing: text) ?? .null
        state = try row["state"]
        attempts = try row["attempts"]
        runAt = try row["run_at"]
        progress = (try row["progress_done"], try row["progress_total"])
        lastError = try row["last_error"]
        createdAt = try row["created_at"]
        finishedAt = try row["finished_at"]
    }
}

/// How a kind of work is done.
public struct JobHandler: Sendable {
    public let kind: JobKind
    /// How often it is tried before it is laid aside as dead, for staff to look at.
    public let attempts: Int
    /// Pauses between attempts grow, and no longer than to this.
    public let longestPause: Span
    /// The work. It is begun at least once and may be begun again after it was done: whatever it does must bear that, or guard it
    /// by a row of its own. Throws `JobLater` to be tried again at a time of its choice; any other error counts as a failure.
    public let run: @Sendable (JobRun) async throws -> Void

    public init(
        _ kind: JobKind, attempts: Int = 10, longestPause: Span = .hours(6),
        run: @escaping @Sendable (JobRun) async throws -> Void
    ) {
        self.kind = kind
        self.attempts = attempts
        self.longestPause = longestPause
        self.run = run
    }
}

/// Thrown by a handler that cannot do its work now, through no fault of its own.
public struct JobLater: Error, Sendable {
    public let reason: String
    /// nil: after the usual, growing pause.
    public let after: Span?
    public init(_ reason: String, after: Span? = nil) {
        self.reason = reason
        self.after = after
    }
}

/// Thrown by a handler for work that no repetition will help.
public struct JobHopeless: Error, Sendable {
    public let reason: String
    public init(_ reason: String) { self.reason = reason }
}

/// Work that comes again and again: once in each span of time, on whichever node is first.
public struct JobSchedule: Sendable {
    public let kind: JobKind
    public let every: Span
    public init(_ kind: JobKind, every: Span) {
        self.kind = kind
        self.every = every
    }

    /// The job for the span that `now` falls into.
    func job(at now: Instant) -> NewJob {
        let slot = now.microseconds / every.microseconds
        return NewJob(kind, uniqueKey: "schedule:\(kind.rawValue):\(slot)", priority: .background)
    }
}
