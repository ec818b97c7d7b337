internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives

/// The secret link at the end of a mail: whoever has it can end such mails to that account, and nothing else.
enum StopMail {
    static let lifetime = Span.days(365)

    static func issue(for account: AccountID, _ change: Change) throws(DatabaseError) -> Link {
        let token = SecretToken(randomness: change.city.randomness)
        try change.conn.run(
            """
            INSERT INTO following_stop (token_hash, account_id, created_at)
            VALUES (\(token.hash), \(account), \(change.now))
            """)
        return FollowingAddresses.stopMail(token.text)
    }

    /// Whose mails it ends; nil for a link that is none or too old.
    static func account(_ text: String, at now: Instant, _ conn: Connection) throws(DatabaseError) -> AccountID? {
        guard let token = SecretToken(presented: text) else { return nil }
        return try conn.value(
            """
            SELECT account_id FROM following_stop
            WHERE token_hash = \(token.hash) AND created_at > \(now - lifetime)
            """)
    }

    static func tidy(at now: Instant, _ conn: Connection) throws(DatabaseError) {
        try conn.run("DELETE FROM following_stop WHERE created_at < \(now - lifetime)")
    }
}
