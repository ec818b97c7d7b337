internal import Core
internal import Database
internal import Primitives

/// Guesses at an account's password. At sign-in they are counted for the address that was typed: a count that an account's addresses
/// shared would tell that they belong to one person. Where somebody is signed in they are counted for the account.
enum PasswordGuesses {
    /// What they are counted for at sign-in, whether an account has the address or not.
    static func key(_ email: FoldedEmail) -> String { email.description }
    static func key(_ account: AccountID) -> String { "account:\(account)" }

    private static func keys(of account: AccountID, _ conn: Connection) throws -> [String] {
        try [key(account)] + Account.emails(of: account, conn).map { key($0.folded) }
    }

    /// The count that makes somebody wait longest.
    static func worst(of account: AccountID, _ city: CityContext, at now: Instant, _ conn: Connection) throws -> Guesses {
        let limit = city.numbers(.signInPerAccount)
        let counts = try keys(of: account, conn).map { try limit.guesses(of: $0, at: now, conn) }
        return counts.max { ($0.count, $0.wait?.microseconds ?? 0) < ($1.count, $1.wait?.microseconds ?? 0) } ?? .none
    }

    static func clear(of account: AccountID, _ conn: Connection) throws {
        for key in try keys(of: account, conn) { try Limit.signInPerAccount.clear(key, conn) }
    }
}
