internal import Core
internal import Database
internal import Primitives

/// An organization as one visitor may deal with it.
struct SeenOrganization: Sendable {
    let contact: Contact
    /// Whether the visitor decides about it (`organization.manage`).
    let mayManage: Bool
    /// Whether the visitor looks after its members (`organization.people`).
    let mayLookAfter: Bool

    /// The organization of the address, for those who belong to it; for everybody else there is none. One statement.
    static func find(_ visit: Visit, _ conn: Connection) throws -> SeenOrganization {
        guard let publicID = PublicID(visit.parameter("id")) else { throw NotFound() }
        func may(_ action: Action) -> SQL { visit.city.access.visible(action, to: visit.principal, alias: "c") }
        let row = try conn.row(
            """
            SELECT \(Contact.columns), CASE WHEN \(may("organization.manage")) THEN 1 ELSE 0 END AS may_manage,
                CASE WHEN \(may("organization.people")) THEN 1 ELSE 0 END AS may_look_after
            FROM contact c
            WHERE c.public_id = \(publicID) AND c.until IS NULL AND \(may("organization.view"))
            """)
        guard let row else { throw NotFound() }
        return SeenOrganization(
            contact: try Contact(row: row), mayManage: try row["may_manage"], mayLookAfter: try row["may_look_after"])
    }
}
