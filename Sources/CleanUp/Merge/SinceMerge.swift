internal import Cases
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// Something that happened with two records while they were one, after that was taken back (`MergedTime`).
struct SinceMerge: Sendable {
    enum State: String, Sendable, SQLConvertible {
        case waiting
        /// Of a place on a case: back for one of the two, or for nobody. Of anything else: looked at.
        case given, dropped, seen
    }

    let id: Int64
    let edge: Int64
    let fact: Int64
    let state: State
    /// Of a contact that was put on a case meanwhile.
    let place: (caseID: CaseID, contact: ContactID, type: String)?

    static func count(of edge: Int64, _ conn: Connection) throws(DatabaseError) -> Int {
        try conn.value("SELECT COUNT(*) FROM since_merge WHERE edge_id = \(edge) AND state = 'waiting'") ?? 0
    }

    /// How much there is, and how much waits that is no place on a case.
    static func counts(of edge: Int64, _ conn: Connection) throws -> (all: Int, rest: Int) {
        let row = try conn.row(
            """
            SELECT COUNT(*) AS total, COUNT(CASE WHEN state = 'waiting' AND case_id IS NULL THEN 1 END) AS rest
            FROM since_merge WHERE edge_id = \(edge)
            """)
        return (try row?["total"] ?? 0, try row?["rest"] ?? 0)
    }

    static func all(of edge: Int64, limit: Int, offset: Int, _ conn: Connection) throws -> [SinceMerge] {
        try conn.rows(list(of: edge, limit: limit, offset: offset)).map(SinceMerge.init)
    }

    /// What waits comes first ("waiting" is the last of the states by its letters), then the oldest.
    static func list(of edge: Int64, limit: Int, offset: Int) -> SQL {
        """
        SELECT \(columns) FROM since_merge WHERE edge_id = \(edge)
        ORDER BY state DESC, fact_id LIMIT \(limit) OFFSET \(offset)
        """
    }

    static func find(_ id: Int64, _ conn: Connection) throws -> SinceMerge? {
        try conn.row("SELECT \(columns) FROM since_merge WHERE id = \(id)").map(SinceMerge.init)
    }

    private static let columns: SQL = "id, edge_id, fact_id, state, case_id, contact_id, contact_type"

    private init(row: Row) throws {
        id = try row["id"]
        edge = try row["edge_id"]
        fact = try row["fact_id"]
        state = try row["state"]
        let (caseID, contact, type): (CaseID?, ContactID?, String?) = (
            try row["case_id"], try row["contact_id"], try row["contact_type"]
        )
        if let caseID, let contact, let type { place = (caseID, contact, type) } else { place = nil }
    }

    /// A place on a case goes to one of the two, as it was meant, or to nobody; anything else was looked at.
    func decide(for contact: ContactID?, _ change: Change) throws {
        let state: State = place == nil ? .seen : contact == nil ? .dropped : .given
        let grants = GrantWriter(change)
        // As the case knows it, also when the city has no such part any more.
        let type = try place.flatMap { try grants.type($0.type, of: $0.caseID) }
        if place != nil, contact != nil, type == nil { throw Refusal("cleanUp.since.noType") }
        let decided = try change.conn.run(
            """
            UPDATE since_merge SET state = \(state), given_to = \(contact), decided_by = \(change.principal.actor),
                decided_at = \(change.now)
            WHERE id = \(id) AND state = 'waiting'
            """)
        guard decided > 0 else { throw Refusal("cleanUp.since.decided") }
        guard let place, let contact, let type else { return }
        if contact == place.contact {
            try grants.putBack(contact, on: place.caseID, as: type)
        } else {
            try grants.add(contact, inPlaceOf: place.contact, on: place.caseID, as: type)
        }
    }

    /// Whatever waits of a merge and is no place on a case was looked at.
    /// - Returns: how much that was.
    static func seeRest(of edge: Int64, _ change: Change) throws -> Int {
        try change.conn.run(
            """
            UPDATE since_merge SET state = \(State.seen), decided_by = \(change.principal.actor), decided_at = \(change.now)
            WHERE edge_id = \(edge) AND state = 'waiting' AND case_id IS NULL
            """)
    }
}
