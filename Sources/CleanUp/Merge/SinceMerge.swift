internal import Cases
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// What happened with two records while they were one. When that is taken back, every such fact waits until a steward says whose it is;
/// who was put on a case by name meanwhile is off it until then, because the name may have meant the other.
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

    /// Facts about the merge itself, which nobody need decide.
    private static let ofMerge: Set<FactKind> = [.contactsMerged, .contactsSeparated, .pairDecided]

    static let reaction = Reaction(on: .contactsSeparated) { fact, change in
        guard let id = fact.number("edge"), let edge = try IdentityEdge.find(id, change.conn) else { return }
        let members = try Cluster.members(of: edge.from, change.conn) + Cluster.members(of: edge.into, change.conn)
        let kept = Set(try Cluster.members(of: edge.into, change.conn))
        for one in try facts(edge, among: members, until: fact.id - 1, change.conn) {
            try wait(for: one, edge, kept, change)
        }
    }

    /// What was recorded about these records since they were merged, oldest first, without what the merge itself gave.
    static func facts(_ edge: IdentityEdge, among members: [ContactID], until last: Int64, _ conn: Connection) throws -> [Fact] {
        guard let first = edge.fact else { return [] }
        let found = try FactLog.timeline(of: members.map(Subject.contact), after: first, until: last, limit: .max, conn)
        return found.reversed().filter { fact in
            !ofMerge.contains(fact.kind) && fact.text("how") != ContactWriter.How.merge.rawValue && fact.number("edge") == nil
        }
    }

    private static func wait(for fact: Fact, _ edge: IdentityEdge, _ kept: Set<ContactID>, _ change: Change) throws {
        var place: (case: Int64, contact: ContactID, type: String)?
        if fact.kind == .contactAdded, fact.origin != .imported, let contact = fact.number("contact").map({ ContactID($0) }),
            kept.contains(contact),
            try GrantWriter(change).remove(contact, from: CaseID(fact.subject.id), type: fact.text("type"))
        {
            place = (fact.subject.id, contact, fact.text("type"))
        }
        try change.conn.run(
            """
            INSERT INTO since_merge (edge_id, fact_id, case_id, contact_id, contact_type, state, created_at)
            VALUES (\(edge.id), \(fact.id), \(place?.case), \(place?.contact), \(optional: place?.type), \(State.waiting), \(change.now))
            ON CONFLICT DO NOTHING
            """)
    }

    static func count(of edge: Int64, _ conn: Connection) throws(DatabaseError) -> Int {
        try conn.value("SELECT COUNT(*) FROM since_merge WHERE edge_id = \(edge) AND state = 'waiting'") ?? 0
    }

    static func all(of edge: Int64, _ conn: Connection) throws -> [SinceMerge] {
        try conn.rows("SELECT \(columns) FROM since_merge WHERE edge_id = \(edge) ORDER BY fact_id").map(SinceMerge.init)
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
        let decided = try change.conn.run(
            """
            UPDATE since_merge SET state = \(state), given_to = \(contact), decided_by = \(change.principal.actor),
                decided_at = \(change.now)
            WHERE id = \(id) AND state = 'waiting'
            """)
        guard decided > 0 else { throw Refusal("cleanUp.since.decided") }
        guard let place, let contact, let type = change.city.pack.contactType(place.type) else { return }
        if contact == place.contact {
            try GrantWriter(change).putBack(contact, on: place.caseID, as: type)
        } else {
            try GrantWriter(change).add(contact, to: place.caseID, as: type)
        }
    }
}
