public import Database
internal import Jobs
public import Primitives

extension Outbox {
    /// A mail as it stands in the database: `/demo/mail` and the staff's list of mails show it.
    public struct Kept: Sendable {
        /// Where it stands.
        public enum State: String, Sendable, CaseIterable, SQLConvertible { case queued, sent, failed }
        /// What is known beyond that.
        public enum Outcome: String, Sendable, CaseIterable, SQLConvertible {
            case unknown = ""
            /// No mail server is set; it is shown and not sent.
            case kept
            /// The mail server said that this address or mail will never do.
            case refused
            /// It was taken and came back.
            case bounced
            /// No mail server took it for days.
            case expired
        }

        public let id: Int64
        public let to: String
        public let subject: String
        public let text: String
        public let html: String
        public let link: String?
        public let language: Language
        public let at: Instant
        public let state: State
        public let outcome: Outcome
        /// What the mail server last said; empty before it said anything.
        public let reply: String
        /// The part of its Message-ID before the @.
        public let messageID: String

        static let columns: SQL = """
            id, recipient, subject, text, html, link, language, created_at, state, outcome, reply, message_id
            """

        init(row: Row) throws(DatabaseError) {
            id = try row["id"]
            to = try row["recipient"]
            subject = try row["subject"]
            text = try row["text"]
            html = try row["html"]
            link = try row["link"]
            language = try row["language"]
            at = try row["created_at"]
            state = try row["state"]
            outcome = try row["outcome"]
            reply = try row["reply"]
            messageID = try row["message_id"]
        }
    }

    /// The newest first.
    public static func newest(_ count: Int, _ conn: Connection) throws -> [Kept] {
        try list("ORDER BY id DESC LIMIT \(count)", conn)
    }

    /// Those that did not arrive, the newest first.
    public static func failed(limit: Int, _ conn: Connection) throws -> [Kept] {
        try list("WHERE state = 'failed' AND stripped_at IS NULL ORDER BY id DESC LIMIT \(limit)", conn)
    }

    /// Those that wait for a mail server, the oldest first.
    public static func waiting(limit: Int, _ conn: Connection) throws -> [Kept] {
        try list("WHERE state = 'queued' AND outcome = '' ORDER BY id LIMIT \(limit)", conn)
    }

    public static func find(_ id: Int64, _ conn: Connection) throws -> Kept? {
        try list("WHERE id = \(id)", conn).first
    }

    private static func list(_ condition: SQL, _ conn: Connection) throws -> [Kept] {
        try conn.rows("SELECT \(Kept.columns) FROM mail \(condition)").map(Kept.init)
    }

    // MARK: What became of it

    public static func markSent(_ id: Int64, reply: String, at now: Instant, _ conn: Connection) throws(DatabaseError) {
        try mark(id, .sent, .unknown, reply, at: now, conn)
    }

    public static func markFailed(
        _ id: Int64, _ outcome: Kept.Outcome, reply: String, at now: Instant, _ conn: Connection
    ) throws(DatabaseError) {
        try mark(id, .failed, outcome, reply, at: now, conn)
    }

    public static func markKept(_ id: Int64, at now: Instant, _ conn: Connection) throws(DatabaseError) {
        try mark(id, .queued, .kept, "", at: now, conn)
    }

    /// Why it was not taken this time.
    public static func note(_ id: Int64, reply: String, _ conn: Connection) throws(DatabaseError) {
        try conn.run("UPDATE mail SET reply = \(reply) WHERE id = \(id) AND state = 'queued'")
    }

    private static func mark(
        _ id: Int64, _ state: Kept.State, _ outcome: Kept.Outcome, _ reply: String, at now: Instant, _ conn: Connection
    ) throws(DatabaseError) {
        try conn.run(
            """
            UPDATE mail SET state = \(state), outcome = \(outcome), reply = \(reply), finished_at = \(now)
            WHERE id = \(id) AND state = 'queued'
            """)
    }

    /// Records that a mail which had been taken came back.
    /// - Returns: false when no mail has that id.
    public static func markBounced(
        messageID: String, reply: String, at now: Instant, _ conn: Connection
    ) throws(DatabaseError) -> Bool {
        guard !messageID.isEmpty else { return false }
        return try conn.run(
            """
            UPDATE mail SET state = 'failed', outcome = 'bounced', reply = \(reply), finished_at = \(now)
            WHERE message_id = \(messageID)
            """) > 0
    }

    /// Sends a failed mail once more, at once.
    /// - Returns: false when it is not a failed one.
    public static func resend(_ id: Int64, at now: Instant, _ conn: Connection) throws(DatabaseError) -> Bool {
        let count = try conn.run(
            "UPDATE mail SET state = 'queued', outcome = '', finished_at = NULL WHERE id = \(id) AND state = 'failed' AND stripped_at IS NULL"
        )
        guard count == 1 else { return false }
        try JobQueue.add(
            NewJob(job, .integer(id), uniqueKey: "mail:\(id):\(now.microseconds)", priority: .soon), at: now, conn)
        return true
    }

    /// How many stand where.
    public static func counts(_ conn: Connection) throws -> (waiting: Int, failed: Int, sent: Int) {
        let row = try conn.row(
            """
            SELECT (SELECT COUNT(*) FROM mail WHERE state = 'queued' AND outcome = '') AS waiting,
                (SELECT COUNT(*) FROM mail WHERE state = 'failed') AS failed,
                (SELECT COUNT(*) FROM mail WHERE state = 'sent') AS sent
            """)
        guard let row else { return (0, 0, 0) }
        return (try row["waiting"], try row["failed"], try row["sent"])
    }
}
