internal import Contacts
internal import Core
internal import Database
internal import Jobs
internal import Matching
internal import Primitives

/// Looks for duplicates of one contact, right after it was made or corrected: by its keys, with what was learned from all contacts.
///
/// It runs as a job of its own. Whoever makes the contact waits for nothing, and nothing in the answer or its time tells whether
/// anybody like them is on file (A2). What an import or a demo city brings waits for the night.
enum RadarLook {
    static let kind: JobKind = "contacts.radar-look"

    static let effect = Effect(on: .contactCreated, .recordCorrected) { fact, change in
        guard fact.subject.kind == .contact else { return }
        try JobQueue.add(NewJob(kind, .integer(fact.subject.id)), at: change.now, change.conn)
    }

    static let job = CityJob(kind) { run, city in
        guard let id = run.payload.integer.map({ ContactID($0) }) else { throw JobHopeless("The job names no contact.") }
        let now = city.clock.now
        let seen = try await city.db.read { conn in try Seen.find(id, conn) }
        guard let seen else { return }
        let found = seen.pairs
        try await city.db.write { conn in
            if seen.isNews { try LookShelf.keep([seen.side], without: [], conn) }
            let stored = Dictionary(
                try PairShelf.of(seen.side.id, conn).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
            for pair in found {
                guard let known = stored[pair.key] else {
                    try PairShelf.add(pair, at: now, conn)
                    continue
                }
                // Of the same values the night's score is the better one.
                guard known.digest != pair.digest || known.hasEnded else { continue }
                try PairShelf.take(PairShelf.step(known, pair, started: now), known, pair, at: now, conn)
            }
            try run.finish(conn)
        }
    }

    /// A contact with those it is compared with.
    private struct Seen: Sendable {
        let side: ContactSide
        let others: [ContactSide]
        let knowledge: MatchKnowledge?
        /// Whether its keys have to be written.
        let isNews: Bool

        static func find(_ id: ContactID, _ conn: Connection) throws -> Seen? {
            let one = try Contact.survivor(of: id, conn)
            guard let side = try ContactSide.find([one], conn).first, side.hasName else { return nil }
            let known: Int64? = try conn.value("SELECT digest FROM contact_look WHERE contact_id = \(one)")
            return Seen(
                side: side, others: try ContactSide.find(LookShelf.candidates(for: side, conn), conn),
                knowledge: try StoredModel.knowledge(conn), isNews: known != side.digest)
        }

        var pairs: [FoundPair] {
            guard let knowledge else { return [] }
            return knowledge.pairs(of: side.matched, with: others.map(\.matched)).compactMap { pair in
                FoundPair(pair, (side.id, side.digest), (others[pair.b - 1].id, others[pair.b - 1].digest))
            }
        }
    }
}
