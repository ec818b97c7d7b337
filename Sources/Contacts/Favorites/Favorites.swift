public import Core
public import Database
public import Primitives

/// Contacts that somebody starred, each with the contact type it was starred with (B6): picked without searching.
public struct Favorites {
    public struct Favorite: Sendable {
        public let contact: Contact
        /// The key of the contact type ("contractor-electrical").
        public let contactType: String
        public let since: Instant

        /// - Parameter row: the columns of a contact, and `contact_type` and `since` of the star.
        public init(row: Row) throws(DatabaseError) {
            contact = try Contact(row: row)
            contactType = try row["contact_type"]
            since = try row["since"]
        }
    }

    private let change: Change
    public init(_ change: Change) { self.change = change }

    /// Stars a contact; starring it again only changes the type. The caller has already shown its name to this person.
    public func add(_ contact: ContactID, as contactType: String, for account: AccountID) throws {
        let before: String? = try change.conn.value(
            "SELECT contact_type FROM favorite WHERE account_id = \(account) AND contact_id = \(contact)")
        guard before != contactType else { return }
        try change.conn.run(
            """
            INSERT INTO favorite (account_id, contact_id, contact_type, since)
            VALUES (\(account), \(contact), \(contactType), \(change.now))
            ON CONFLICT (account_id, contact_id) DO UPDATE SET contact_type = excluded.contact_type
            """)
        if before == nil { try record(.favoriteAdded, contact, account) }
    }

    public func remove(_ contact: ContactID, for account: AccountID) throws {
        let gone = try change.conn.run("DELETE FROM favorite WHERE account_id = \(account) AND contact_id = \(contact)")
        if gone > 0 { try record(.favoriteRemoved, contact, account) }
    }

    private func record(_ kind: FactKind, _ contact: ContactID, _ account: AccountID) throws {
        let name = try Contact.find(contact, change.conn)?.name ?? ""
        try change.record(
            NewFact(kind, about: .account(account), ["contact": .integer(contact.value), "name": .string(name)]))
    }

    /// What an account starred, by name.
    public static func all(of account: AccountID, _ conn: Connection) throws -> [Favorite] {
        try conn.rows("SELECT \(Contact.columns), f.contact_type, f.since \(table(of: account))").map(Favorite.init)
    }

    /// The first two hundred rows of `favorite f` and their `contact c`, by name: to be asked for within another statement.
    public static func table(of account: AccountID) -> SQL {
        """
        FROM favorite f JOIN contact c ON c.id = f.contact_id
        WHERE f.account_id = \(account) AND c.until IS NULL ORDER BY c.search_name, c.id LIMIT 200
        """
    }

    public static func contains(_ contact: ContactID, of account: AccountID, _ conn: Connection) throws(DatabaseError) -> Bool {
        try conn.exists("SELECT 1 FROM favorite WHERE account_id = \(account) AND contact_id = \(contact)")
    }
}
