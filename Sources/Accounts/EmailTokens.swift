internal import Core
internal import Crypto
internal import Database
internal import Foundation
public import Primitives

/// A link in a mail, or the step after it: used once, for one thing, not for long.
struct EmailToken: Sendable {
    enum Purpose: String, SQLConvertible {
        case register, finish, reset, staff

        var lifetime: Span {
            switch self {
            case .register, .staff: .hours(24)
            case .finish, .reset: .hours(1)
            }
        }
    }

    let email: TypedAddress
    let language: Language
    let account: AccountID?

    init(row: Row) throws(DatabaseError) {
        email = TypedAddress(typed: try row["typed"], folded: try row["folded"])
        language = try row["language"]
        account = try row["account_id"]
    }

    /// - Parameter isDecoy: for an address where the link must not work; the same row is written, so that the time is the same (A2).
    static func issue(
        _ purpose: Purpose, _ token: SecretToken, for email: TypedAddress, language: Language, account: AccountID? = nil,
        isDecoy: Bool = false, _ change: Change
    ) throws {
        try change.conn.run("DELETE FROM email_token WHERE expires_at < \(change.now - .days(1))")
        try change.conn.run(
            """
            INSERT INTO email_token (token_hash, purpose, typed, folded, language, account_id, expires_at, used_at)
            VALUES (\(token.hash), \(purpose), \(email.typed), \(email.folded), \(language), \(account),
                    \(change.now + purpose.lifetime), \(isDecoy ? change.now : nil))
            """)
    }

    /// The token if it can still be used. Looking does not use it: mail scanners open links (A1).
    static func look(_ purpose: Purpose, _ presented: String, at now: Instant, _ conn: Connection) throws -> EmailToken {
        guard let token = SecretToken(presented: presented),
            let row = try conn.row(
                """
                SELECT typed, folded, language, account_id FROM email_token
                WHERE token_hash = \(token.hash) AND purpose = \(purpose) AND used_at IS NULL AND expires_at > \(now)
                """)
        else { throw DeadLink() }
        return try EmailToken(row: row)
    }

    /// Uses the token up.
    static func use(_ purpose: Purpose, _ token: SecretToken, _ change: Change) throws -> EmailToken {
        let row = try change.conn.row(
            """
            UPDATE email_token SET used_at = \(change.now)
            WHERE token_hash = \(token.hash) AND purpose = \(purpose) AND used_at IS NULL AND expires_at > \(change.now)
            RETURNING typed, folded, language, account_id
            """)
        guard let row else { throw DeadLink() }
        return try EmailToken(row: row)
    }

    /// Ends every other link that was mailed to this address.
    static func endAll(for email: FoldedEmail, _ change: Change) throws {
        try change.conn.run(
            "UPDATE email_token SET used_at = \(change.now) WHERE folded = \(email) AND purpose <> 'staff' AND used_at IS NULL")
    }
}

extension SecretToken {
    /// The secret of the next step, made from this one and the form's once-key: the same form sent again gives the same secret,
    /// so that pressing a button twice leads where pressing it once does.
    public func next(_ step: String, once: String) -> SecretToken {
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(step)|\(once)".utf8), using: SymmetricKey(data: Data(text.utf8)))
        return SecretToken(randomness: Randomness { Array(code.prefix($0)) })
    }
}
