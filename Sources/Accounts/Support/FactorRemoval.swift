internal import Core
internal import Database
internal import HTML
internal import Jobs
internal import Mail
internal import Primitives

/// A lost second step that is to go, because its owner asked the help desk (A8). It never goes at once: for a day every address of the
/// account has a link that stops it, and whoever signs in with the second step has not lost it.
struct FactorRemoval: Sendable {
    static let wait = Span.hours(24)
    private static let kind: JobKind = "accounts.remove-second-step"

    let id: Int64
    let account: AccountID
    let askedAt: Instant
    let dueAt: Instant

    private static let columns: SQL = "id, account_id, asked_at, due_at"

    private init(row: Row) throws(DatabaseError) {
        id = try row["id"]
        account = try row["account_id"]
        askedAt = try row["asked_at"]
        dueAt = try row["due_at"]
    }

    static func waiting(of account: AccountID, _ conn: Connection) throws -> FactorRemoval? {
        try conn.row("SELECT \(columns) FROM factor_removal WHERE account_id = \(account) AND until IS NULL")
            .map(FactorRemoval.init)
    }

    /// The one that a mailed link is about, while it waits.
    static func waiting(_ presented: String, _ conn: Connection) throws -> FactorRemoval {
        guard let token = SecretToken(presented: presented),
            let row = try conn.row(
                "SELECT \(columns) FROM factor_removal WHERE token_hash = \(token.hash) AND until IS NULL")
        else { throw DeadLink() }
        return try FactorRemoval(row: row)
    }

    /// Begins the wait and tells every address of the account.
    static func ask(for account: Account, _ change: Change) throws {
        let token = SecretToken(randomness: change.city.randomness)
        let due = change.now + wait
        let id = try change.conn.insert(
            """
            INSERT INTO factor_removal (account_id, token_hash, asked_at, due_at)
            VALUES (\(account.id), \(token.hash), \(change.now), \(due)) RETURNING id
            """)
        try JobQueue.add(NewJob(kind, ["removal": .integer(id)], runAt: due), at: change.now, change.conn)
        for email in try Account.emails(of: account.id, change.conn) {
            try Outbox.queue(letter(account, email, token, change.city), at: change.now, change.conn)
        }
    }

    /// The second step stays.
    func keep(_ change: Change) throws {
        guard try end("kept", change) else { return }
        try change.record(NewFact(.secondStepKept, about: .account(account)))
    }

    /// Whoever signs in with the second step has it.
    static func keep(of account: AccountID, _ change: Change) throws {
        try waiting(of: account, change.conn)?.keep(change)
    }

    /// After the wait: what was lost ends, and so does every session. What was added since was not lost. A password that is too short to stand alone ends too.
    static let job = CityJob(kind) { run, city in
        guard let id = run.payload["removal"]?.integer else { return }
        try await city.write(as: .job("accounts")) { change in
            let row = try change.conn.row(
                """
                SELECT \(columns) FROM factor_removal
                WHERE id = \(id) AND until IS NULL AND due_at <= \(change.now)
                """)
            if let row { try FactorRemoval(row: row).carryOut(change) }
            try run.finish(change.conn)
        }
    }

    private func carryOut(_ change: Change) throws {
        guard try end("done", change), try Account.find(account, change.conn) != nil else { return }
        if try appIsLost(change.conn) { try AppCodes(change: change).remove(of: account) }
        for passkey in try Passkey.all(of: account, change.conn) where passkey.since <= askedAt {
            try PasskeyWriter(change: change).remove(passkey)
        }
        let factors = try Factors.of(account, change.conn)
        if factors.hasShortPassword, !factors.needsSecondStep {
            try change.conn.run(
                """
                UPDATE credential SET until = \(change.now), secret = ''
                WHERE account_id = \(account) AND kind = 'password' AND until IS NULL
                """)
        }
        try Sessions.endAll(of: account, change)
    }

    private func appIsLost(_ conn: Connection) throws -> Bool {
        try conn.exists(
            """
            SELECT 1 FROM credential
            WHERE account_id = \(account) AND kind = 'totp' AND until IS NULL AND since <= \(askedAt)
            """)
    }

    private func end(_ outcome: String, _ change: Change) throws -> Bool {
        try change.conn.run(
            "UPDATE factor_removal SET until = \(change.now), outcome = \(outcome) WHERE id = \(id) AND until IS NULL") > 0
    }

    private static func letter(_ account: Account, _ email: TypedAddress, _ token: SecretToken, _ city: CityContext) -> Letter {
        let t = city.voice(account.language)
        return Letter(
            to: email.typed, language: account.language, subject: t("accounts.mail.removal.subject"),
            paragraphs: [
                t("accounts.mail.removal.what"), t("accounts.mail.removal.wait"), t("accounts.mail.removal.notYou"),
                t("accounts.mail.removal.call", ["phone": .text(city.pack.city.phone)]),
            ],
            button: .init(
                title: t("accounts.keepStep.button"),
                url: city.url(AccountAddresses.keepSecondStep().with([("token", token.text)]))),
            closing: accountLetterClosing(city, t))
    }
}
