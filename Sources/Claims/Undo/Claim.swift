internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives

/// What somebody got by showing that it is theirs. It can be taken back for thirty days by everybody who was told, and by staff.
struct Claim: Sendable {
    /// What began with it.
    enum Gave: String, Sendable, SQLConvertible {
        /// The account's own contact stands on a case.
        case grant
        /// The account acts as a person's record.
        case link
        /// The account owns a company's organization.
        case owner
    }

    /// Told addresses can end it so long.
    static let reversible = Span.days(30)
    /// Paper that was in wrong hands, or could be read in the portal, is no evidence for so long.
    static let remembered = Span.days(365)

    let id: Int64
    let publicID: PublicID
    let account: AccountID
    /// How the account's person is called.
    let person: String
    /// What was shown: “Invoice 1042”.
    let shown: Phrase
    let evidence: String
    let gave: Gave
    /// The record that was claimed; for a case the account's own contact.
    let contact: ContactID
    let contactName: String
    let caseID: CaseID?
    let caseNumber: String?
    let grant: Int64?
    /// The code of the card that was shown.
    let code: Int64?
    let since: Instant
    let until: Instant?
    /// The reason that staff gave.
    let endedWhy: String

    /// What it is about, as lists name it: a case's number, or a record's name.
    var about: String { caseNumber ?? contactName }

    static func find(_ id: Int64, _ conn: Connection) throws -> Claim? {
        try conn.row("SELECT \(columns) FROM \(tables) WHERE m.id = \(id)").map(Claim.init)
    }

    static func find(_ publicID: PublicID, _ conn: Connection) throws -> Claim? {
        try conn.row("SELECT \(columns) FROM \(tables) WHERE m.public_id = \(publicID)").map(Claim.init)
    }

    /// The newest first.
    static func all(of account: AccountID, limit: Int, _ conn: Connection) throws -> [Claim] {
        try conn.rows(
            "SELECT \(columns) FROM \(tables) WHERE m.account_id = \(account) ORDER BY m.id DESC LIMIT \(limit)"
        ).map(Claim.init)
    }

    /// What the secret link of a mail is about; nil for one that never was or is over.
    static func find(_ token: SecretToken, at now: Instant, _ conn: Connection) throws -> (claim: Claim, expires: Instant)? {
        let row = try conn.row(
            """
            SELECT \(columns), n.expires_at FROM \(tables) JOIN claim_notice n ON n.claim_id = m.id
            WHERE n.token_hash = \(token.hash) AND n.expires_at > \(now)
            """)
        return try row.map { (try Claim(row: $0), try $0["expires_at"]) }
    }

    /// Whether somebody's claim to the record was taken back since then, or to another record of the same person or company.
    static func wasUndone(_ contact: ContactID, since: Instant, _ conn: Connection) throws -> Bool {
        let records = try Cluster.members(of: contact, conn)
        return try conn.exists(
            """
            SELECT 1 FROM claim
            WHERE contact_id IN \(list: records.map(\.value)) AND gave IN ('link', 'owner') AND until IS NOT NULL
              AND until > \(since)
            LIMIT 1
            """)
    }

    static let tables: SQL = """
        claim m JOIN account a ON a.id = m.account_id JOIN contact k ON k.id = m.contact_id
        LEFT JOIN case_record c ON c.id = m.case_id
        """
    static let columns: SQL = """
        m.id, m.public_id, m.account_id, m.evidence, m.shown, m.gave, m.contact_id, m.case_id, m.grant_id, m.code_id, m.since,
        m.until, m.ended_why, a.first_name AS given_name, a.last_name AS family_name, k.kind, k.company_name, k.first_name, k.last_name,
        c.number
        """

    init(row: Row) throws {
        id = try row["id"]
        publicID = try row["public_id"]
        account = try row["account_id"]
        let (given, family): (String, String) = (try row["given_name"], try row["family_name"])
        person = [given, family].filter { !$0.isEmpty }.joined(separator: " ")
        shown = Phrase(stored: try row["shown"]) ?? Phrase("claims.paper")
        evidence = try row["evidence"]
        gave = try row["gave"]
        contact = try row["contact_id"]
        contactName = try Contact.name(row: row)
        caseID = try row["case_id"]
        caseNumber = try row["number"]
        grant = try row["grant_id"]
        code = try row["code_id"]
        since = try row["since"]
        until = try row["until"]
        endedWhy = try row["ended_why"]
    }
}

extension Claim {
    /// What became of it, for everybody who is told.
    func sentence(_ t: Voice) -> String {
        let names: [String: WordArgument] = ["person": .text(person), "about": .text(about)]
        return switch gave {
        case .grant: t("claims.mail.made.case", names)
        case .link: t("claims.mail.made.record", names)
        case .owner: t("claims.mail.made.company", names)
        }
    }

    /// Whether it holds or was taken back.
    func state(_ visit: Visit) -> HTML {
        guard let until else { return tag(visit.t("claims.state.holds"), .good) }
        return tag(visit.t("claims.state.undone", ["date": .date(visit.day(of: until))]), .calm)
    }
}
