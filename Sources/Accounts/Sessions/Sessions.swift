internal import Core
internal import Database
internal import Primitives
internal import Web

/// Begins and ends sessions. The browser holds the token, the database its hash.
enum Sessions {
    static let cookieName = "session"

    static func cookie(_ token: SecretToken) -> Cookie {
        Cookie(cookieName, token.text, maxAge: Int(SessionLimits.publicAbsolute.seconds))
    }

    /// A new session with a new token, whatever the browser had before (no fixation). Staff with live roles get a staff session.
    /// - Returns: whether it is a staff session.
    @discardableResult
    static func begin(
        _ account: AccountID, _ token: SecretToken, by method: Entrance.Method, on visit: Visit, _ change: Change
    ) throws -> Bool {
        if let old = visit.identity.sessionHash { try end(old, change) }
        let isStaff = try change.conn.exists("SELECT 1 FROM staff_role WHERE account_id = \(account) AND until IS NULL LIMIT 1")
        let device = Device.name(visit.request.header("user-agent"))
        try change.conn.run(
            """
            INSERT INTO session (token_hash, account_id, is_staff, device, method, created_at, last_seen_at)
            VALUES (\(token.hash), \(account), \(isStaff), \(device), \(method.rawValue), \(change.now), \(change.now))
            """)
        var arguments: [String: JSON] = ["device": .string(device)]
        if try KnownBrowser.note(account, token, on: visit, change) { arguments["new"] = true }
        try change.record(NewFact(.signedIn, about: .account(account), arguments))
        try visit.note(SecurityEvent(.signedIn, account: account, way: method.rawValue), change)
        if method.hasSecondStep { try FactorRemoval.keep(of: account, change) }
        return isStaff
    }

    /// The session is as fresh as the moment somebody was last asked who they are, which may have been long before it, elsewhere.
    /// - Parameter askedAt: nil when nobody knows: then the session is not fresh.
    static func note(_ token: SecretToken, askedAt: Instant?, _ change: Change) throws {
        let moment = min(askedAt ?? Instant(microseconds: 0), change.now)
        try change.conn.run("UPDATE session SET confirmed_at = \(moment) WHERE token_hash = \(token.hash)")
    }

    static func end(_ hash: String, _ change: Change) throws {
        try change.conn.run("UPDATE session SET ended_at = \(change.now) WHERE token_hash = \(hash) AND ended_at IS NULL")
    }

    /// Ends every session of the account but one.
    /// - Returns: how many there were.
    @discardableResult
    static func endAll(of account: AccountID, except kept: String? = nil, _ change: Change) throws -> Int {
        try change.conn.run(
            """
            UPDATE session SET ended_at = \(change.now)
            WHERE account_id = \(account) AND ended_at IS NULL AND token_hash <> \(kept ?? "")
            """)
    }
}
