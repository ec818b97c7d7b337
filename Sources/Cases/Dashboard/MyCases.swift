internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// The lists of the dashboard (D4). They overlap: Attention goes by reasons, Recent by date.
enum DashboardBucket: String, Sendable, CaseIterable {
    case attention, pending, active, recent, drafts
}

/// The cases an account has a part in, found from its grants, so that a large city costs nothing.
struct MyCases {
    /// How long something that happened counts as recent.
    static let recentDays = 60

    let account: AccountID
    let city: CityContext
    let principal: Principal
    let today: CivilDate

    struct Listed: Sendable {
        var ids: [CaseID] = []
        var count = 0
    }

    init(account: AccountID, city: CityContext, principal: Principal, today: CivilDate) {
        self.account = account
        self.city = city
        self.principal = principal
        self.today = today
    }

    /// nil for anybody but a person of the public who signed in.
    init?(_ visit: Visit) {
        guard let account = visit.principal.account else { return nil }
        self.init(account: account, city: visit.city, principal: visit.principal, today: visit.today)
    }

    /// Every bucket with its newest cases and how many there are, in one statement.
    func buckets(limit: Int, _ conn: Connection) throws -> [DashboardBucket: Listed] {
        var found: [DashboardBucket: Listed] = [:]
        try conn.each(bucketsSQL(limit: limit)) { row in
            guard let bucket = DashboardBucket(rawValue: try row["bucket_name"]) else { return }
            found[bucket, default: Listed()].ids.append(try row["id"])
            found[bucket, default: Listed()].count = try row["total"]
        }
        return found
    }

    func bucketsSQL(limit: Int) -> SQL {
        let lists = DashboardBucket.allCases.map { bucket -> SQL in
            """
            SELECT bucket_name, id, position, total FROM (
                SELECT \(bucket.rawValue) AS bucket_name, m.id AS id, COUNT(*) OVER () AS total,
                       ROW_NUMBER() OVER (ORDER BY m.active_on DESC, m.id DESC) AS position
                FROM mine m WHERE \(condition(bucket))
                ORDER BY m.active_on DESC, m.id DESC LIMIT \(limit)) listed
            """
        }
        return "\(mine) \(lists.joined(separator: " UNION ALL ")) ORDER BY bucket_name, position"
    }

    /// One page of a bucket, or of all my cases, the newest first.
    func page(_ bucket: DashboardBucket?, limit: Int, offset: Int, _ conn: Connection) throws -> Listed {
        let filter: SQL = bucket.map(condition) ?? "1 = 1"
        let rows = try conn.rows(
            """
            \(mine) SELECT m.id, COUNT(*) OVER () AS total FROM mine m WHERE \(filter)
            ORDER BY m.active_on DESC, m.id DESC LIMIT \(limit) OFFSET \(offset)
            """)
        if let total: Int = try rows.first?["total"] { return Listed(ids: try rows.map { try $0["id"] }, count: total) }
        // Nothing here, or a page behind the last.
        guard offset > 0 else { return Listed(ids: [], count: 0) }
        return Listed(ids: [], count: try conn.value("\(mine) SELECT COUNT(*) FROM mine m WHERE \(filter)") ?? 0)
    }

    /// Driven from the grants of my contacts and organizations (an index read); the access rule then decides.
    private var mine: SQL {
        """
        WITH granted (case_id) AS (
            SELECT g.case_id FROM contact_link l JOIN case_grant g ON g.contact_id = l.contact_id AND g.until IS NULL
            WHERE l.account_id = \(account) AND l.until IS NULL
            UNION
            SELECT g.case_id FROM membership s JOIN case_grant g ON g.contact_id = s.organization_id AND g.until IS NULL
            WHERE s.account_id = \(account) AND s.until IS NULL AND s.scope = \(Membership.Scope.all)
            UNION
            SELECT g.case_id FROM membership s
                JOIN case_associate a ON a.membership_id = s.id AND a.until IS NULL
                JOIN case_grant g ON g.id = a.grant_id AND g.until IS NULL
            WHERE s.account_id = \(account) AND s.until IS NULL AND s.scope = \(Membership.Scope.chosen)),
        mine (id, bucket, active_on, needs_attention) AS MATERIALIZED (
            SELECT c.id, c.bucket, c.active_on,
                   CASE WHEN EXISTS (SELECT 1 FROM case_attention n WHERE n.case_id = c.id AND n.until IS NULL) THEN 1 ELSE 0 END
            FROM granted CROSS JOIN case_record c
            WHERE c.id = granted.case_id AND \(city.access.visible("case.party-view", to: principal, alias: "c")))
        """
    }

    private func condition(_ bucket: DashboardBucket) -> SQL {
        switch bucket {
        case .attention: "m.needs_attention = 1"
        case .pending: "m.bucket = 'pending'"
        case .active: "m.bucket = 'active'"
        case .recent: "m.active_on >= \(today.adding(days: -MyCases.recentDays))"
        case .drafts: "m.bucket = 'draft'"
        }
    }
}
