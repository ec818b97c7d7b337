internal import Accounts
public import Core
internal import Database
public import Primitives

/// Linking an account to a contact and ending it (C3). Both sides are told: `LinkMails`.
extension ContactWriter {
    public enum How: String, Sendable { case registration, claim, steward, invitation, imported = "import", merge }

    /// The account may act as the contact from now on. Does nothing when it already may.
    /// - Parameters:
    ///   - evidence: how we know, as a short sentence for the audit.
    ///   - edge: the merge that it is given by, and ends with.
    @discardableResult
    public func link(
        _ account: AccountID, to contact: ContactID, how: How, evidence: String, edge: Int64? = nil
    ) throws -> Bool {
        if edge == nil {
            // What was given by a merge and has a ground of its own now stays when the merge is taken back.
            try change.conn.run(
                """
                UPDATE contact_link SET until = \(change.now)
                WHERE account_id = \(account) AND contact_id = \(contact) AND edge_id IS NOT NULL AND until IS NULL
                """)
        }
        let made = try change.conn.run(
            """
            INSERT INTO contact_link (account_id, contact_id, how, evidence, edge_id, since)
            VALUES (\(account), \(contact), \(how.rawValue), \(evidence), \(edge), \(change.now))
            ON CONFLICT DO NOTHING
            """)
        guard made > 0 else { return false }
        var arguments = try names(contact, account)
        arguments["how"] = .string(how.rawValue)
        arguments["evidence"] = .string(evidence)
        if let edge { arguments["edge"] = .integer(edge) }
        try change.record(NewFact(.contactLinked, about: .contact(contact), and: [.account(account)], arguments))
        return true
    }

    /// Access ends at the person's next request; so does what a merge gave because of this.
    @discardableResult
    public func unlink(_ account: AccountID, from contact: ContactID, why: String) throws -> Bool {
        let ended = try change.conn.run(
            """
            UPDATE contact_link SET until = \(change.now)
            WHERE account_id = \(account) AND contact_id = \(contact) AND until IS NULL
            """)
        guard ended > 0 else { return false }
        try change.record(
            NewFact(
                .contactUnlinked, about: .contact(contact), and: [.account(account)], try names(contact, account), why: why))
        try endGivenWithoutGround(to: account, around: contact, why: why)
        return true
    }

    /// What a steward's "Link NAME" does (C3): a person contact is linked; a company gets the account as a member, and as its
    /// owner when it has none.
    @discardableResult
    public func connect(_ account: AccountID, to contact: ContactID, how: How, evidence: String) throws -> Bool {
        guard let found = try Contact.find(contact, change.conn) else { throw NotFound() }
        switch found.kind {
        case .person: return try link(account, to: contact, how: how, evidence: evidence)
        case .company:
            let role: Membership.Role = try Membership.hasOwner(contact, change.conn) ? .member : .owner
            return try join(account, organization: contact, as: role, evidence: evidence)
        }
    }

    /// What most facts of links and memberships say: both by id and by name.
    func names(_ contact: ContactID, _ account: AccountID) throws -> [String: JSON] {
        [
            "name": .string(try Contact.find(contact, change.conn)?.name ?? ""), "account": .integer(account.value),
            "person": .string(try Account.find(account, change.conn)?.name ?? ""),
        ]
    }
}
