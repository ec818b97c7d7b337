internal import Core
internal import Database
internal import Primitives

/// What an account has beside its password to show who is there (A3). An email address is never one of them: whoever reads the
/// mailbox can already ask for a new password.
struct Factors: Sendable {
    /// An authenticator app that shows codes.
    let hasApp: Bool
    let passkeys: Int
    /// Unused recovery codes.
    let recoveryCodes: Int
    /// The password is shorter than one may be that stands alone.
    let hasShortPassword: Bool
    let hasPassword: Bool

    /// Signing in with the password takes a second step.
    var needsSecondStep: Bool { hasApp || passkeys > 0 }

    /// Nothing that a code can be read off.
    var hasOnlyPasskeys: Bool { passkeys > 0 && !hasApp }

    static let none = Factors(hasApp: false, passkeys: 0, recoveryCodes: 0, hasShortPassword: false, hasPassword: false)

    static func of(_ account: AccountID, _ conn: Connection) throws -> Factors {
        let rows = try conn.rows(
            """
            SELECT kind, COUNT(*) AS n, MAX(is_short) AS is_short FROM credential
            WHERE account_id = \(account) AND until IS NULL GROUP BY kind
            """)
        var counts: [String: Int] = [:]
        var isShort = false
        for row in rows {
            let kind: String = try row["kind"]
            counts[kind] = try row["n"]
            if kind == "password" { isShort = try row["is_short"] }
        }
        return Factors(
            hasApp: counts["totp"] != nil, passkeys: counts["passkey"] ?? 0, recoveryCodes: counts["recovery"] ?? 0,
            hasShortPassword: isShort, hasPassword: counts["password"] != nil)
    }

    /// Ends what makes no sense without a second step any more.
    static func tidy(_ account: AccountID, _ change: Change) throws {
        guard try !of(account, change.conn).needsSecondStep else { return }
        try change.conn.run(
            "UPDATE credential SET until = \(change.now) WHERE account_id = \(account) AND kind = 'recovery' AND until IS NULL")
    }
}

/// What somebody can add to their account, as facts and words name it.
enum FactorKind: String, Sendable {
    case app = "totp"
    case passkey
    case recovery
    /// The account at the city's sign-in service.
    case directory
}

extension FactKind {
    /// Arguments: `factor` (`FactorKind`), `name` (of a passkey or of the account at the city, else empty), `alone` (for recovery codes:
    /// true when nothing came with them), `key` (of a passkey: a hash of its public key).
    static let factorAdded: FactKind = "account.factor-added"
    /// Arguments: `factor`, `name`.
    static let factorRemoved: FactKind = "account.factor-removed"
    /// Somebody signed in with a recovery code. Arguments: `left`.
    static let recoveryCodeUsed: FactKind = "account.recovery-code-used"
}
