internal import Core
internal import Crypto
internal import Database
internal import Foundation
internal import Primitives
internal import Web

/// A passkey of an account, as it is stored.
struct Passkey: Sendable {
    /// At most so many for one account.
    static let most = 10

    let id: Int64
    let publicID: PublicID
    let account: AccountID
    let name: String
    /// COSE.
    let key: [UInt8]
    /// Base64url, as browsers name it.
    let credential: String
    let counter: Int64
    let since: Instant
    let lastUsed: Instant?

    private static let columns: SQL = "id, public_id, account_id, name, secret, counter, since, last_used_at"

    private init?(row: Row) throws {
        let secret: String = try row["secret"]
        guard let json = JSON(parsing: secret), let key = json["key"]?.string.flatMap(Base64URL.decode),
            let credential = json["id"]?.string
        else { return nil }
        id = try row["id"]
        publicID = try row["public_id"]
        account = try row["account_id"]
        name = try row["name"]
        counter = try row["counter"]
        since = try row["since"]
        lastUsed = try row["last_used_at"]
        self.key = key
        self.credential = credential
    }

    static func all(of account: AccountID, _ conn: Connection) throws -> [Passkey] {
        try conn.rows(
            """
            SELECT \(columns) FROM credential
            WHERE account_id = \(account) AND kind = 'passkey' AND until IS NULL ORDER BY id
            """
        ).compactMap(Passkey.init)
    }

    /// The live passkey that a browser names.
    static func find(credential: [UInt8], _ conn: Connection) throws -> Passkey? {
        try conn.row(
            """
            SELECT \(columns) FROM credential
            WHERE kind = 'passkey' AND lookup = \(lookup(credential)) AND until IS NULL
              AND account_id IN (SELECT id FROM account WHERE closed_at IS NULL)
            """
        ).flatMap(Passkey.init)
    }

    /// Whether this is the key that was logged when the passkey was added: who may change rows may not change what is logged, and a key
    /// that was put in its place fits no entry. Entries of before the key was logged speak for none, and against none.
    func isAsLogged(_ conn: Connection) throws -> Bool {
        let logged = try FactLog.timeline(of: [.account(account)], kinds: [.factorAdded], limit: 200, conn)
            .filter { $0.text("factor") == FactorKind.passkey.rawValue }.map { $0.text("key") }
        return logged.contains(Passkey.mark(key, credential)) || logged.contains("")
    }

    fileprivate static func mark(_ key: [UInt8], _ credential: String) -> String {
        sha256("passkey-key|\(credential)|\(hexadecimal(key))")
    }

    fileprivate static func lookup(_ credential: [UInt8]) -> String { sha256("passkey|\(Base64URL.encode(credential))") }

    /// What passkeys know their account by: always the same, and nothing that says who it is.
    static func handle(of account: AccountID, _ conn: Connection) throws -> [UInt8] {
        let publicID: String = try conn.value("SELECT public_id FROM account WHERE id = \(account)") ?? ""
        return Array(SHA256.hash(data: Data("passkey|\(publicID)".utf8)))
    }
}

/// Adds, uses, names and removes passkeys.
struct PasskeyWriter {
    let change: Change

    /// - Returns: false when the passkey is known already, of whomever it is.
    func add(_ new: NewPasskey, named name: String, to account: AccountID) throws -> Bool {
        guard try Passkey.all(of: account, change.conn).count < Passkey.most else { throw Refusal("accounts.passkeys.most") }
        let secret: JSON = [
            "id": .string(Base64URL.encode(new.id)), "key": .string(Base64URL.encode(new.key)),
            "backup": .bool(new.mayBeBackedUp),
        ]
        let added = try change.conn.run(
            """
            INSERT INTO credential (account_id, kind, secret, since, public_id, name, lookup, counter)
            VALUES (\(account), 'passkey', \(secret.description), \(change.now), \(change.publicID()), \(name),
                    \(Passkey.lookup(new.id)), \(Int64(new.counter)))
            ON CONFLICT DO NOTHING
            """)
        guard added > 0 else { return false }
        let mark = Passkey.mark(new.key, Base64URL.encode(new.id))
        try change.record(
            NewFact(.factorAdded, about: .account(account), arguments(name).merging(["key": .string(mark)]) { $1 }))
        return true
    }

    /// Counts a signature; another browser may have counted on meanwhile.
    func used(_ passkey: Passkey, counter: UInt32) throws {
        try change.conn.run(
            """
            UPDATE credential SET counter = \(Int64(counter)), last_used_at = \(change.now)
            WHERE id = \(passkey.id) AND counter <= \(Int64(counter))
            """)
    }

    func rename(_ passkey: Passkey, to name: String) throws {
        try change.conn.run("UPDATE credential SET name = \(name) WHERE id = \(passkey.id)")
    }

    func remove(_ passkey: Passkey) throws {
        try change.conn.run("UPDATE credential SET until = \(change.now) WHERE id = \(passkey.id) AND until IS NULL")
        try Factors.tidy(passkey.account, change)
        try change.record(NewFact(.factorRemoved, about: .account(passkey.account), arguments(passkey.name)))
    }

    private func arguments(_ name: String) -> [String: JSON] {
        ["factor": .string(FactorKind.passkey.rawValue), "name": .string(name)]
    }
}

/// A challenge that one browser was given: good once, for five minutes.
enum PasskeyChallenge {
    static let cookieName = "passkey"
    private static let lifetime = Span.minutes(5)

    /// - Parameter account: who adds a passkey; nil for whoever comes to sign in.
    static func make(_ token: SecretToken, for account: AccountID?, _ change: Change) throws {
        try change.conn.run(
            """
            INSERT INTO factor_offer (token_hash, account_id, kind, secret, expires_at)
            VALUES (\(token.hash), \(account), 'passkey', '', \(change.now + lifetime))
            """)
    }

    /// A new one, for a browser that asks; there is a limit to how often.
    static func given(to visit: Visit, for account: AccountID?) async throws -> SecretToken {
        let token = SecretToken(randomness: visit.city.randomness)
        try await visit.write { change in
            guard try change.allows(.passkeyChallenge, visit.request.network) else { throw Refusal.tooMany }
            try make(token, for: account, change)
        }
        return token
    }

    static func cookie(_ token: SecretToken) -> Cookie { Cookie(cookieName, token.text, maxAge: Int(lifetime.seconds)) }

    /// The challenge of this browser.
    static func presented(_ request: WebRequest) -> SecretToken? {
        request.cookies[cookieName].flatMap(SecretToken.init(presented:))
    }

    static func isLive(_ token: SecretToken, for account: AccountID?, at now: Instant, _ conn: Connection) throws -> Bool {
        try conn.exists(
            """
            SELECT 1 FROM factor_offer
            WHERE token_hash = \(token.hash) AND kind = 'passkey' AND COALESCE(account_id, 0) = \(account?.value ?? 0)
              AND used_at IS NULL AND expires_at > \(now)
            """)
    }

    /// - Returns: false when it was used, is too old or was another's.
    static func use(_ token: SecretToken, for account: AccountID?, _ change: Change) throws -> Bool {
        try change.conn.run(
            """
            UPDATE factor_offer SET used_at = \(change.now)
            WHERE token_hash = \(token.hash) AND kind = 'passkey' AND COALESCE(account_id, 0) = \(account?.value ?? 0)
              AND used_at IS NULL AND expires_at > \(change.now)
            """) > 0
    }
}
