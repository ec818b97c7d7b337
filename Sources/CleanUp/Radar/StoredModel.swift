internal import Core
internal import Database
internal import Foundation
internal import Matching
internal import Primitives

/// What the last look at all contacts learned, and what it expects of its own bands.
struct StoredModel: Sendable {
    let madeAt: Instant
    let contacts: Int
    let samePairs: Int
    /// Of the pairs in `same`, how many are expected to be two, in thousandths of a pair.
    let sameWrong: Int
    let reviewPairs: Int
    /// Of the pairs to decide, how many are expected to be one, in thousandths of a pair.
    let reviewRight: Int

    private static let kept = 3

    /// The newest; nil before the first look.
    static func last(_ conn: Connection) throws -> StoredModel? {
        try conn.row(
            """
            SELECT made_at, contacts, same_pairs, same_wrong, review_pairs, review_right FROM match_model ORDER BY id DESC LIMIT 1
            """
        ).map(StoredModel.init)
    }

    private init(row: Row) throws(DatabaseError) {
        (madeAt, contacts, samePairs) = (try row["made_at"], try row["contacts"], try row["same_pairs"])
        (sameWrong, reviewPairs, reviewRight) = (try row["same_wrong"], try row["review_pairs"], try row["review_right"])
    }

    /// - Parameter found: every pair of the look.
    init(at now: Instant, contacts: Int, _ found: [FoundPair]) {
        (madeAt, self.contacts) = (now, contacts)
        let same = found.filter { $0.band == .same }
        let review = found.filter { $0.band == .review }
        (samePairs, reviewPairs) = (same.count, review.count)
        sameWrong = Int((1000 * same.reduce(0) { $0 + StoredModel.chance(-$1.tenths) }).rounded())
        reviewRight = Int((1000 * review.reduce(0) { $0 + StoredModel.chance($1.tenths) }).rounded())
    }

    /// How likely a score of tenths of a bit means one person: 1 / (1 + 2^-score).
    private static func chance(_ tenths: Int) -> Double { 1 / (1 + exp2(-Double(tenths) / 10)) }

    static func knowledge(_ conn: Connection) throws -> MatchKnowledge? {
        let text: String? = try conn.value("SELECT knowledge FROM match_model ORDER BY id DESC LIMIT 1")
        return text.flatMap { JSON(parsing: $0) }.flatMap(MatchKnowledge.init(json:))
    }

    func store(_ knowledge: MatchKnowledge, _ conn: Connection) throws {
        try conn.run(
            """
            INSERT INTO match_model (made_at, contacts, same_pairs, same_wrong, review_pairs, review_right, knowledge)
            VALUES (\(madeAt), \(contacts), \(samePairs), \(sameWrong), \(reviewPairs), \(reviewRight),
                    \(knowledge.json.description))
            """)
        try conn.run(
            "DELETE FROM match_model WHERE id <= (SELECT MAX(id) FROM match_model) - \(StoredModel.kept)")
    }
}
