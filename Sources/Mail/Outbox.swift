public import Database
public import Jobs
public import Primitives

/// The queue of mails in the database. A mail is written in the transaction of what it tells about and sent from there later;
/// nothing is ever sent inside a transaction.
public enum Outbox {
    public static let migrations = [
        Migration(
            "mail.1-create",
            [
                """
                CREATE TABLE mail (
                    id \(type: .identity),
                    recipient TEXT NOT NULL,
                    recipient_folded TEXT NOT NULL,
                    language TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    text TEXT NOT NULL,
                    html TEXT NOT NULL,
                    link TEXT,
                    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
                    created_at BIGINT NOT NULL
                )
                """,
                "CREATE INDEX mail_state ON mail (state, id)",
            ]),
        Migration(
            "mail.2-delivery",
            [
                "ALTER TABLE mail ADD COLUMN message_id TEXT NOT NULL DEFAULT ''",
                // kept (no mail server is set), refused, bounced, expired; empty while nothing is known.
                "ALTER TABLE mail ADD COLUMN outcome TEXT NOT NULL DEFAULT ''",
                // What the mail server last said.
                "ALTER TABLE mail ADD COLUMN reply TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE mail ADD COLUMN finished_at BIGINT",
                "CREATE INDEX mail_message_id ON mail (message_id)",
                "CREATE INDEX mail_failed ON mail (id) WHERE state = 'failed'",
                "CREATE INDEX mail_waiting ON mail (id) WHERE state = 'queued' AND outcome = ''",
            ]),
        // Whoever reads their own records sees what was sent to them (A7).
        Migration("mail.3-recipient", ["CREATE INDEX mail_recipient ON mail (recipient_folded, id)"]),
        Migration(
            "mail.4-without-secrets",
            [
                "ALTER TABLE mail ADD COLUMN stripped_at BIGINT",
                "CREATE INDEX mail_with_secrets ON mail (finished_at) WHERE stripped_at IS NULL",
            ]),
    ]

    /// Sends one mail; its payload is the mail's id.
    public static let job: JobKind = "mail.send"

    /// Stores the letter with the job that sends it, in the transaction of what it tells about.
    /// - Returns: what stands before the `@` of its Message-ID, by which an answer or a bounce names it.
    @discardableResult
    public static func queue(_ letter: Letter, at now: Instant, _ conn: Connection) throws(DatabaseError) -> String {
        let folded = FoldedEmail(letter.to)?.description ?? letter.to
        // Stays the same however often it is tried, so that a receiver recognizes a second copy.
        let messageID = SecretToken(randomness: .system).text
        let id = try conn.insert(
            """
            INSERT INTO mail (recipient, recipient_folded, language, subject, text, html, link, state, created_at, message_id)
            VALUES (\(letter.to), \(folded), \(letter.language), \(letter.subject), \(letter.text), \(letter.html),
                    \(optional: letter.button?.url), 'queued', \(now), \(messageID))
            RETURNING id
            """)
        try addJob(id, key: "mail:\(id)", at: now, conn)
        return messageID
    }

    private static func addJob(_ id: Int64, key: String, at now: Instant, _ conn: Connection) throws(DatabaseError) {
        try JobQueue.add(NewJob(job, .integer(id), uniqueKey: key, priority: .soon), at: now, conn)
    }

    /// Mails that a program without jobs queued, of the last three days: they get their job.
    public static func addMissingJobs(at now: Instant, _ conn: Connection) throws(DatabaseError) {
        for row in try conn.rows(
            """
            SELECT id FROM mail
            WHERE state = 'queued' AND outcome = '' AND message_id = '' AND created_at > \(now - .days(3)) LIMIT 500
            """)
        {
            let id: Int64 = try row["id"]
            try addJob(id, key: "mail:\(id)", at: now, conn)
        }
    }
}
