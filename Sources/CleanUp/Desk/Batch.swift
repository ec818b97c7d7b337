internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// Pairs that a steward wants to merge together. Each is merged by itself, and each says what became of it.
struct Batch: Sendable {
    enum Outcome: String, Sendable, SQLConvertible {
        case waiting, merged
        /// Somebody decided meanwhile, or the records changed so that they are not likely the same any more.
        case changed
        /// Merging was refused, for a reason that `problem` says.
        case refused
        case failed
    }

    struct Pair: Sendable {
        let key: PairKey
        let outcome: Outcome
        let problem: Phrase?
    }

    let id: Int64
    let publicID: PublicID
    let account: AccountID
    let confirmedAt: Instant?
    let pairs: [Pair]

    /// No page lists more.
    static let most = 50

    /// The batch of whoever made it; nil for everybody else.
    static func find(_ publicID: String, of account: AccountID?, _ conn: Connection) throws -> Batch? {
        guard let publicID = PublicID(publicID), let account else { return nil }
        let rows = try conn.rows(
            """
            SELECT m.id, m.confirmed_at, p.a, p.b, p.outcome, p.problem
            FROM merge_batch m JOIN merge_batch_pair p ON p.batch_id = m.id
            WHERE m.public_id = \(publicID) AND m.account_id = \(account) ORDER BY p.a, p.b
            """)
        guard let first = rows.first else { return nil }
        return Batch(
            id: try first["id"], publicID: publicID, account: account, confirmedAt: try first["confirmed_at"],
            pairs: try rows.map { row in
                Pair(
                    key: PairKey(try row["a"], try row["b"]), outcome: try row["outcome"],
                    problem: Phrase(stored: try row["problem"]))
            })
    }

    /// Notes which pairs were ticked. Nothing is merged yet.
    static func make(_ keys: [PairKey], by account: AccountID, _ change: Change) throws -> PublicID {
        let publicID = change.publicID()
        let id = try change.conn.insert(
            """
            INSERT INTO merge_batch (public_id, account_id, created_at) VALUES (\(publicID), \(account), \(change.now))
            RETURNING id
            """)
        for key in keys.sorted() {
            try change.conn.run(
                """
                INSERT INTO merge_batch_pair (batch_id, a, b, outcome, problem)
                VALUES (\(id), \(key.a), \(key.b), 'waiting', '')
                """)
        }
        return publicID
    }
}
