internal import Accounts
internal import Contacts
internal import Core
internal import Database
internal import Matching
internal import Primitives

/// A likely duplicate as the desk shows it.
struct ContactPair: Sendable {
    let key: PairKey
    let publicIDs: (a: String, b: String)
    let names: (a: String, b: String)
    let kinds: (a: Contact.Kind, b: Contact.Kind)
    let tenths: Int
    let band: MatchBand
    let weights: PairWeights?
    let state: PairState
    let foundAt: Instant
    let decidedAt: Instant?
    let why: String
    /// Who decided; nil when nobody did or the merge itself says it.
    let decidedBy: String?
    /// Both still stand for themselves: neither ended nor was merged into another.
    let isLive: Bool

    var areCompanies: Bool { kinds.a == .company && kinds.b == .company }
    var arePeople: Bool { kinds.a == .person && kinds.b == .person }
    /// A person and a company are never one record.
    var canBeOne: Bool { kinds.a == kinds.b }

    init(row: Row) throws {
        key = PairKey(try row["a"], try row["b"])
        publicIDs = (try row["public_a"], try row["public_b"])
        kinds = (try row["kind_a"], try row["kind_b"])
        names = (try ContactPair.name(row, "a", kinds.a), try ContactPair.name(row, "b", kinds.b))
        (tenths, state, foundAt) = (try row["score"], try row["state"], try row["found_at"])
        band = MatchBand(rawValue: try row["band"]) ?? .review
        weights = PairWeights(text: try row["weights"])
        (decidedAt, why) = (try row["decided_at"], try row["why"])
        let first: String? = try row["by_first"]
        let last: String? = try row["by_last"]
        decidedBy = first.map { tidied("\($0) \(last ?? "")") }
        isLive = try row["is_live"]
    }

    private static func name(_ row: Row, _ side: String, _ kind: Contact.Kind) throws(DatabaseError) -> String {
        let company: String = try row["company_\(side)"]
        let person = tidied("\(try row["first_\(side)"] as String) \(try row["last_\(side)"] as String)")
        return kind == .company && !company.isEmpty || person.isEmpty ? company : person
    }

    static let columns: SQL = """
        p.a, p.b, p.score, p.band, p.weights, p.state, p.found_at, p.decided_at, p.why,
        x.public_id AS public_a, x.kind AS kind_a, x.company_name AS company_a, x.first_name AS first_a, x.last_name AS last_a,
        y.public_id AS public_b, y.kind AS kind_b, y.company_name AS company_b, y.first_name AS first_b, y.last_name AS last_b,
        w.first_name AS by_first, w.last_name AS by_last,
        CASE WHEN xk.survivor_id = p.a AND yk.survivor_id = p.b AND x.until IS NULL AND y.until IS NULL THEN 1 ELSE 0 END AS is_live
        """

    static let joins: SQL = """
        JOIN contact x ON x.id = p.a JOIN contact y ON y.id = p.b
        JOIN contact_cluster xk ON xk.contact_id = p.a JOIN contact_cluster yk ON yk.contact_id = p.b
        LEFT JOIN account w ON w.id = p.decided_by
        """

    /// Merged ones vanish at once, whoever merged them.
    static let live: SQL = "xk.survivor_id = p.a AND yk.survivor_id = p.b AND x.until IS NULL AND y.until IS NULL"

    /// By the outside names of the two, in any order.
    static func find(_ one: String, _ other: String, _ conn: Connection) throws -> ContactPair? {
        guard let one = PublicID(one), let other = PublicID(other) else { return nil }
        return try conn.row(
            """
            SELECT \(columns) FROM contact_pair p \(joins)
            WHERE p.a = (SELECT MIN(id) FROM contact WHERE public_id IN (\(one), \(other)))
                AND p.b = (SELECT MAX(id) FROM contact WHERE public_id IN (\(one), \(other)))
            """
        ).map(ContactPair.init)
    }

    /// Those of a band that are still open, by their keys.
    static func open(_ keys: [PairKey], _ band: MatchBand, _ conn: Connection) throws -> [ContactPair] {
        let wanted = Set(keys)
        return try conn.rows(
            """
            SELECT \(columns) FROM contact_pair p \(joins)
            WHERE p.a IN \(list: Set(keys.map(\.a.value)).sorted()) AND p.state = 'open' AND p.until IS NULL
                AND p.band = \(band.rawValue) AND \(live)
            ORDER BY p.score DESC, p.a DESC, p.b DESC
            """
        ).map(ContactPair.init).filter { wanted.contains($0.key) }
    }

    /// By their keys, whatever became of them.
    static func all(_ keys: [PairKey], _ conn: Connection) throws -> [ContactPair] {
        let wanted = Set(keys)
        return try conn.rows(
            """
            SELECT \(columns) FROM contact_pair p \(joins) WHERE p.a IN \(list: Set(keys.map(\.a.value)).sorted())
            ORDER BY p.score DESC, p.a DESC, p.b DESC
            """
        ).map(ContactPair.init).filter { wanted.contains($0.key) }
    }

    /// How many wait for a steward, counted up to a thousand, and since when the oldest does.
    static func waiting(_ conn: Connection) throws -> (count: Int, oldest: Instant?) {
        let row = try conn.row(
            """
            SELECT COUNT(*) AS count, MIN(found_at) AS oldest FROM (
                SELECT * FROM (
                    SELECT p.found_at FROM contact_pair p \(joins) WHERE p.state = 'open' AND p.until IS NULL AND \(live)
                    LIMIT 1000) pairs
                UNION ALL SELECT created_at FROM merge_proposal WHERE state = 'waiting'
                UNION ALL SELECT created_at FROM since_merge WHERE state = 'waiting') waiting
            """)
        guard let row else { return (0, nil) }
        return (try row["count"], try row["oldest"])
    }
}
