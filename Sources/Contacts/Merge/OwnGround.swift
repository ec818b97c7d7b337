public import Core
public import Database
public import Primitives

/// A record that an account acts for by itself, whatever is merged (B9).
public struct OwnGround: Sendable, Hashable {
    public let account: AccountID
    public let contact: ContactID

    public init(account: AccountID, contact: ContactID) {
        self.account = account
        self.contact = contact
    }

    /// Which of these accounts act for which of these contacts by themselves.
    public static func all(
        of accounts: [AccountID], at contacts: [ContactID], _ conn: Connection
    ) throws(DatabaseError) -> Set<OwnGround> {
        let (people, ids) = (accounts.map(\.value), contacts.map(\.value))
        let grounds = try conn.rows(
            """
            SELECT account_id, contact_id FROM contact_link
            WHERE account_id IN \(list: people) AND contact_id IN \(list: ids) AND edge_id IS NULL AND until IS NULL
            UNION
            SELECT account_id, organization_id FROM membership
            WHERE account_id IN \(list: people) AND organization_id IN \(list: ids)
              AND (edge_id IS NULL OR own_role IS NOT NULL) AND until IS NULL
            """
        ).map { row throws(DatabaseError) in OwnGround(account: try row["account_id"], contact: try row["contact_id"]) }
        return Set(grounds)
    }
}
