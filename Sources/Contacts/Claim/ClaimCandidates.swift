internal import Core
internal import Database
internal import Primitives

/// Everything C1 has to know, read in its transaction.
struct ClaimEvidence {
    let candidates: [ClaimCandidate]
    let isShared: Bool
    /// Of every candidate: the contacts in it that carry the address themselves. Only those are linked, so that a merge by itself
    /// never widens what somebody sees (`model.md` 3).
    private let carriers: [ContactID: [ContactID]]

    /// No live contact has this address.
    var isEmpty: Bool { candidates.isEmpty }
    var hasCompany: Bool { candidates.contains { $0.kind == .company } }

    func carriers(of candidate: ContactID) -> [ContactID] { carriers[candidate] ?? [] }

    init(_ email: FoldedEmail, for account: AccountID, _ conn: Connection) throws {
        var carriers: [ContactID: [ContactID]] = [:]
        var order: [ContactID] = []
        for contact in try Contact.all(email: email, conn) {
            let survivor = try Contact.survivor(of: contact.id, conn)
            if carriers[survivor] == nil { order.append(survivor) }
            carriers[survivor, default: []].append(contact.id)
        }
        candidates = try order.compactMap { try ClaimEvidence.candidate($0, account, conn) }
        isShared = try conn.exists(
            "SELECT 1 FROM contact_email WHERE folded = \(email) AND shared_mailbox = 1 AND until IS NULL LIMIT 1")
        self.carriers = carriers
    }

    static func candidate(_ survivor: ContactID, _ account: AccountID, _ conn: Connection) throws -> ClaimCandidate? {
        guard let face = try Contact.find(survivor, conn) else { return nil }
        let parent: ContactID?? = try conn.value("SELECT parent_id FROM contact WHERE id = \(survivor)")
        let hasParent = (parent ?? nil) != nil
        var candidate = ClaimCandidate(survivor, face.kind, isPrimary: face.kind == .company && !hasParent)
        for one in try cluster(survivor, conn) {
            candidate.hasOwner = try candidate.hasOwner || hasOtherOwner(one, account, conn)
            let links = try conn.rows("SELECT account_id FROM contact_link WHERE contact_id = \(one) AND until IS NULL")
            for link in links {
                let who: AccountID = try link["account_id"]
                if who != account { candidate.isTaken = true }
            }
            candidate.isMine = try candidate.isMine || isOwn(one, account, conn)
            candidate.wasEnded = try candidate.wasEnded || ended(one, account, conn)
        }
        return candidate
    }

    /// Whether this account acts as exactly this contact.
    static func isOwn(_ contact: ContactID, _ account: AccountID, _ conn: Connection) throws -> Bool {
        try conn.exists(
            """
            SELECT 1 FROM contact_link WHERE contact_id = \(contact) AND account_id = \(account) AND until IS NULL
            UNION ALL
            SELECT 1 FROM membership WHERE organization_id = \(contact) AND account_id = \(account) AND until IS NULL
            LIMIT 1
            """)
    }

    private static func hasOtherOwner(_ contact: ContactID, _ account: AccountID, _ conn: Connection) throws -> Bool {
        try conn.exists(
            """
            SELECT 1 FROM membership m JOIN account a ON a.id = m.account_id
            WHERE m.organization_id = \(contact) AND m.role = 'owner' AND m.until IS NULL AND a.closed_at IS NULL
              AND m.account_id <> \(account)
            LIMIT 1
            """)
    }

    private static func cluster(_ survivor: ContactID, _ conn: Connection) throws -> [ContactID] {
        let ids: [ContactID] = try conn.rows("SELECT contact_id FROM contact_cluster WHERE survivor_id = \(survivor)").map {
            try $0["contact_id"]
        }
        return ids.isEmpty ? [survivor] : ids
    }

    /// Somebody ended what this account had here; what was undone is not done again by a mail.
    private static func ended(_ contact: ContactID, _ account: AccountID, _ conn: Connection) throws -> Bool {
        try conn.exists(
            """
            SELECT 1 FROM contact_link WHERE contact_id = \(contact) AND account_id = \(account) AND until IS NOT NULL
            UNION ALL
            SELECT 1 FROM membership WHERE organization_id = \(contact) AND account_id = \(account) AND until IS NOT NULL
            LIMIT 1
            """)
    }
}
