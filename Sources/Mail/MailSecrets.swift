public import Database
public import Primitives

/// Mails are kept as a record of what was said to whom; the secrets of their links are not (ASVS V14.2.7).
extension Outbox {
    /// Longer than a link in a mail lets anybody in.
    public static let secretsLast = Span.days(31)

    /// Takes the secrets out of mails that were dealt with long ago, some hundreds at a time. What is left says that there was a link.
    public static func strip(at now: Instant, _ conn: Connection) throws(DatabaseError) {
        for row in try conn.rows(
            """
            SELECT id, text, html, link FROM mail WHERE stripped_at IS NULL AND finished_at < \(now - secretsLast)
            ORDER BY finished_at LIMIT 500
            """)
        {
            let (id, text, html): (Int64, String, String) = (try row["id"], try row["text"], try row["html"])
            let link: String? = try row["link"]
            try conn.run(
                """
                UPDATE mail SET text = \(withoutSecrets(text)), html = \(withoutSecrets(html)),
                                link = \(optional: link.map(withoutSecrets)), stripped_at = \(now)
                WHERE id = \(id)
                """)
        }
    }

    /// Every secret of a link is 32 letters and digits of base 32 in a row (`SecretToken`), and no word is.
    static func withoutSecrets(_ text: String) -> String { text.replacing(#/[a-z2-7]{32}/#, with: "…") }
}
