internal import Contacts
internal import Core
internal import Database
internal import Matching
internal import Primitives

/// What became of a pair.
enum PairState: String, Sendable, SQLConvertible, CaseIterable {
    case open
    /// Merged by a person.
    case same
    /// A person says: two.
    case different
    /// Put aside by a person.
    case later

    /// Whether it is a label: what the program finds does not change it.
    var isDecided: Bool { self == .same || self == .different }
}

/// Keeps what the program finds beside what people decided.
enum PairShelf {
    /// A pair as it stands in the table.
    struct Stored: Sendable {
        let key: PairKey
        let tenths: Int
        let band: String
        let weights: String
        let digest: Int64
        let foundAt: Instant
        let state: PairState
        let hasEnded: Bool
        /// The two were merged, here or elsewhere.
        let areOne: Bool

        init(row: Row) throws(DatabaseError) {
            key = PairKey(try row["a"], try row["b"])
            (tenths, band, weights) = (try row["score"], try row["band"], try row["weights"])
            (digest, foundAt, state) = (try row["digest"], try row["found_at"], try row["state"])
            let until: Instant? = try row["until"]
            hasEnded = until != nil
            areOne = try row["survivor_a"] as ContactID == (try row["survivor_b"] as ContactID)
        }
    }

    /// What has to be done to a stored pair.
    enum Step: Sendable, Hashable {
        case nothing, rescore, reopen, end, merged
    }

    /// Pure.
    /// - Parameter started: when the look began that did not find it.
    static func step(_ stored: Stored, _ found: FoundPair?, started: Instant) -> Step {
        if stored.areOne { return stored.state == .same ? .nothing : .merged }
        guard let found else {
            // One that was found since the look began was not looked for.
            let isGone = !stored.state.isDecided && !stored.hasEnded && stored.foundAt < started
            return isGone ? .end : .nothing
        }
        if stored.state.isDecided { return stored.digest == found.digest ? .nothing : .reopen }
        if stored.hasEnded { return .reopen }
        let isAsItWas =
            stored.tenths == found.tenths && stored.band == found.band.rawValue && stored.weights == found.weights
            && stored.digest == found.digest
        return isAsItWas ? .nothing : .rescore
    }

    /// Does it, unless somebody decided meanwhile.
    static func take(_ step: Step, _ stored: Stored, _ found: FoundPair?, at now: Instant, _ conn: Connection) throws {
        let (a, b) = (stored.key.a, stored.key.b)
        let place: SQL = "a = \(a) AND b = \(b) AND state = \(stored.state) AND digest = \(stored.digest)"
        switch (step, found) {
        case (.rescore, let found?):
            try conn.run("UPDATE contact_pair SET \(values(found)) WHERE \(place) AND until IS NULL")
        case (.reopen, let found?):
            try conn.run(
                """
                UPDATE contact_pair SET \(values(found)), state = 'open', found_at = \(now), decided_by = NULL, decided_at = NULL,
                    why = '', until = NULL
                WHERE \(place)
                """)
        case (.end, _): try conn.run("UPDATE contact_pair SET until = \(now) WHERE \(place) AND until IS NULL")
        case (.merged, _):
            try conn.run(
                "UPDATE contact_pair SET state = 'same', decided_by = NULL, decided_at = \(now), why = '' WHERE \(place)")
        case (.nothing, _), (.rescore, nil), (.reopen, nil): break
        }
    }

    private static func values(_ found: FoundPair) -> SQL {
        """
        score = \(found.tenths), band = \(found.band.rawValue), weights = \(found.weights), digest = \(found.digest)
        """
    }

    /// One that nobody has seen yet.
    static func add(_ found: FoundPair, at now: Instant, _ conn: Connection) throws {
        try conn.run(
            """
            INSERT INTO contact_pair (a, b, score, band, weights, digest, found_at, state, why)
            VALUES (\(found.key.a), \(found.key.b), \(found.tenths), \(found.band.rawValue), \(found.weights), \(found.digest), \(now),
                    'open', '')
            ON CONFLICT DO NOTHING
            """)
    }

    /// The pairs after this one, in the order of their keys.
    static func next(after key: PairKey, limit: Int, _ conn: Connection) throws -> [Stored] {
        try conn.rows(
            """
            SELECT \(columns) FROM contact_pair p \(clusters)
            WHERE (p.a, p.b) > (\(key.a), \(key.b)) ORDER BY p.a, p.b LIMIT \(limit)
            """
        ).map(Stored.init)
    }

    /// The pairs of one contact.
    static func of(_ id: ContactID, _ conn: Connection) throws -> [Stored] {
        try conn.rows(
            """
            SELECT \(columns) FROM contact_pair p \(clusters) WHERE p.a = \(id)
            UNION ALL SELECT \(columns) FROM contact_pair p \(clusters) WHERE p.b = \(id)
            """
        ).map(Stored.init)
    }

    private static let columns: SQL = """
        p.a, p.b, p.score, p.band, p.weights, p.digest, p.found_at, p.state, p.until, x.survivor_id AS survivor_a,
        y.survivor_id AS survivor_b
        """
    private static let clusters: SQL = """
        JOIN contact_cluster x ON x.contact_id = p.a JOIN contact_cluster y ON y.contact_id = p.b
        """
}
