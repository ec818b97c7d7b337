internal import Contacts
internal import Core
internal import Database
internal import Matching
internal import Primitives

/// The parts of the clean-up list.
enum PairTab: String, Sendable, CaseIterable {
    /// Nothing speaks against these.
    case same
    /// A steward decides.
    case review
    case later
    case decided

    init(_ pair: ContactPair) {
        switch pair.state {
        case .open: self = pair.band == .same ? .same : .review
        case .later: self = .later
        case .same, .different: self = .decided
        }
    }

    var title: WordKey {
        switch self {
        case .same: "cleanUp.desk.same"
        case .review: "cleanUp.desk.review"
        case .later: "cleanUp.desk.later"
        case .decided: "cleanUp.desk.decided"
        }
    }

    var empty: WordKey {
        switch self {
        case .same: "cleanUp.desk.noneSame"
        case .review: "cleanUp.desk.noneReview"
        case .later: "cleanUp.desk.noneLater"
        case .decided: "cleanUp.desk.noneDecided"
        }
    }

    /// For the aliases of `ContactPair.joins`. Written as the indexes are, so that they serve.
    var filter: SQL {
        switch self {
        case .same: "p.state = 'open' AND p.band = 'same' AND p.until IS NULL AND \(ContactPair.live)"
        case .review: "p.state = 'open' AND p.band = 'review' AND p.until IS NULL AND \(ContactPair.live)"
        case .later: "p.state = 'later' AND p.until IS NULL AND \(ContactPair.live)"
        case .decided: "p.state IN ('same', 'different') AND p.decided_at IS NOT NULL"
        }
    }

    /// Highest score first, or what was decided last.
    var place: SQL {
        switch self {
        case .same, .review: "p.score"
        case .later, .decided: "p.decided_at"
        }
    }

    /// No list is counted further.
    static let most = 1000

    /// One page of the list.
    func list(limit: Int, offset: Int) -> SQL {
        """
        SELECT \(ContactPair.columns) FROM contact_pair p \(ContactPair.joins)
        WHERE \(filter) ORDER BY \(place) DESC, p.a DESC, p.b DESC LIMIT \(limit) OFFSET \(offset)
        """
    }

    /// How many each has, in one question.
    static func counts(_ conn: Connection) throws -> [PairTab: Int] {
        let parts = allCases.map { tab -> SQL in
            """
            SELECT CAST(\(tab.rawValue) AS TEXT) AS tab, COUNT(*) AS count FROM (
                SELECT p.a FROM contact_pair p \(ContactPair.joins) WHERE \(tab.filter) LIMIT \(most)) part
            """
        }
        var counts: [PairTab: Int] = [:]
        for row in try conn.rows(parts.joined(separator: " UNION ALL ")) {
            if let tab = PairTab(rawValue: try row["tab"]) { counts[tab] = try row["count"] }
        }
        return counts
    }

    /// The pairs before and after one in the list: their links.
    func neighbors(of pair: ContactPair, _ conn: Connection) throws -> (previous: ContactPair?, next: ContactPair?) {
        let value: SQL =
            switch self {
            case .same, .review: "\(pair.tenths)"
            case .later, .decided: "\(optional: pair.decidedAt)"
            }
        let here: SQL = "(\(value), \(pair.key.a), \(pair.key.b))"
        let all: SQL = "SELECT \(ContactPair.columns), 0 AS is_next FROM contact_pair p \(ContactPair.joins) WHERE \(filter)"
        let next: SQL = "SELECT \(ContactPair.columns), 1 AS is_next FROM contact_pair p \(ContactPair.joins) WHERE \(filter)"
        let keys: SQL = "(\(place), p.a, p.b)"
        let rows = try conn.rows(
            """
            SELECT * FROM (\(all) AND \(keys) > \(here) ORDER BY \(place), p.a, p.b LIMIT 1) earlier
            UNION ALL
            SELECT * FROM (\(next) AND \(keys) < \(here) ORDER BY \(place) DESC, p.a DESC, p.b DESC LIMIT 1) later
            """)
        var found: (previous: ContactPair?, next: ContactPair?) = (nil, nil)
        for row in rows {
            if try row["is_next"] { found.next = try ContactPair(row: row) } else { found.previous = try ContactPair(row: row) }
        }
        return found
    }
}
