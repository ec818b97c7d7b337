internal import Contacts
internal import Core
internal import Database
internal import Matching
internal import Primitives

/// Merges the pairs of a batch, each in a transaction of its own: one that cannot be merged stops no other.
struct BatchMerge: Sendable {
    typealias Merge = @Sendable (_ from: ContactID, _ into: ContactID, _ evidence: String, _ change: Change) throws -> Int64

    /// The one place where a batch meets merging: makes `from` and `into` one and gives the key of the edge.
    static let merge: Merge = { from, into, evidence, change in
        try ContactWriter(change).merge(from, into: into, evidence: evidence).id
    }

    let city: CityContext
    let principal: Principal
    var merge: Merge = BatchMerge.merge

    /// Run again, it goes on where it stopped.
    func run(_ batch: Batch) async throws {
        for pair in batch.pairs where pair.outcome == .waiting {
            do {
                try await city.write(as: principal) { change in try one(pair.key, in: batch.id, change) }
            } catch let refusal as Refusal {
                try await note(.refused, refusal.phrase, pair.key, batch.id)
            } catch let error as CancellationError {
                throw error
            } catch {
                city.log.warning("a pair of a batch was not merged", metadata: ["error": "\(error)"])
                try await note(.failed, nil, pair.key, batch.id)
            }
        }
        let now = city.clock.now
        try await city.db.write { conn in
            try conn.run("UPDATE merge_batch SET confirmed_at = \(now) WHERE id = \(batch.id) AND confirmed_at IS NULL")
        }
    }

    private func one(_ key: PairKey, in batch: Int64, _ change: Change) throws {
        let isOurs = try change.conn.run(
            """
            UPDATE merge_batch_pair SET outcome = 'changed'
            WHERE batch_id = \(batch) AND a = \(key.a) AND b = \(key.b) AND outcome = 'waiting'
            """)
        guard isOurs == 1, let pair = try ContactPair.open([key], .same, change.conn).first, pair.canBeOne else { return }
        try PairDecision(change).decide(pair, .same)
        // The older record is the one that stays in front.
        let edge = try merge(key.b, key.a, PairWords(change.city.voice(.english)).evidence(pair), change)
        try change.conn.run(
            """
            UPDATE merge_batch_pair SET outcome = 'merged', edge_id = \(edge)
            WHERE batch_id = \(batch) AND a = \(key.a) AND b = \(key.b)
            """)
    }

    private func note(_ outcome: Batch.Outcome, _ problem: Phrase?, _ key: PairKey, _ batch: Int64) async throws {
        try await city.db.write { conn in
            try conn.run(
                """
                UPDATE merge_batch_pair SET outcome = \(outcome), problem = \(problem?.stored ?? "")
                WHERE batch_id = \(batch) AND a = \(key.a) AND b = \(key.b) AND outcome = 'waiting'
                """)
        }
    }
}
