public import Database
public import Primitives

/// The one log. A chain per subject: every entry holds the hash of the one before, so a changed or missing entry shows.
public enum FactLog {
    /// Facts with what they say. Those of the first versions said it in a row beside them (decision 31).
    public static let rows: SQL = "fact f LEFT JOIN fact_payload p ON p.fact_id = f.id"
    /// What one of `rows` says, as JSON; NULL after lawful disposal.
    public static let body: SQL = "COALESCE(f.body, p.body)"
    /// Of `rows`, for `Fact(row:)`.
    public static let columns: SQL =
        "f.id, f.subject, f.sequence, f.at, f.actor, f.on_behalf_of, f.kind, f.origin, \(body) AS body"

    /// Appends inside the caller's transaction. The head row gives the next number, so two writers cannot take the same one.
    static func append(
        _ new: NewFact, at: Instant, actor: String, onBehalfOf: ContactID?, origin: Origin, _ conn: Connection
    ) throws(DatabaseError) -> Fact {
        let subject = new.subject.description
        let head = try conn.row("SELECT sequence, hash FROM fact_head WHERE subject = \(subject)")
        let sequence: Int64 = try head.map { row throws(DatabaseError) in try row["sequence"] as Int64 + 1 } ?? 1
        let previous: String = try head?["hash"] ?? ""
        let payload = new.payload
        let payloadHash = sha256(payload)
        let hash = chainHash(
            subject: subject, sequence: sequence, at: at, actor: actor, onBehalfOf: onBehalfOf, kind: new.kind, origin: origin,
            payloadHash: payloadHash, previous: previous)
        let id = try conn.insert(
            """
            INSERT INTO fact (subject, sequence, at, actor, on_behalf_of, kind, origin, payload_hash, previous_hash, hash, body)
            VALUES (\(subject), \(sequence), \(at), \(actor), \(onBehalfOf), \(new.kind), \(origin), \(payloadHash),
                    \(previous), \(hash), \(payload))
            RETURNING id
            """)
        for reference in Set(new.references) where reference != new.subject {
            try conn.run("INSERT INTO fact_reference (fact_id, subject) VALUES (\(id), \(reference.description))")
        }
        try conn.run(
            """
            INSERT INTO fact_head (subject, sequence, hash) VALUES (\(subject), \(sequence), \(hash))
            ON CONFLICT (subject) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash
            """)
        return Fact(
            id: id, subject: new.subject, sequence: sequence, at: at, actor: actor, onBehalfOf: onBehalfOf, kind: new.kind,
            origin: origin, arguments: new.arguments, why: new.why)
    }

    /// The hashed bytes, line by line. Text fields cannot hold a line break except the payload, which stands as its own hash.
    static func chainHash(
        subject: String, sequence: Int64, at: Instant, actor: String, onBehalfOf: ContactID?, kind: FactKind, origin: Origin,
        payloadHash: String, previous: String
    ) -> String {
        sha256(
            """
            1
            \(subject)
            \(sequence)
            \(at.microseconds)
            \(actor)
            \(onBehalfOf?.description ?? "")
            \(kind.rawValue)
            \(origin.rawValue)
            \(payloadHash)
            \(previous)
            """)
    }

    /// When the newest entry of a chain was made.
    public static func last(of subject: Subject, _ conn: Connection) throws(DatabaseError) -> Instant? {
        try conn.value("SELECT at FROM fact WHERE subject = \(subject.description) ORDER BY sequence DESC LIMIT 1")
    }

    /// What happened with any of these subjects, newest first; facts of other chains that refer to one too.
    /// - Parameters:
    ///   - after: only what was recorded after this fact.
    ///   - until: and not after that one.
    ///   - kinds: only facts of these kinds; nil for all.
    public static func timeline(
        of subjects: [Subject], after: Int64 = 0, until last: Int64 = .max, kinds: [FactKind]? = nil, limit: Int,
        _ conn: Connection
    ) throws -> [Fact] {
        let ofKinds: SQL = kinds.map { "AND f.kind IN \(list: $0.map(\.rawValue))" } ?? ""
        return try conn.rows(
            """
            SELECT \(columns)
            FROM \(rows)
            WHERE f.id IN (\(ids(of: subjects, after: after, until: last))) \(ofKinds)
            ORDER BY f.at DESC, f.id DESC LIMIT \(limit)
            """
        ).map(Fact.init(row:))
    }

    /// The ids of what was recorded about any of these subjects, or refers to one, after one fact and not after another: a statement for
    /// use in others, by the indexes.
    public static func ids(of subjects: [Subject], after: Int64, until last: Int64) -> SQL {
        let names = subjects.map(\.description)
        return """
            SELECT id FROM fact WHERE subject IN \(list: names) AND id > \(after) AND id <= \(last)
            UNION SELECT fact_id FROM fact_reference
            WHERE subject IN \(list: names) AND fact_id > \(after) AND fact_id <= \(last)
            """
    }

    /// These facts, newest first.
    public static func facts(_ ids: [Int64], _ conn: Connection) throws -> [Fact] {
        try conn.rows(
            """
            SELECT \(columns)
            FROM \(rows)
            WHERE f.id IN \(list: ids) ORDER BY f.at DESC, f.id DESC
            """
        ).map(Fact.init(row:))
    }

    /// The newest fact of these kinds in each chain that has one.
    public static func newest(
        _ kinds: [FactKind], about subjects: [Subject], _ conn: Connection
    ) throws -> [Subject: Fact] {
        guard !subjects.isEmpty else { return [:] }
        let facts = try conn.rows(newest(kinds, about: subjects)).map(Fact.init(row:))
        return Dictionary(facts.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Goes down each chain from its end, by its index.
    public static func newest(_ kinds: [FactKind], about subjects: [Subject]) -> SQL {
        """
        SELECT \(columns)
        FROM fact_head h CROSS JOIN \(rows)
        WHERE h.subject IN \(list: subjects.map(\.description)) AND f.id = (
            SELECT n.id FROM fact n WHERE n.subject = h.subject AND n.kind IN \(list: kinds.map(\.rawValue))
            ORDER BY n.sequence DESC LIMIT 1)
        """
    }

    /// What happened to this subject, newest first; facts of other chains that refer to it too.
    public static func timeline(of subject: Subject, limit: Int, _ conn: Connection) throws -> [Fact] {
        try conn.rows("SELECT \(columns) \(table(of: subject, limit: limit))").map(Fact.init(row:))
    }

    /// The `rows` that are this subject's timeline: to be asked for within another statement.
    public static func table(of subject: Subject, limit: Int) -> SQL {
        """
        FROM \(rows)
        WHERE f.id IN (
            SELECT id FROM fact WHERE subject = \(subject.description)
            UNION SELECT fact_id FROM fact_reference WHERE subject = \(subject.description))
        ORDER BY f.at DESC, f.id DESC LIMIT \(limit)
        """
    }
}

extension Fact {
    /// - Parameter row: the columns of `FactLog.columns`.
    public init(row: Row) throws(DatabaseError) {
        let body: String? = try row["body"]
        let payload = body.flatMap { JSON(parsing: $0) }
        let name: String = try row["subject"]
        id = try row["id"]
        subject = Subject(name) ?? .city
        sequence = try row["sequence"]
        at = try row["at"]
        actor = try row["actor"]
        onBehalfOf = try row["on_behalf_of"]
        kind = try row["kind"]
        origin = try row["origin"]
        arguments = payload?["arguments"]?.object ?? [:]
        why = payload?["why"]?.string
    }
}
