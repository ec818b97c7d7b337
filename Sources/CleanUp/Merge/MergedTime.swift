internal import Cases
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// What was recorded about two records, and others that were one with them, while they were one. It is counted before a merge is taken
/// back and waits for a decision afterwards.
struct MergedTime: Sendable {
    let edge: IdentityEdge
    let members: [ContactID]
    /// The last fact of that time.
    var last: Int64 = .max

    /// Facts about the merge itself, which nobody need decide.
    private static let ofMerge: [FactKind] = [.contactsMerged, .contactsSeparated, .pairDecided]
    /// Facts that a merge leads to when they carry an edge: what was given by one, and its end.
    private static let ofEdge: [FactKind] = [
        .contactLinked, .contactUnlinked, .memberJoined, .memberLeft, .memberRoleChanged, .memberInvitationWithdrawn,
    ]

    static let reaction = Reaction(on: .contactsSeparated) { fact, change in
        guard let id = fact.number("edge"), let edge = try IdentityEdge.find(id, change.conn) else { return }
        let members = try Cluster.members(of: edge.from, change.conn) + Cluster.members(of: edge.into, change.conn)
        try MergedTime(edge: edge, members: members, last: fact.id - 1).wait(change)
    }

    /// How much would wait.
    func count(_ conn: Connection) throws -> Int {
        guard let facts = try facts(conn) else { return 0 }
        return try conn.value("SELECT COUNT(*) FROM fact f WHERE \(facts)") ?? 0
    }

    /// Every fact waits until a steward says whose it is. Who was put on a case by name meanwhile is off it until then, because the name
    /// may have meant the other.
    private func wait(_ change: Change) throws {
        guard let facts = try facts(change.conn) else { return }
        try change.conn.run(
            """
            INSERT INTO since_merge (edge_id, fact_id, state, created_at)
            SELECT CAST(\(edge.id) AS BIGINT), f.id, CAST(\(SinceMerge.State.waiting) AS TEXT), CAST(\(change.now) AS BIGINT)
            FROM fact f WHERE \(facts) ORDER BY f.id
            ON CONFLICT DO NOTHING
            """)
        for (place, fact) in try places(change.conn) {
            guard try GrantWriter(change).remove(place.contact, from: place.caseID, type: place.type) else { continue }
            try change.conn.run(
                """
                UPDATE since_merge SET case_id = \(place.caseID), contact_id = \(place.contact), contact_type = \(place.type)
                WHERE edge_id = \(edge.id) AND fact_id = \(fact)
                """)
        }
    }

    /// What was recorded, as a condition on `fact f`; nil of an edge of an older version, which says nothing of when it was made.
    private func facts(_ conn: Connection) throws -> SQL? {
        guard let first = edge.fact else { return nil }
        let byMerge = try recorded(MergedTime.ofEdge, conn).filter { fact in
            fact.number("edge") != nil || fact.text("how") == ContactWriter.How.merge.rawValue
        }
        return """
            f.id IN (\(FactLog.ids(of: members.map(Subject.contact), after: first, until: last)))
            AND f.kind NOT IN \(list: MergedTime.ofMerge.map(\.rawValue)) AND f.id NOT IN \(list: byMerge.map(\.id))
            """
    }

    /// Newest first.
    private func recorded(_ kinds: [FactKind], _ conn: Connection) throws -> [Fact] {
        guard let first = edge.fact else { return [] }
        return try FactLog.timeline(
            of: members.map(Subject.contact), after: first, until: last, kinds: kinds, limit: .max, conn)
    }

    private struct Place: Hashable {
        let caseID: CaseID
        let contact: ContactID
        let type: String
    }

    /// Where a record of the side that kept its face was put on a case by name, with the newest fact of each place. What came by an exact
    /// key (an import) is no question, and neither is what people did for a record that is their own, merged or not.
    private func places(_ conn: Connection) throws -> [(place: Place, fact: Int64)] {
        let kept = try Cluster.members(of: edge.into, conn)
        var newest: [Place: Fact] = [:]
        for fact in try recorded([.contactAdded], conn) {
            guard let contact = fact.number("contact").map({ ContactID($0) }), kept.contains(contact) else { continue }
            let place = Place(caseID: CaseID(fact.subject.id), contact: contact, type: fact.text("type"))
            if newest[place] == nil { newest[place] = fact }
        }
        let own = try OwnGround.all(of: Array(Set(newest.values.compactMap(MergedTime.account))), at: kept, conn)
        return newest.filter { place, fact in
            guard fact.origin != .imported else { return false }
            return MergedTime.account(fact).map { !own.contains(OwnGround(account: $0, contact: place.contact)) } ?? true
        }.map { (place: $0.key, fact: $0.value.id) }.sorted { $0.fact < $1.fact }
    }

    /// The person who did it, on the public side.
    private static func account(_ fact: Fact) -> AccountID? {
        guard fact.actor.hasPrefix("account:") else { return nil }
        return Int64(fact.actor.dropFirst("account:".count)).map { AccountID($0) }
    }
}
