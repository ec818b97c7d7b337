internal import Core
internal import Database
internal import Primitives

/// Security events to look through: the newest first, of one kind, one person or one place, a page at a time.
struct SecurityEventSearch: Sendable {
    static let perPage = 50

    let kind: SecurityEvent.Kind?
    let account: AccountID?
    /// An address that somebody typed, as events keep it.
    let typedHash: String?
    let network: String?
    /// Only what was over before that moment.
    let before: Instant?

    struct Entry: Sendable {
        let kind: SecurityEvent.Kind
        let account: AccountID?
        let name: String
        let typedHash: String
        let way: String
        let network: String
        let route: String
        let subject: String
        let times: Int
        let firstAt: Instant
        let lastAt: Instant
        let request: String

        init?(row: Row) throws(DatabaseError) {
            // One of a later version is not shown by an earlier one.
            guard let kind = SecurityEvent.Kind(rawValue: try row["kind"]) else { return nil }
            self.kind = kind
            let id: Int64 = try row["account_id"]
            account = id == 0 ? nil : AccountID(id)
            name = try row["name"]
            typedHash = try row["typed_hash"]
            way = try row["way"]
            network = try row["network"]
            route = try row["route"]
            subject = try row["subject"]
            times = try row["times"]
            firstAt = try row["first_at"]
            lastAt = try row["last_at"]
            request = try row["request_id"]
        }
    }

    struct Page: Sendable {
        let entries: [Entry]
        /// Where the next page begins; nil on the last one.
        let next: Instant?
    }

    func page(_ conn: Connection) throws -> Page {
        let rows = try conn.rows(list(limit: SecurityEventSearch.perPage + 1))
        let entries = try rows.prefix(SecurityEventSearch.perPage).compactMap { try Entry(row: $0) }
        return Page(entries: entries, next: rows.count > SecurityEventSearch.perPage ? entries.last?.lastAt : nil)
    }

    func list(limit: Int) -> SQL {
        var conditions: [SQL] = []
        if let kind { conditions.append("e.kind = \(kind.rawValue)") }
        if let account { conditions.append("e.account_id = \(account)") }
        if let typedHash { conditions.append("e.typed_hash = \(typedHash)") }
        if let network { conditions.append("e.network = \(network)") }
        if let before { conditions.append("e.last_at < \(before)") }
        let chosen = conditions.isEmpty ? "1 = 1" : conditions.joined(separator: " AND ")
        return """
            SELECT e.kind, e.account_id, COALESCE(a.first_name || ' ' || a.last_name, '') AS name, e.typed_hash, e.way, e.network,
                   e.route, e.subject, e.times, e.first_at, e.last_at, e.request_id
            FROM security_event e
            LEFT JOIN account a ON a.id = e.account_id
            WHERE \(chosen) ORDER BY e.last_at DESC LIMIT \(limit)
            """
    }
}
