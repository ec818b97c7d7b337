internal import Contacts
internal import Core

/// Merging two records says that the pair is the same, undoing that says that it is not: both are kept as decisions of a person (B8).
enum PairReaction {
    static let merged = Reaction(on: .contactsMerged) { fact, change in try decide(fact, .same, change) }
    static let separated = Reaction(on: .contactsSeparated) { fact, change in try decide(fact, .different, change) }

    private static func decide(_ fact: Fact, _ decision: PairState, _ change: Change) throws {
        guard let from = fact.number("from"), let into = fact.number("into"),
            let pair = try ContactPair.all([PairKey(ContactID(from), ContactID(into))], change.conn).first
        else { return }
        try PairDecision(change).decide(pair, decision, why: fact.why ?? "")
    }
}
