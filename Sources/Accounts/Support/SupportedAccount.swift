internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// An account that somebody of the city may help with (A8): never their own, and one of the staff only with the right to look after
/// staff, so that nobody helps themselves to more.
struct SupportedAccount: Sendable {
    let account: Account
    /// In addresses.
    let publicID: String

    private static let columns: SQL = "a.id, a.first_name, a.last_name, a.phone, a.language, a.public_id"

    private init(row: Row) throws(DatabaseError) {
        account = try Account(row: row)
        publicID = try row["public_id"]
    }

    /// The open account that has proven exactly this address.
    static func find(email: FoldedEmail, _ conn: Connection) throws -> SupportedAccount? {
        try conn.row(
            """
            SELECT \(columns) FROM account_email e JOIN account a ON a.id = e.account_id
            WHERE e.folded = \(email) AND e.until IS NULL AND a.closed_at IS NULL
            """
        ).map(SupportedAccount.init)
    }

    /// So long after a look-up the account's pages may be opened: each look is kept in the activity of the account.
    static let lookLasts = Span.hours(1)

    /// The account that the address of the page names.
    /// - Throws: `NotLookedUp` when this person has not looked it up lately.
    static func find(_ visit: Visit, _ conn: Connection) throws -> SupportedAccount {
        let publicID = visit.parameter("account")
        let row = try conn.row("SELECT \(columns) FROM account a WHERE a.public_id = \(publicID) AND a.closed_at IS NULL")
        guard let found = try row.map(SupportedAccount.init), try found.refusal(visit, conn) == nil else { throw NotFound() }
        guard try found.isLookedUp(by: visit.principal, since: visit.city.clock.now - lookLasts, conn) else {
            throw NotLookedUp()
        }
        return found
    }

    private func isLookedUp(by principal: Principal, since earliest: Instant, _ conn: Connection) throws -> Bool {
        try conn.exists(
            """
            SELECT 1 FROM fact
            WHERE subject = \(Subject.account(account.id).description) AND kind = \(FactKind.accountLookedUp)
              AND actor = \(principal.actor) AND at > \(earliest) LIMIT 1
            """)
    }

    /// Why this person may not help with the account; nil when they may.
    func refusal(_ visit: Visit, _ conn: Connection) throws -> WordKey? {
        if account.id == visit.principal.signedIn { return "accounts.support.own" }
        guard !visit.city.access.may("staff.manage", visit.principal) else { return nil }
        let isStaff = try conn.exists("SELECT 1 FROM staff_role WHERE account_id = \(account.id) AND until IS NULL LIMIT 1")
        return isStaff ? "accounts.support.staff" : nil
    }
}

/// The page of an account that nobody looked up just now: the search comes first.
struct NotLookedUp: Error {
    static func leadsBack(_ visit: Visit, _ page: () async throws -> WebResponse) async throws -> WebResponse {
        do { return try await page() } catch is NotLookedUp {
            return visit.redirect(.init(AccountAddresses.support(), say: Phrase("accounts.support.again")))
        }
    }
}

/// How an account stands, as far as somebody has to know who helps with it. No secret is in it.
struct SupportState: Sendable {
    let emails: [ProvenEmail]
    /// Addresses that the person wanted to add lately and has not confirmed.
    let waiting: [TypedAddress]
    let sessions: [Session]
    let factors: Factors
    let passwords: Guesses
    let codes: Guesses
    /// The second step is to go, after its wait.
    let removal: FactorRemoval?

    struct ProvenEmail: Sendable {
        let email: TypedAddress
        let provenAt: Instant
    }

    static func of(_ id: AccountID, _ city: CityContext, _ conn: Connection) throws -> SupportState {
        let now = city.clock.now
        let who = PasswordGuesses.key(id)
        return SupportState(
            emails: try conn.rows(
                """
                SELECT typed, folded, proven_at FROM account_email WHERE account_id = \(id) AND until IS NULL
                ORDER BY is_primary DESC, id
                """
            ).map { row in
                ProvenEmail(
                    email: TypedAddress(typed: try row["typed"], folded: try row["folded"]), provenAt: try row["proven_at"])
            },
            waiting: try EmailAddition.waiting(of: id, at: now, conn), sessions: try Session.open(of: id, at: now, conn),
            factors: try Factors.of(id, conn),
            passwords: try PasswordGuesses.worst(of: id, city, at: now, conn),
            codes: try city.numbers(.secondStep).guesses(of: who, at: now, conn),
            removal: try FactorRemoval.waiting(of: id, conn))
    }

    var isDelayed: Bool { passwords.isDelayed || codes.isDelayed }

    /// Whether there is anything to do.
    func allows(_ act: SupportAct) -> Bool {
        switch act {
        case .endDelay: isDelayed
        case .confirmation: !waiting.isEmpty
        case .reset: !emails.isEmpty
        case .endSessions: !sessions.isEmpty
        case .removeSecondStep: factors.needsSecondStep && removal == nil
        }
    }
}
