internal import Contacts
public import Core
internal import Database
public import Primitives

/// What the evidence of a permit card leads to, and its undoing (C2).
extension GrantWriter {
    /// Whether somebody took one of the account's contacts off the case, or they left: what was ended is not begun again by a card.
    public func wasEnded(for account: AccountID, on id: CaseID) throws -> Bool {
        try change.conn.exists(
            """
            SELECT 1 FROM case_grant
            WHERE case_id = \(id) AND until IS NOT NULL
              AND contact_id IN (SELECT contact_id FROM contact_link WHERE account_id = \(account))
            LIMIT 1
            """)
    }

    /// The contact's grant that is live on the case with this type.
    public func live(_ contact: ContactID, on id: CaseID, as type: String) throws -> Int64? {
        try change.conn.value(
            """
            SELECT id FROM case_grant
            WHERE case_id = \(id) AND contact_id = \(contact) AND contact_type = \(type) AND until IS NULL
            """)
    }

    /// Ends a grant by name, when it is live.
    @discardableResult
    public func end(_ grant: Int64) throws -> Bool {
        guard
            let row = try change.conn.row(
                "SELECT case_id, contact_id, contact_type FROM case_grant WHERE id = \(grant) AND until IS NULL")
        else { return false }
        return try remove(row["contact_id"], from: row["case_id"], type: row["contact_type"])
    }

    /// Whether a part of the account in the case lets it read the bills, or did since then: as itself or for an organization.
    public func couldReadBills(_ account: AccountID, on id: CaseID, since: Instant) throws -> Bool {
        let own: SQL = """
            g.contact_id IN (
                SELECT contact_id FROM contact_link WHERE account_id = \(account) AND (until IS NULL OR until > \(since))
                UNION
                SELECT organization_id FROM membership WHERE account_id = \(account) AND (until IS NULL OR until > \(since)))
            """
        return try change.conn.exists(
            """
            SELECT 1 FROM case_grant g WHERE g.case_id = \(id) AND g.may_bill = 1 AND g.until IS NULL AND \(own)
            UNION ALL
            SELECT 1 FROM case_grant g
            WHERE g.case_id = \(id) AND g.may_bill = 1 AND g.until IS NOT NULL AND g.until > \(since) AND \(own)
            LIMIT 1
            """)
    }
}
