internal import Database
internal import Primitives

extension FactLog {
    /// Appends many in one pass: the heads are read once, the chains grow in memory.
    static func append(
        _ new: [TimedFact], areFirst: Bool, actor: String, onBehalfOf: ContactID?, origin: Origin, _ conn: Connection
    ) throws -> [Fact] {
        var heads = areFirst ? [:] : try FactLog.heads(Set(new.map(\.fact.subject.description)), conn)
        let known = Set(heads.keys)
        let ids = try conn.newKeys(new.count, of: "fact")
        var links: [Link] = []
        links.reserveCapacity(new.count)
        for (id, timed) in zip(ids, new) {
            let (fact, subject, at) = (timed.fact, timed.fact.subject.description, timed.at ?? Instant(seconds: 0))
            let head = heads[subject]
            let (sequence, previous) = ((head?.sequence ?? 0) + 1, head?.hash ?? "")
            let payload = fact.payload
            let payloadHash = sha256(payload)
            let hash = chainHash(
                subject: subject, sequence: sequence, at: at, actor: actor, onBehalfOf: onBehalfOf, kind: fact.kind,
                origin: origin, payloadHash: payloadHash, previous: previous)
            heads[subject] = (sequence, hash)
            links.append(
                Link(
                    id: id, fact: fact, subject: subject, sequence: sequence, at: at, payload: payload,
                    payloadHash: payloadHash, previous: previous, hash: hash))
        }
        try store(links, actor: actor, onBehalfOf: onBehalfOf, origin: origin, conn)
        try store(heads, known: known, conn)
        return links.map { link in
            Fact(
                id: link.id, subject: link.fact.subject, sequence: link.sequence, at: link.at, actor: actor,
                onBehalfOf: onBehalfOf, kind: link.fact.kind, origin: origin, arguments: link.fact.arguments, why: link.fact.why)
        }
    }

    private static func heads(_ subjects: Set<String>, _ conn: Connection) throws -> [String: (sequence: Int64, hash: String)] {
        var heads: [String: (sequence: Int64, hash: String)] = [:]
        for row in try conn.rows(
            "SELECT subject, sequence, hash FROM fact_head WHERE subject IN \(list: subjects.sorted())")
        {
            heads[try row["subject"]] = (try row["sequence"], try row["hash"])
        }
        return heads
    }

    /// One entry on its way into a chain.
    private struct Link {
        let id: Int64
        let fact: NewFact
        let subject: String
        let sequence: Int64
        let at: Instant
        let payload: String
        let payloadHash: String
        let previous: String
        let hash: String
    }

    private static func store(
        _ links: [Link], actor: String, onBehalfOf: ContactID?, origin: Origin, _ conn: Connection
    ) throws {
        var rest = links.makeIterator()
        try conn.load(
            table: "fact",
            columns: [
                "id", "subject", "sequence", "at", "actor", "on_behalf_of", "kind", "origin", "payload_hash", "previous_hash",
                "hash",
            ]
        ) {
            rest.next().map { link in
                [
                    .integer(link.id), .text(link.subject), .integer(link.sequence), link.at.sqlValue, .text(actor),
                    onBehalfOf.sqlValue, link.fact.kind.sqlValue, origin.sqlValue, .text(link.payloadHash),
                    .text(link.previous), .text(link.hash),
                ]
            }
        }
        var bodies = links.makeIterator()
        try conn.load(table: "fact_payload", columns: ["fact_id", "body"]) {
            bodies.next().map { [.integer($0.id), .text($0.payload)] }
        }
        var references = links.flatMap { link in
            Set(link.fact.references).filter { $0 != link.fact.subject }.map { (subject: $0.description, id: link.id) }
        }.makeIterator()
        try conn.load(table: "fact_reference", columns: ["subject", "fact_id"]) {
            references.next().map { [.text($0.subject), .integer($0.id)] }
        }
    }

    private static func store(
        _ heads: [String: (sequence: Int64, hash: String)], known: Set<String>, _ conn: Connection
    ) throws {
        var new = heads.filter { !known.contains($0.key) }.makeIterator()
        try conn.load(table: "fact_head", columns: ["subject", "sequence", "hash"]) {
            new.next().map { [.text($0.key), .integer($0.value.sequence), .text($0.value.hash)] }
        }
        let grown = heads.filter { known.contains($0.key) }.sorted { $0.key < $1.key }.map {
            JSON.array([.string($0.key), .integer($0.value.sequence), .string($0.value.hash)])
        }
        guard !grown.isEmpty else { return }
        let list = JSON.array(grown).description
        let rows: SQL = """
            \(sqlite: "SELECT value ->> 0 AS subject, value ->> 1 AS sequence, value ->> 2 AS hash FROM json_each(",
               postgres: "SELECT value ->> 0 AS subject, CAST(value ->> 1 AS bigint) AS sequence, value ->> 2 AS hash FROM json_array_elements(CAST(")\(list)\(sqlite: ")", postgres: " AS json))")
            """
        try conn.run(
            """
            INSERT INTO fact_head (subject, sequence, hash) SELECT subject, sequence, hash FROM (\(rows)) grown WHERE 1 = 1
            ON CONFLICT (subject) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash
            """)
    }
}
