internal import Core
internal import Database
internal import Primitives

/// The link that adds an address to an account (A6): used once, by the account that asked for it, within an hour.
struct EmailAddition: Sendable {
    private static let lifetime = Span.hours(1)

    let email: TypedAddress

    /// - Parameter isDecoy: for an address that belongs to another account; the same row is written, so that the time is the same (A2).
    static func issue(
        _ token: SecretToken, for email: TypedAddress, of account: AccountID, isDecoy: Bool, _ change: Change
    ) throws {
        try change.conn.run(
            """
            INSERT INTO email_addition (token_hash, account_id, typed, folded, expires_at, used_at)
            VALUES (\(token.hash), \(account), \(email.typed), \(email.folded), \(change.now + lifetime),
                    \(isDecoy ? change.now : nil))
            """)
    }

    /// Looking does not use it: mail scanners open links (A1).
    static func look(
        _ presented: String, of account: AccountID, at now: Instant, _ conn: Connection
    ) throws -> EmailAddition {
        guard let token = SecretToken(presented: presented),
            let row = try conn.row(
                """
                SELECT typed, folded FROM email_addition
                WHERE token_hash = \(token.hash) AND account_id = \(account) AND used_at IS NULL AND expires_at > \(now)
                """)
        else { throw DeadLink() }
        return EmailAddition(email: TypedAddress(typed: try row["typed"], folded: try row["folded"]))
    }

    /// Ends every link that waits: after a new password, or when somebody else was in the account.
    static func endAll(of account: AccountID, _ change: Change) throws {
        try change.conn.run(
            "UPDATE email_addition SET used_at = \(change.now) WHERE account_id = \(account) AND used_at IS NULL")
    }

    /// Addresses that nobody has confirmed and that belong to no account, of the last week: the newest first.
    static func waiting(of account: AccountID, at now: Instant, _ conn: Connection) throws -> [TypedAddress] {
        let rows = try conn.rows(
            """
            SELECT n.typed, n.folded FROM email_addition n
            WHERE n.account_id = \(account) AND n.used_at IS NULL AND n.expires_at > \(now - .days(7))
              AND NOT EXISTS (SELECT 1 FROM account_email e WHERE e.folded = n.folded AND e.until IS NULL)
            ORDER BY n.expires_at DESC, n.token_hash
            """)
        var seen: Set<FoldedEmail> = []
        return try rows.map { TypedAddress(typed: try $0["typed"], folded: try $0["folded"]) }
            .filter { seen.insert($0.folded).inserted }
    }

    /// Ends the links to one address.
    static func end(_ email: FoldedEmail, of account: AccountID, _ change: Change) throws {
        try change.conn.run(
            """
            UPDATE email_addition SET used_at = \(change.now)
            WHERE account_id = \(account) AND folded = \(email) AND used_at IS NULL
            """)
    }

    /// Uses it up, and with it every other link for this address of this account.
    static func use(_ presented: String, of account: AccountID, _ change: Change) throws -> EmailAddition {
        let addition = try look(presented, of: account, at: change.now, change.conn)
        try end(addition.email.folded, of: account, change)
        return addition
    }
}
