public import Core
public import Database
public import Primitives

/// A person's place in an organization (B2). The organization is a company contact.
public struct Membership: Sendable {
    public enum Role: String, Sendable, CaseIterable, SQLConvertible { case owner, manager, member }

    public let organization: ContactID
    public let organizationName: String
    public let account: AccountID
    public let role: Role
    public let since: Instant

    /// The organizations an account belongs to, the first joined first.
    public static func all(of account: AccountID, _ conn: Connection) throws -> [Membership] {
        try conn.rows(
            """
            SELECT m.organization_id, c.company_name, m.account_id, m.role, m.since
            FROM membership m JOIN contact c ON c.id = m.organization_id
            WHERE m.account_id = \(account) AND m.until IS NULL ORDER BY m.id
            """
        ).map(Membership.init)
    }

    /// The members of an organization, owners first.
    public static func all(in organization: ContactID, _ conn: Connection) throws -> [Membership] {
        try conn.rows(
            """
            SELECT m.organization_id, c.company_name, m.account_id, m.role, m.since
            FROM membership m JOIN contact c ON c.id = m.organization_id
            WHERE m.organization_id = \(organization) AND m.until IS NULL
            ORDER BY CASE m.role WHEN 'owner' THEN 0 WHEN 'manager' THEN 1 ELSE 2 END, m.id
            """
        ).map(Membership.init)
    }

    init(row: Row) throws(DatabaseError) {
        organization = try row["organization_id"]
        organizationName = try row["company_name"]
        account = try row["account_id"]
        role = try row["role"]
        since = try row["since"]
    }
}
