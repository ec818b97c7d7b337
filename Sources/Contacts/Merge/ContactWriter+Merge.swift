public import Core
internal import Database
public import Primitives

// Saying that two records are one, and taking it back (B9). Nothing on either record changes, no case moves, and nobody sees more by
// it: what somebody gains is listed and given one by one (`MergeGain`).
extension ContactWriter {
    /// Shows one record, and whatever is one with it, under the face of another.
    /// - Parameters:
    ///   - from: the record that lives on under the other's face.
    ///   - survivor: the record whose face and public id stay.
    ///   - chosen: parts of the name that come from another record than the survivor's.
    ///   - evidence: how we know, for the history.
    /// - Throws: a refusal when they are one already, or are not of one kind.
    @discardableResult
    public func merge(
        _ from: ContactID, into survivor: ContactID, chosen: [FaceField: ContactID] = [:], evidence: String
    ) throws -> IdentityEdge {
        let conn = change.conn
        let (lower, upper) = (try Contact.survivor(of: from, conn), try Contact.survivor(of: survivor, conn))
        guard lower != upper else { throw Refusal("contacts.merge.alreadyOne") }
        guard let one = try Contact.live(lower, conn), let other = try Contact.live(upper, conn) else { throw NotFound() }
        guard one.kind == other.kind else { throw Refusal("contacts.merge.otherKind") }
        let both = try Set(Cluster.members(of: lower, conn) + Cluster.members(of: upper, conn))
        let taken = chosen.filter { both.contains($0.value) && $0.value != upper }
        let stored = JSON.object(
            Dictionary(uniqueKeysWithValues: taken.map { ($0.key.rawValue, JSON.integer($0.value.value)) }))
        let edge = try conn.insert(
            """
            INSERT INTO identity_edge (from_contact, to_contact, chosen, evidence, actor, since)
            VALUES (\(lower), \(upper), \(stored.description), \(evidence), \(change.principal.actor), \(change.now))
            RETURNING id
            """)
        let before = try [lower, upper].map { try Contact.shown($0, conn)?.name ?? "" }
        try Forest(around: [lower, upper], conn).store(conn)
        let shown = try Contact.shown(upper, conn)?.name ?? ""
        let fact = try change.record(
            NewFact(
                .contactsMerged, about: .contact(upper), and: Forest.references(both, without: upper),
                [
                    "name": .string(before[1]), "other": .string(before[0]), "shown": .string(shown), "edge": .integer(edge),
                    "from": .integer(lower.value), "into": .integer(upper.value),
                ], why: evidence))
        try conn.run("UPDATE identity_edge SET fact_id = \(fact.id) WHERE id = \(edge)")
        guard let made = try IdentityEdge.find(edge, conn) else { throw NotFound() }
        return made
    }

    /// Takes a merge back: each side has its own face again, and whoever gained something by it has it no more.
    /// - Throws: a refusal when that was done already.
    public func separate(_ edge: IdentityEdge, why: String) throws {
        let conn = change.conn
        let before = try Cluster.members(of: edge.from, conn)
        let ended = try conn.run(
            """
            UPDATE identity_edge SET until = \(change.now), ended_by = \(change.principal.actor), ended_why = \(why)
            WHERE id = \(edge.id) AND until IS NULL
            """)
        guard ended > 0 else { throw Refusal("contacts.merge.alreadyApart") }
        try Forest(around: before, conn).store(conn)
        for given in try MergeGiven.ending(with: edge, conn) { try end(given, why: why) }
        let (from, into) = (try Contact.shown(edge.from, conn), try Contact.shown(edge.into, conn))
        try change.record(
            NewFact(
                .contactsSeparated, about: .contact(edge.into), and: Forest.references(Set(before), without: edge.into),
                [
                    "name": .string(into?.name ?? ""), "other": .string(from?.name ?? ""), "edge": .integer(edge.id),
                    "from": .integer(edge.from.value), "into": .integer(edge.into.value),
                ], why: why))
    }
}

extension Forest {
    static func references(_ contacts: Set<ContactID>, without subject: ContactID) -> [Subject] {
        contacts.filter { $0 != subject }.sorted { $0.value < $1.value }.map(Subject.contact)
    }

    /// A corrected record is shown under its corrected name, also where others stand under its face.
    static let reaction = Reaction.atEnd(on: .recordCorrected, "contact.corrected-by-import") { facts, change in
        let corrected = Set(facts.map(\.subject.id)).sorted()
        let merged: [ContactID] = try change.conn.rows(
            """
            SELECT k.contact_id FROM contact_cluster k WHERE k.contact_id IN \(list: corrected) AND EXISTS (
                SELECT 1 FROM contact_cluster o WHERE o.survivor_id = k.survivor_id AND o.contact_id <> k.contact_id)
            """
        ).map { try $0["contact_id"] }
        if !merged.isEmpty { try Forest(around: merged, change.conn).store(change.conn) }
    }
}
