internal import Accounts
internal import Core
internal import Database
internal import Primitives

/// What somebody watches ends with their account (A7): it was theirs alone, and nobody reads it any more.
enum ClosedAccountFollowing {
    static let reaction = Reaction(on: .accountClosed) { fact, change in
        let (account, now) = (fact.subject.id, change.now)
        try change.conn.run("UPDATE case_follow SET until = \(now) WHERE account_id = \(account) AND until IS NULL")
        try change.conn.run(
            """
            UPDATE collection_case SET until = \(now)
            WHERE until IS NULL AND collection_id IN (SELECT id FROM collection WHERE account_id = \(account) AND until IS NULL)
            """)
        try change.conn.run("UPDATE collection SET until = \(now) WHERE account_id = \(account) AND until IS NULL")
    }

    /// Counted as the lists are: a case that is no longer public is not among them.
    static let notes = ClosingNotes(
        order: 45,
        counting: { id, visit in
            [
                "SELECT COUNT(*) FROM (\(Follow.list(of: id, visit.city))) one",
                "SELECT COUNT(*) FROM collection WHERE account_id = \(id) AND until IS NULL",
            ]
        }
    ) { _, counts, _, _ in
        let (follows, collections) = (counts[0], counts[1])
        var notes: [ClosingNotes.Note] = []
        if follows > 0 {
            notes.append(
                .init(.ends, Phrase("following.close.follows", ["count": .number(follows)]), at: FollowingAddresses.list()))
        }
        if collections > 0 {
            notes.append(
                .init(
                    .ends, Phrase("following.close.collections", ["count": .number(collections)]),
                    at: FollowingAddresses.collections()))
        }
        return notes
    }
}
