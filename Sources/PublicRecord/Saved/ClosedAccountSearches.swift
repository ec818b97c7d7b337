internal import Accounts
internal import Core
internal import Database
internal import Primitives

/// Saved searches end with the account that keeps them (A7).
extension SavedSearch {
    static let endWithAccount = Reaction(on: .accountClosed) { fact, change in
        try change.conn.run(
            "UPDATE saved_search SET until = \(change.now) WHERE account_id = \(fact.subject.id) AND until IS NULL")
    }

    static let closingNotes = ClosingNotes(
        order: 40, counting: { id, _ in ["SELECT COUNT(*) FROM saved_search WHERE account_id = \(id) AND until IS NULL"] }
    ) { _, counts, _, _ in
        counts[0] == 0 ? [] : [.init(.ends, Phrase("publicRecord.close.searches", ["count": .number(counts[0])]))]
    }
}
