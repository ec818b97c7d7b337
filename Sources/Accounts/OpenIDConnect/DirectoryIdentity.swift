internal import Core
internal import Database
internal import Primitives

/// The account that somebody of the city's sign-in service has here. It is found by issuer and subject, never by an email address.
struct DirectoryIdentity: Sendable {
    let account: AccountID
    let label: String
    let since: Instant

    /// The account of somebody whom the service names, if it may sign in here.
    static func account(of identity: StaffIdentity, _ conn: Connection) throws -> AccountID? {
        try conn.row(
            """
            SELECT d.account_id FROM directory_identity d JOIN account a ON a.id = d.account_id
            WHERE d.issuer = \(identity.issuer) AND d.subject = \(identity.subject) AND d.until IS NULL AND a.closed_at IS NULL
            """
        ).map { try $0["account_id"] }
    }

    /// What an account is connected with.
    static func of(_ account: AccountID, issuer: String, _ conn: Connection) throws -> DirectoryIdentity? {
        try conn.row(
            """
            SELECT label, since FROM directory_identity
            WHERE account_id = \(account) AND issuer = \(issuer) AND until IS NULL
            """
        ).map { DirectoryIdentity(account: account, label: try $0["label"], since: try $0["since"]) }
    }

    /// Connects both. An account has one such way in, and whoever the service names has one account.
    /// - Throws: `Refusal` when either is connected already.
    static func connect(_ account: AccountID, with identity: StaffIdentity, _ change: Change) throws {
        guard try of(account, issuer: identity.issuer, change.conn) == nil else { throw Refusal("accounts.directory.already") }
        let made = try change.conn.run(
            """
            INSERT INTO directory_identity (account_id, issuer, subject, label, since)
            VALUES (\(account), \(identity.issuer), \(identity.subject), \(identity.label), \(change.now))
            ON CONFLICT DO NOTHING
            """)
        guard made > 0 else { throw Refusal("accounts.directory.others") }
        try change.record(
            NewFact(
                .factorAdded, about: .account(account),
                ["factor": .string(FactorKind.directory.rawValue), "name": .string(identity.label)]))
    }

    /// Ends the connection, if there is one.
    static func end(of account: AccountID, issuer: String, _ change: Change) throws {
        guard let identity = try of(account, issuer: issuer, change.conn) else { return }
        try change.conn.run(
            """
            UPDATE directory_identity SET until = \(change.now)
            WHERE account_id = \(account) AND issuer = \(issuer) AND until IS NULL
            """)
        try change.record(
            NewFact(
                .factorRemoved, about: .account(account),
                ["factor": .string(FactorKind.directory.rawValue), "name": .string(identity.label)]))
    }

    /// Ends all of them without a word: the account itself ends.
    static func endAll(of account: AccountID, _ change: Change) throws {
        try change.conn.run(
            "UPDATE directory_identity SET until = \(change.now) WHERE account_id = \(account) AND until IS NULL")
    }
}

/// Somebody came back from the city's sign-in service whom nobody here is connected with: kept for a few minutes, for this browser,
/// until they sign in the way they did before and connect both.
struct DirectoryOffer: Sendable {
    static let lifetime = Span.minutes(15)

    let identity: StaffIdentity

    static func make(_ identity: StaffIdentity, _ token: SecretToken, _ change: Change) throws {
        try change.conn.run(
            """
            INSERT INTO directory_offer (token_hash, issuer, subject, label, expires_at)
            VALUES (\(token.hash), \(identity.issuer), \(identity.subject), \(identity.label), \(change.now + lifetime))
            ON CONFLICT DO NOTHING
            """)
    }

    static func of(_ token: SecretToken, at now: Instant, _ conn: Connection) throws -> DirectoryOffer? {
        try conn.row(
            """
            SELECT issuer, subject, label FROM directory_offer
            WHERE token_hash = \(token.hash) AND used_at IS NULL AND expires_at > \(now)
            """
        ).map {
            DirectoryOffer(
                identity: StaffIdentity(
                    issuer: try $0["issuer"], subject: try $0["subject"], label: try $0["label"], askedAt: nil,
                    hasSecondStep: false))
        }
    }

    /// Only one of two presses connects.
    static func use(_ token: SecretToken, _ change: Change) throws -> DirectoryOffer? {
        guard let offer = try of(token, at: change.now, change.conn) else { return nil }
        let used = try change.conn.run(
            "UPDATE directory_offer SET used_at = \(change.now) WHERE token_hash = \(token.hash) AND used_at IS NULL")
        return used > 0 ? offer : nil
    }
}
