internal import Cases
internal import Core
internal import Database
public import Primitives

/// Somebody's own folder over cases (C5): any that they may see, by whatever way. It gives no right, and a case that they may not see
/// any more is not in it for them, nor counted.
public struct CaseCollection: Sendable {
    let key: Int64
    public let id: PublicID
    let title: String
    let until: Instant?

    static let most = 50
    static let mostCases = 500
    static let longestTitle = 80
    static let perPage = 25

    /// One of this account's, also one that was removed.
    static func find(_ id: PublicID, of account: AccountID, _ conn: Connection) throws(DatabaseError) -> CaseCollection? {
        try conn.row(
            """
            SELECT id, public_id, title, until FROM collection WHERE public_id = \(id) AND account_id = \(account)
            """
        ).map { row throws(DatabaseError) in try CaseCollection(row) }
    }

    /// All that live, by name.
    static func all(of account: AccountID, _ conn: Connection) throws(DatabaseError) -> [CaseCollection] {
        try conn.rows(
            "SELECT id, public_id, title, until FROM collection WHERE account_id = \(account) AND until IS NULL"
        ).map { row throws(DatabaseError) in try CaseCollection(row) }.sorted { $0.title.lowercased() < $1.title.lowercased() }
    }

    init(_ row: Row) throws(DatabaseError) {
        key = try row["id"]
        id = try row["public_id"]
        title = try row["title"]
        until = try row["until"]
    }

    // MARK: What is in it

    /// How many cases each holds that the principal may see, by key; none stands for 0.
    static func counts(
        of account: AccountID, _ city: CityContext, _ principal: Principal, _ conn: Connection
    ) throws(DatabaseError) -> [Int64: Int] {
        var counts: [Int64: Int] = [:]
        for row in try conn.rows(CaseCollection.counts(of: account, city, principal)) {
            let (key, total): (Int64, Int) = (try row["id"], try row["total"])
            counts[key] = total
        }
        return counts
    }

    static func counts(of account: AccountID, _ city: CityContext, _ principal: Principal) -> SQL {
        """
        SELECT k.id, COUNT(*) AS total FROM collection k CROSS JOIN collection_case m CROSS JOIN case_record c
        WHERE k.account_id = \(account) AND k.until IS NULL AND m.collection_id = k.id AND m.until IS NULL AND c.id = m.case_id
            AND \(city.access.visible("case.view", to: principal, alias: "c"))
        GROUP BY k.id
        """
    }

    /// What the principal sees of it: the newest first, each as its party or as everybody sees it.
    struct Page: Sendable {
        var cases: [CaseSummary] = []
        var count = 0
    }

    func page(
        _ number: Int, size: Int = perPage, _ city: CityContext, _ principal: Principal, _ conn: Connection
    ) throws -> Page {
        let rows = try conn.rows(listing(city, principal, limit: size, offset: (number - 1) * size))
        var own: Set<CaseID> = []
        var ids: [CaseID] = []
        for row in rows {
            let id: CaseID = try row["id"]
            ids.append(id)
            if try row["is_own"] { own.insert(id) }
        }
        let asParty = try CaseSummary.find(ids.filter(own.contains), for: .party, city, conn)
        let asPublic = try CaseSummary.find(ids.filter { !own.contains($0) }, for: .public, city, conn)
        let byID = Dictionary((asParty + asPublic).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return Page(cases: ids.compactMap { byID[$0] }, count: try rows.first?["total"] ?? 0)
    }

    func listing(_ city: CityContext, _ principal: Principal, limit: Int, offset: Int) -> SQL {
        """
        SELECT c.id, COUNT(*) OVER () AS total,
            CASE WHEN \(city.access.visible("case.party-view", to: principal, alias: "c")) THEN 1 ELSE 0 END AS is_own
        FROM collection_case m CROSS JOIN case_record c
        WHERE m.collection_id = \(key) AND m.until IS NULL AND c.id = m.case_id
            AND \(city.access.visible("case.view", to: principal, alias: "c"))
        ORDER BY c.active_on DESC, c.id DESC LIMIT \(limit) OFFSET \(offset)
        """
    }
}
