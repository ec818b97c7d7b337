public import Core
internal import Database
public import Primitives

/// A case that somebody watches without being on it (C5). What they see of it is what everybody sees; while the case is not public,
/// the row rests and nothing shows it.
struct Follow: Sendable {
    let id: PublicID
    let caseID: CaseID
    let number: String
    let since: Instant
    let isLive: Bool

    /// Nobody keeps an eye on more.
    static let most = 100

    /// The newest first.
    static func all(of account: AccountID, _ city: CityContext, _ conn: Connection) throws(DatabaseError) -> [Follow] {
        try conn.rows(list(of: account, city)).map { row throws(DatabaseError) in try Follow(row) }
    }

    static func list(of account: AccountID, _ city: CityContext) -> SQL {
        """
        SELECT \(columns) FROM case_follow f CROSS JOIN case_record c
        WHERE f.account_id = \(account) AND f.until IS NULL AND c.id = f.case_id AND \(isPublic(city)) ORDER BY f.id DESC
        """
    }

    /// One of this account's, also one that ended; nil while its case is not public.
    static func find(
        _ id: PublicID, of account: AccountID, _ city: CityContext, _ conn: Connection
    ) throws(DatabaseError) -> Follow? {
        try conn.row(
            """
            SELECT \(columns) FROM case_follow f CROSS JOIN case_record c
            WHERE f.public_id = \(id) AND f.account_id = \(account) AND c.id = f.case_id AND \(isPublic(city))
            """
        ).map { row throws(DatabaseError) in try Follow(row) }
    }

    private static let columns: SQL = """
        f.public_id, f.case_id, f.since, c.number, CASE WHEN f.until IS NULL THEN 1 ELSE 0 END AS is_live
        """

    private static func isPublic(_ city: CityContext) -> SQL { city.access.visible("case.public-view", to: .guest, alias: "c") }

    private init(_ row: Row) throws(DatabaseError) {
        id = try row["public_id"]
        caseID = try row["case_id"]
        number = try row["number"]
        since = try row["since"]
        isLive = try row["is_live"]
    }
}

/// Begins and ends it, for one account.
public struct FollowWriter {
    private let change: Change
    private let account: AccountID

    public init(_ change: Change, for account: AccountID) {
        self.change = change
        self.account = account
    }

    /// Nothing happens when it is followed already.
    /// - Throws: `NotFound` for a case that not everybody may see, a `Refusal` when there are as many as somebody can follow.
    public func begin(_ id: CaseID) throws {
        guard try change.city.access.may("case.public-view", .guest, on: id.value, change.conn) else { throw NotFound() }
        let followed = try Follow.all(of: account, change.city, change.conn)
        guard !followed.contains(where: { $0.caseID == id }) else { return }
        guard followed.count < Follow.most else { throw Refusal("following.tooMany", ["most": .number(Follow.most)]) }
        let count = try change.conn.run(
            """
            INSERT INTO case_follow (public_id, account_id, case_id, since)
            VALUES (\(change.publicID()), \(account), \(id), \(change.now)) ON CONFLICT DO NOTHING
            """)
        guard count > 0 else { return }
        try change.record(NewFact(.caseFollowed, about: .account(account), ["case": .integer(id.value)]))
    }

    func end(_ id: CaseID) throws {
        let count = try change.conn.run(
            """
            UPDATE case_follow SET until = \(change.now)
            WHERE account_id = \(account) AND case_id = \(id) AND until IS NULL
            """)
        if count > 0 {
            try change.record(NewFact(.caseUnfollowed, about: .account(account), ["case": .integer(id.value)]))
        }
    }
}

extension Change {
    /// Counts one more change to what an account watches.
    func countFollowing(_ account: AccountID) throws {
        guard try allows(.following, account.description) else { throw Refusal.tooMany }
    }
}
