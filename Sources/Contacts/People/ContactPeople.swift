public import Accounts
public import Core
public import Database
public import Primitives

/// Which contact stands for a person, and which people stand behind a contact.
public enum ContactPeople {
    /// The person contact that an account acts as: the one it has been linked to the longest.
    public static func personContact(of account: AccountID, _ conn: Connection) throws -> ContactID? {
        try conn.value(
            """
            SELECT l.contact_id FROM contact_link l JOIN contact c ON c.id = l.contact_id
            WHERE l.account_id = \(account) AND l.until IS NULL AND c.kind = 'person' AND c.until IS NULL
            ORDER BY l.id LIMIT 1
            """)
    }

    /// The contact that gets a grant meant for this address (B5): its owner's own person contact, else the company that carries
    /// exactly this address and that its owner belongs to. nil when nobody has proven the address: the grant then waits.
    public static func recipient(email: FoldedEmail, _ conn: Connection) throws -> ContactID? {
        guard let account = try Account.find(email: email, conn) else { return nil }
        if let own = try personContact(of: account.id, conn) { return own }
        return try conn.value(
            """
            SELECT c.id FROM contact_email e
            JOIN contact c ON c.id = e.contact_id
            JOIN membership m ON m.organization_id = c.id
            WHERE e.folded = \(email) AND e.until IS NULL AND c.kind = 'company' AND c.until IS NULL
              AND m.account_id = \(account.id) AND m.until IS NULL AND m.scope = \(Membership.Scope.all)
            ORDER BY c.id LIMIT 1
            """)
    }

    /// Somebody who acts as a contact, as mail needs it.
    public struct Person: Sendable {
        public let account: AccountID
        public let name: String
        public let language: Language
        /// The address that their mail goes to.
        public let email: TypedAddress
    }

    /// Everybody who acts as a contact: accounts linked to it, and members of the organization to whom all its cases are open. Each
    /// once.
    public static func behind(_ contact: ContactID, _ conn: Connection) throws -> [Person] {
        try people(
            """
            SELECT account_id FROM contact_link WHERE contact_id = \(contact) AND until IS NULL
            UNION SELECT account_id FROM membership
            WHERE organization_id = \(contact) AND until IS NULL AND scope = \(Membership.Scope.all)
            """, conn)
    }

    /// The owners of an organization.
    public static func owners(of organization: ContactID, _ conn: Connection) throws -> [Person] {
        try people(
            "SELECT account_id FROM membership WHERE organization_id = \(organization) AND role = 'owner' AND until IS NULL", conn
        )
    }

    /// The person who signs in with this account; nil when it is closed.
    public static func person(_ account: AccountID, _ conn: Connection) throws -> Person? {
        try people("\(account)", conn).first
    }

    private static func people(_ accounts: SQL, _ conn: Connection) throws -> [Person] {
        let rows = try conn.rows(
            """
            SELECT a.id, a.first_name, a.last_name, a.language, e.typed, e.folded
            FROM account a JOIN account_email e ON e.account_id = a.id AND e.until IS NULL
            WHERE a.id IN (\(accounts)) AND a.closed_at IS NULL
            ORDER BY a.id, e.is_primary DESC, e.id
            """)
        var seen: Set<AccountID> = []
        return try rows.compactMap { row in
            let id: AccountID = try row["id"]
            guard seen.insert(id).inserted else { return nil }
            let (first, last): (String, String) = (try row["first_name"], try row["last_name"])
            return Person(
                account: id, name: "\(first) \(last)".trimmed, language: try row["language"],
                email: TypedAddress(typed: try row["typed"], folded: try row["folded"]))
        }
    }
}
