internal import Core
internal import Database
internal import Primitives

/// Ten codes for the day when the phone is lost: each works once, instead of the second step. 120 random bits each, so that a hash
/// without salt keeps them safe.
struct RecoveryCodes {
    static let count = 10
    private static let letters = 24

    let change: Change

    /// The codes that come from this secret, always the same ones: whoever made them sees them again until they leave the page.
    static func codes(from secret: SecretToken) -> [String] {
        (1...count).map { String(secret.next("recovery-\($0)", once: "").text.prefix(letters)) }
    }

    /// Replaces all that were there.
    /// - Parameter byThemselves: not together with the app or the passkey that they stand in for, whose mail tells of both.
    func make(for account: AccountID, from secret: SecretToken, byThemselves: Bool = false) throws {
        try change.conn.run(
            "UPDATE credential SET until = \(change.now) WHERE account_id = \(account) AND kind = 'recovery' AND until IS NULL")
        for code in RecoveryCodes.codes(from: secret) {
            try change.conn.run(
                """
                INSERT INTO credential (account_id, kind, secret, since, lookup)
                VALUES (\(account), 'recovery', '', \(change.now), \(RecoveryCodes.hash(code, of: account)))
                """)
        }
        try change.record(
            NewFact(
                .factorAdded, about: .account(account),
                ["factor": .string(FactorKind.recovery.rawValue), "name": "", "alone": .bool(byThemselves)]))
    }

    /// Whether the code is one of the account's, and uses it up.
    func use(_ typed: String, of account: AccountID) throws -> Bool {
        let used = try change.conn.run(
            """
            UPDATE credential SET until = \(change.now), last_used_at = \(change.now)
            WHERE account_id = \(account) AND kind = 'recovery' AND lookup = \(RecoveryCodes.hash(typed, of: account)) AND until IS NULL
            """)
        guard used > 0 else { return false }
        let left = try Factors.of(account, change.conn).recoveryCodes
        try change.record(NewFact(.recoveryCodeUsed, about: .account(account), ["left": .integer(Int64(left))]))
        return true
    }

    /// Whether the code is the account's, unused, and made since then.
    static func isLive(_ code: String, of account: AccountID, since earliest: Instant, _ conn: Connection) throws -> Bool {
        try conn.exists(
            """
            SELECT 1 FROM credential
            WHERE kind = 'recovery' AND lookup = \(hash(code, of: account)) AND until IS NULL AND since > \(earliest)
            """)
    }

    /// As people type it: in groups or not, in capitals or not, a zero for an O and a one for an L.
    private static func hash(_ typed: String, of account: AccountID) -> String {
        let letters = typed.lowercased().filter { !$0.isWhitespace && $0 != "-" }
        let meant = letters.map { $0 == "0" ? "o" : ($0 == "1" ? "l" : $0) }
        return sha256("recovery|\(account)|\(String(meant))")
    }
}
