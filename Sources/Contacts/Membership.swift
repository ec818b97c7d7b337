public import Core
public import Database
public import Primitives

/// A person's place in an organization (B2). The organization is a company contact.
public struct Membership: Sendable {
    public enum Role: String, Sendable, CaseIterable, SQLConvertible { case owner, manager, member }

    /// Which of the organization's cases are open to somebody: all of them, or those chosen for them. Only a member's can be chosen.
    public enum Scope: String, Sendable, CaseIterable, SQLConvertible { case all, chosen }

    public let id: Int64
    public let organization: ContactID
    public let organizationPublicID: PublicID
    public let organizationName: String
    public let account: AccountID
    public let role: Role
    public let scope: Scope
    public let since: Instant
    /// The merge that it was given by (B9).
    let edge: Int64?
    /// What the account is here by itself, where a merge makes it more: that is left when the merge is taken back.
    let own: Place?

    /// What somebody is in an organization.
    struct Place: Sendable, Hashable {
        let role: Role
        let scope: Scope

        /// Tells which of two places is the higher one.
        var height: Int {
            switch role {
            case .owner: 3
            case .manager: 2
            case .member: scope == .all ? 1 : 0
            }
        }
    }

    var place: Place { Place(role: role, scope: scope) }

    /// Whether the organization has no owner when this one goes. Beside somebody who is an owner by themselves, one by a merge does not
    /// count: that may be taken back.
    func isLastOwner(among members: [Membership]) -> Bool {
        role == .owner
            && !members.contains { $0.account != account && $0.role == .owner && ($0.edge == nil || edge != nil) }
    }

    /// The organizations an account belongs to, the first joined first.
    public static func all(of account: AccountID, _ conn: Connection) throws -> [Membership] {
        try conn.rows(
            """
            SELECT \(columns) FROM membership m JOIN contact c ON c.id = m.organization_id
            WHERE m.account_id = \(account) AND m.until IS NULL ORDER BY m.id
            """
        ).map(Membership.init)
    }

    /// The members of an organization, owners first.
    public static func all(in organization: ContactID, _ conn: Connection) throws -> [Membership] {
        try conn.rows(
            """
            SELECT \(columns) FROM membership m JOIN contact c ON c.id = m.organization_id
            WHERE m.organization_id = \(organization) AND m.until IS NULL
            ORDER BY CASE m.role WHEN 'owner' THEN 0 WHEN 'manager' THEN 1 ELSE 2 END, m.id
            """
        ).map(Membership.init)
    }

    /// Every membership of an account, in the order in which it joined, with everybody of that organization, itself among them.
    static func all(
        of account: AccountID, withMembers conn: Connection
    ) throws -> [(own: Membership, members: [Membership])] {
        let all = try conn.rows(
            """
            SELECT \(columns) FROM membership own
            JOIN membership m ON m.organization_id = own.organization_id AND m.until IS NULL
            JOIN contact c ON c.id = m.organization_id
            WHERE own.account_id = \(account) AND own.until IS NULL ORDER BY own.id, m.id
            """
        ).map(Membership.init)
        let members = Dictionary(grouping: all, by: \.organization)
        return all.filter { $0.account == account }.map { ($0, members[$0.organization] ?? []) }
    }

    public static func find(_ account: AccountID, in organization: ContactID, _ conn: Connection) throws -> Membership? {
        try conn.row(
            """
            SELECT \(columns) FROM membership m JOIN contact c ON c.id = m.organization_id
            WHERE m.organization_id = \(organization) AND m.account_id = \(account) AND m.until IS NULL
            """
        ).map(Membership.init)
    }

    /// Whether somebody whose account is open owns the organization.
    public static func hasOwner(_ organization: ContactID, _ conn: Connection) throws(DatabaseError) -> Bool {
        try conn.exists(
            """
            SELECT 1 FROM membership m JOIN account a ON a.id = m.account_id
            WHERE m.organization_id = \(organization) AND m.role = 'owner' AND m.until IS NULL AND a.closed_at IS NULL LIMIT 1
            """)
    }

    /// What a role is called.
    public static func roleName(_ role: Role) -> WordKey {
        switch role {
        case .owner: "contacts.role.owner"
        case .manager: "contacts.role.manager"
        case .member: "contacts.role.member"
        }
    }

    static let columns: SQL =
        "m.id, m.organization_id, c.public_id, c.company_name, m.account_id, m.role, m.scope, m.since, m.edge_id, m.own_role, m.own_scope"

    init(row: Row) throws(DatabaseError) {
        id = try row["id"]
        organization = try row["organization_id"]
        organizationPublicID = try row["public_id"]
        organizationName = try row["company_name"]
        account = try row["account_id"]
        role = try row["role"]
        scope = try row["scope"]
        since = try row["since"]
        edge = try row["edge_id"]
        own = try Place(own: row)
    }
}

extension Membership.Place {
    /// nil where the account is here by a merge alone, or by itself alone.
    init?(own row: Row) throws(DatabaseError) {
        let (role, scope): (Membership.Role?, Membership.Scope?) = (try row["own_role"], try row["own_scope"])
        guard let role, let scope else { return nil }
        self.init(role: role, scope: scope)
    }
}
