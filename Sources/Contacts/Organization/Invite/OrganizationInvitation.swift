internal import Accounts
internal import Core
internal import Database
internal import Primitives

/// Somebody at an exact address was asked to act for an organization (B2). Nobody belongs to one without a yes of their own.
struct OrganizationInvitation: Sendable {
    enum State: Sendable, Hashable {
        /// Can be answered.
        case open
        case accepted(Instant)
        case declined(Instant)
        /// Nobody answered in time.
        case over
    }

    /// How long it can be answered, to choose from; the first is usual.
    static let days: [Int64] = [7, 14, 30]
    /// How long the organization sees what became of one.
    static let endedShown = Span.days(30)

    let id: Int64
    let publicID: String
    let organization: ContactID
    let organizationName: String
    let email: TypedAddress
    let role: Membership.Role
    let scope: Membership.Scope
    let inviter: AccountID
    let inviterName: String
    let sentAt: Instant
    let expires: Instant
    let state: State

    private static let select: SQL = """
        SELECT i.id, i.public_id, i.organization_id, c.company_name, i.typed, i.folded, i.role, i.scope, i.state, i.invited_by,
               a.first_name, a.last_name, i.sent_at, i.expires_at, i.answered_at, i.until
        FROM organization_invitation i
        JOIN contact c ON c.id = i.organization_id
        JOIN account a ON a.id = i.invited_by
        """

    /// - Returns: nil for a link that never was, was replaced by a newer one, or whose invitation was taken back.
    static func find(_ presented: String, at now: Instant, _ conn: Connection) throws -> OrganizationInvitation? {
        guard let token = SecretToken(presented: presented) else { return nil }
        return try conn.row("\(select) WHERE i.token_hash = \(token.hash) AND i.state <> 'withdrawn'").map {
            try OrganizationInvitation(row: $0, at: now)
        }
    }

    /// One that waits, by its outside name.
    static func waiting(
        _ publicID: String, at organization: ContactID, now: Instant, _ conn: Connection
    ) throws -> OrganizationInvitation? {
        try conn.row(
            "\(select) WHERE i.public_id = \(publicID) AND i.organization_id = \(organization) AND i.until IS NULL"
        ).map { try OrganizationInvitation(row: $0, at: now) }
    }

    static func find(id: Int64, at now: Instant, _ conn: Connection) throws -> OrganizationInvitation? {
        try conn.row("\(select) WHERE i.id = \(id)").map { try OrganizationInvitation(row: $0, at: now) }
    }

    /// What waits, and what was answered or ended lately, the newest last.
    static func all(at organization: ContactID, now: Instant, _ conn: Connection) throws -> [OrganizationInvitation] {
        try conn.rows(listing(organization, since: now - endedShown)).map { try OrganizationInvitation(row: $0, at: now) }
    }

    /// What waits for an answer of this account, at any of its proven addresses, and what it asked of others.
    static func waiting(of account: AccountID, at now: Instant, _ conn: Connection) throws -> [OrganizationInvitation] {
        try conn.rows(
            """
            \(select) WHERE i.until IS NULL AND i.id IN (
                SELECT o.id FROM account_email e JOIN organization_invitation o ON o.folded = e.folded AND o.until IS NULL
                WHERE e.account_id = \(account) AND e.until IS NULL
                UNION SELECT o.id FROM organization_invitation o WHERE o.invited_by = \(account) AND o.until IS NULL)
            ORDER BY i.id LIMIT 200
            """
        ).map { try OrganizationInvitation(row: $0, at: now) }
    }

    static func listing(_ organization: ContactID, since: Instant) -> SQL {
        """
        SELECT * FROM (\(select) WHERE i.organization_id = \(organization) AND i.until IS NULL) w
        UNION ALL
        SELECT * FROM (
            \(select) WHERE i.organization_id = \(organization) AND i.until > \(since) AND i.state IN ('declined', 'expired')) e
        ORDER BY id LIMIT 200
        """
    }

    private init(row: Row, at now: Instant) throws(DatabaseError) {
        id = try row["id"]
        publicID = try row["public_id"]
        organization = try row["organization_id"]
        organizationName = try row["company_name"]
        email = TypedAddress(typed: try row["typed"], folded: try row["folded"])
        role = try row["role"]
        scope = try row["scope"]
        inviter = try row["invited_by"]
        let (first, last): (String, String) = (try row["first_name"], try row["last_name"])
        inviterName = "\(first) \(last)".trimmed
        sentAt = try row["sent_at"]
        expires = try row["expires_at"]
        let (stored, answered): (String, Instant?) = (try row["state"], try row["answered_at"])
        state =
            if let answered { stored == "declined" ? .declined(answered) : .accepted(answered) } else {
                expires > now && stored == "waiting" ? .open : .over
            }
    }

    /// Whether the account has proven exactly this address.
    func belongs(to account: AccountID, _ conn: Connection) throws -> Bool {
        try Account.find(email: email.folded, conn)?.id == account
    }

    /// What every fact about it says.
    var arguments: [String: JSON] {
        [
            "name": .string(organizationName), "email": .string(email.folded.masked), "role": .string(role.rawValue),
            "scope": .string(scope.rawValue), "invitation": .integer(id),
        ]
    }
}
