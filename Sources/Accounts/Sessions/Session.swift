internal import Core
internal import Database
internal import Primitives

/// How long a session lasts: so long without a request, and so long at all (A4).
enum SessionLimits {
    static let publicIdle = Span.hours(24)
    static let publicAbsolute = Span.days(14)
    static let staffIdle = Span.hours(2)
    static let staffAbsolute = Span.hours(12)
    /// `last_seen_at` is written no more often than this.
    static let seenEvery = Span.minutes(1)
}

/// One browser that somebody signed in with.
struct Session: Sendable {
    let hash: String
    let account: AccountID
    let isStaff: Bool
    let method: Entrance.Method
    /// "Firefox, Windows"; empty when the browser did not say.
    let device: String
    let createdAt: Instant
    let lastSeenAt: Instant

    /// The password was asked for here, when the session began or since.
    let confirmedAt: Instant

    static let columns: SQL = """
        s.token_hash, s.account_id, s.is_staff, s.method, s.device, s.created_at, s.last_seen_at, s.confirmed_at
        """

    init(row: Row) throws(DatabaseError) {
        hash = try row["token_hash"]
        account = try row["account_id"]
        isStaff = try row["is_staff"]
        method = Entrance.Method(rawValue: try row["method"]) ?? .password
        device = try row["device"]
        createdAt = try row["created_at"]
        lastSeenAt = try row["last_seen_at"]
        let confirmed: Instant? = try row["confirmed_at"]
        confirmedAt = confirmed ?? createdAt
    }

    private var idle: Span { isStaff ? SessionLimits.staffIdle : SessionLimits.publicIdle }
    private var end: Instant { createdAt + (isStaff ? SessionLimits.staffAbsolute : SessionLimits.publicAbsolute) }

    func isLive(at now: Instant) -> Bool { now < lastSeenAt + idle && now < end }

    /// Whether it goes on in the kind of browser that it began in. A cookie does not move to another one by itself.
    func isIn(_ device: String) -> Bool { device == self.device || device.isEmpty || self.device.isEmpty }

    /// How long it lasts when nothing is asked for after now.
    func lasts(from now: Instant) -> Span { min(idle, end - now) }

    /// The sessions of an account that are open, the last used first.
    static func open(of account: AccountID, at now: Instant, _ conn: Connection) throws -> [Session] {
        try conn.rows(
            """
            SELECT \(columns) FROM session s
            WHERE s.account_id = \(account) AND s.ended_at IS NULL ORDER BY s.last_seen_at DESC LIMIT 200
            """
        ).map(Session.init).filter { $0.isLive(at: now) }
    }
}
