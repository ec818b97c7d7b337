public import Database
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
            ])
    ]

    public static func queue(_ letter: Letter, at now: Instant, _ conn: Connection) throws(DatabaseError) {
        let folded = FoldedEmail(letter.to)?.description ?? letter.to
        try conn.run(
            """
            INSERT INTO mail (recipient, recipient_folded, language, subject, text, html, link, state, created_at)
            VALUES (\(letter.to), \(folded), \(letter.language), \(letter.subject), \(letter.text), \(letter.html),
                    \(letter.button?.url), 'queued', \(now))
            """)
    }

    /// A mail as `/demo/mail` shows it.
    public struct Kept: Sendable {
        public let id: Int64
        public let to: String
        public let subject: String
        public let text: String
        public let html: String
        public let link: String?
        public let language: Language
        public let at: Instant

        init(row: Row) throws(DatabaseError) {
            id = try row["id"]
            to = try row["recipient"]
            subject = try row["subject"]
            text = try row["text"]
            html = try row["html"]
            link = try row["link"]
            language = try row["language"]
            at = try row["created_at"]
        }
    }

    /// The newest first.
    public static func newest(_ count: Int, _ conn: Connection) throws -> [Kept] {
        try conn.rows(
            """
            SELECT id, recipient, subject, text, html, link, language, created_at
            FROM mail ORDER BY id DESC LIMIT \(count)
            """
        ).map(Kept.init)
    }
}
