public import Core
public import Database
public import HTML
internal import Primitives

/// One of an organization's people, as whoever looks after them sees them: an owner everybody, a manager the members (B2, B3).
public struct LookedAfter: Sendable {
    public let organization: Contact
    public let membership: Membership
    /// The person's name, and their outside name in addresses.
    public let name: String
    public let publicID: String

    /// The person of the address `…/organization/{id}/people/{account}…`.
    /// - Throws: `NotFound` for everybody who does not look after them, and for somebody who does not belong to the organization.
    public static func find(_ visit: Visit, _ conn: Connection) throws -> LookedAfter {
        let (organization, mine) = try MemberActions.looking(visit, conn)
        let row = try conn.row(
            """
            SELECT \(Membership.columns), a.first_name, a.last_name, a.public_id AS person
            FROM account a
            JOIN membership m ON m.account_id = a.id AND m.until IS NULL
            JOIN contact c ON c.id = m.organization_id
            WHERE a.public_id = \(visit.parameter("account")) AND m.organization_id = \(organization.id)
            """)
        guard let row else { throw NotFound() }
        let membership = try Membership(row: row)
        guard mine.looksAfter(membership.role) else { throw NotFound() }
        let (first, last): (String, String) = (try row["first_name"], try row["last_name"])
        return LookedAfter(
            organization: organization, membership: membership, name: "\(first) \(last)".trimmed, publicID: try row["person"])
    }

    /// The page of the organization, where a visitor comes from.
    public var organizationLink: Link { ContactAddresses.organization(organization.publicID.description) }
}
