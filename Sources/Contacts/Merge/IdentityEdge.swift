public import Core
public import Database
public import Primitives

/// Says that two records are the same person or company (B9). A merge makes a row, undoing it ends the row; the records stay as they
/// were.
public struct IdentityEdge: Sendable {
    public let id: Int64
    /// The record that is shown under the other's face.
    public let from: ContactID
    public let into: ContactID
    /// From which record a part of the name comes; what is not here comes from `into`.
    public let chosen: [FaceField: ContactID]
    /// How whoever merged them knew.
    public let evidence: String
    public let actor: String
    public let since: Instant
    public let until: Instant?
    /// What was recorded when it was made. None on edges of an older version.
    public let fact: Int64?

    static let columns: SQL = "id, from_contact, to_contact, chosen, evidence, actor, since, until, fact_id"

    init(row: Row) throws(DatabaseError) {
        id = try row["id"]
        from = try row["from_contact"]
        into = try row["to_contact"]
        evidence = try row["evidence"]
        actor = try row["actor"]
        since = try row["since"]
        until = try row["until"]
        fact = try row["fact_id"]
        let stored: String = try row["chosen"]
        var chosen: [FaceField: ContactID] = [:]
        for (name, value) in JSON(parsing: stored)?.object ?? [:] {
            if let field = FaceField(rawValue: name), let id = value.integer { chosen[field] = ContactID(id) }
        }
        self.chosen = chosen
    }

    public static func find(_ id: Int64, _ conn: Connection) throws(DatabaseError) -> IdentityEdge? {
        guard let row = try conn.row("SELECT \(columns) FROM identity_edge WHERE id = \(id)") else { return nil }
        return try IdentityEdge(row: row)
    }

    /// The live edges at these records.
    static func live(at contacts: Set<ContactID>, _ conn: Connection) throws(DatabaseError) -> [IdentityEdge] {
        let ids = contacts.map(\.value).sorted()
        return try conn.rows(
            """
            SELECT \(columns) FROM identity_edge WHERE until IS NULL AND from_contact IN \(list: ids)
            UNION SELECT \(columns) FROM identity_edge WHERE until IS NULL AND to_contact IN \(list: ids)
            ORDER BY 1
            """
        ).map { row throws(DatabaseError) in try IdentityEdge(row: row) }
    }
}
