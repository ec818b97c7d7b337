internal import Core
internal import Database
internal import Primitives

/// The authenticator app of an account, as it is stored: at most one.
struct AppCodes {
    static let offerLasts = Span.minutes(30)

    let change: Change

    /// Whether the code is good, and uses it up: the same code is refused the second time.
    func use(_ typed: String, of account: AccountID) throws -> Bool {
        let row = try change.conn.row(
            "SELECT id, secret, counter FROM credential WHERE account_id = \(account) AND kind = 'totp' AND until IS NULL")
        guard let row else { return false }
        let box = SeedBox(change.city.settings)
        let (id, stored): (Int64, String) = (try row["id"], try row["secret"])
        guard let seed = box.open(stored, of: account) else { return false }
        guard let step = TOTP(seed: seed).accepts(typed, at: change.now, after: try row["counter"]) else { return false }
        if box.isOld(stored, of: account) {
            try change.conn.run("UPDATE credential SET secret = \(try box.close(seed, of: account)) WHERE id = \(id)")
        }
        return try change.conn.run(
            "UPDATE credential SET counter = \(step), last_used_at = \(change.now) WHERE id = \(id) AND counter < \(step)") > 0
    }

    /// A seed for somebody to put into their app. It counts once they have shown a code of it.
    /// - Parameter token: what the browser shows to see the seed: no other browser of the account does.
    func offer(to account: AccountID, _ token: SecretToken) throws {
        let seed = change.city.randomness.bytes(TOTP.seedBytes)
        try change.conn.run("DELETE FROM factor_offer WHERE account_id = \(account) AND kind = 'totp'")
        try change.conn.run(
            """
            INSERT INTO factor_offer (token_hash, account_id, kind, secret, expires_at)
            VALUES (\(token.hash), \(account), 'totp',
                    \(try SeedBox(change.city.settings).close(seed, of: account)), \(change.now + AppCodes.offerLasts))
            """)
    }

    /// The seed that was offered in this browser, while it is good.
    static func offered(
        to account: AccountID, _ token: SecretToken?, at now: Instant, _ settings: CitySettings, _ conn: Connection
    ) throws -> TOTP? {
        guard let token else { return nil }
        let stored: String? = try conn.value(
            """
            SELECT secret FROM factor_offer
            WHERE token_hash = \(token.hash) AND account_id = \(account) AND kind = 'totp' AND used_at IS NULL
              AND expires_at > \(now)
            """)
        return stored.flatMap { SeedBox(settings).open($0, of: account) }.map(TOTP.init)
    }

    /// Takes the offered seed when the code is one of it; an app that was there before ends.
    func accept(_ typed: String, by account: AccountID, _ token: SecretToken?) throws -> Bool {
        let offered = try AppCodes.offered(to: account, token, at: change.now, change.city.settings, change.conn)
        guard let offered, let step = offered.accepts(typed, at: change.now, after: 0) else { return false }
        try end(of: account)
        try change.conn.run(
            """
            INSERT INTO credential (account_id, kind, secret, since, counter)
            VALUES (\(account), 'totp', \(try SeedBox(change.city.settings).close(offered.seed, of: account)), \(change.now), \(step))
            """)
        try change.conn.run("DELETE FROM factor_offer WHERE account_id = \(account) AND kind = 'totp'")
        try change.record(
            NewFact(.factorAdded, about: .account(account), ["factor": .string(FactorKind.app.rawValue), "name": ""]))
        return true
    }

    func remove(of account: AccountID) throws {
        guard try end(of: account) > 0 else { return }
        try Factors.tidy(account, change)
        try change.record(
            NewFact(.factorRemoved, about: .account(account), ["factor": .string(FactorKind.app.rawValue), "name": ""]))
    }

    @discardableResult
    private func end(of account: AccountID) throws -> Int {
        // The seed is of no use any more, and is not kept.
        try change.conn.run(
            """
            UPDATE credential SET until = \(change.now), secret = ''
            WHERE account_id = \(account) AND kind = 'totp' AND until IS NULL
            """)
    }
}
