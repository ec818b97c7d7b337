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

    /// Takes off again whom these accounts put on the cases of a contact since then.
    public func endAll(addedBy accounts: [AccountID], since: Instant, onCasesOf contact: ContactID) throws {
        for account in accounts {
            let actor = Principal.account(account, actingFor: nil).actor
            let ids = try change.conn.rows(
                """
                SELECT DISTINCT o.case_id FROM case_grant o
                WHERE o.contact_id = \(contact) AND o.until IS NULL
                  AND (EXISTS (SELECT 1 FROM case_grant g
                               WHERE g.case_id = o.case_id AND g.until IS NULL AND g.added_by = \(actor) AND g.since >= \(since))
                    OR EXISTS (SELECT 1 FROM case_invitation i
                               WHERE i.case_id = o.case_id AND i.ended_at IS NULL AND i.added_by = \(actor)
                                 AND i.created_at >= \(since)))
                ORDER BY o.case_id
                """
            ).map { try $0["case_id"] as CaseID }
            for id in ids { try endAll(addedBy: account, since: since, on: id) }
        }
    }

    /// The same on one case, unless it is open to the account by another way: then it had every right to.
    public func endAll(addedBy account: AccountID, since: Instant, on id: CaseID) throws {
        let principal = Principal.account(account, actingFor: nil)
        guard try !change.city.access.may("case.party-view", principal, on: id.value, change.conn) else { return }
        try endAll(addedBy: principal.actor, since: since, on: id)
    }

    private func endAll(addedBy actor: String, since: Instant, on id: CaseID) throws {
        let invited = try change.conn.rows(
            """
            SELECT id FROM case_invitation
            WHERE case_id = \(id) AND added_by = \(actor) AND created_at >= \(since) AND ended_at IS NULL ORDER BY id
            """
        ).map { try $0["id"] as Int64 }
        for invitation in invited { _ = try Invitations(change).withdraw(invitation, from: id, isLeaving: false) }
        let grants = try change.conn.rows(
            """
            SELECT id FROM case_grant
            WHERE case_id = \(id) AND added_by = \(actor) AND since >= \(since) AND until IS NULL AND added_as IS NULL ORDER BY id
            """
        ).map { try $0["id"] as Int64 }
        for grant in grants { try end(grant) }
    }
}
