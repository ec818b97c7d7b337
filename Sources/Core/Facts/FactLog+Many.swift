internal import Database
internal import Primitives

extension FactLog {
    /// Appends many in one pass: the heads are read once, the chains grow in memory.
    static func append(
        _ new: [TimedFact], areFirst: Bool, actor: String, onBehalfOf: ContactID?, origin: Origin, _ conn: Connection
    ) throws -> [Fact] {
        let subjects = new.map(\.fact.subject.description)
        var heads = areFirst ? [:] : try FactLog.heads(Set(subjects), conn)
        let known = Set(heads.keys)
        let ids = try conn.newKeys(new.count, of: "fact")
        var rows = FactRows(count: new.count)
        var facts: [Fact] = []
        facts.reserveCapacity(new.count)
        for index in new.indices {
            let (fact, subject, at) = (new[index].fact, subjects[index], new[index].at ?? Instant(seconds: 0))
            let head = heads[subject]
            let (sequence, previous) = ((head?.sequence ?? 0) + 1, head?.hash ?? "")
            let payload = fact.payload
            let payloadHash = sha256(payload)
            let hash = chainHash(
                subject: subject, sequence: sequence, at: at, actor: actor, onBehalfOf: onBehalfOf, kind: fact.kind,
                origin: origin, payloadHash: payloadHash, previous: previous)
            heads[subject] = (sequence, hash)
            let id = SQLValue.integer(ids[index])
            rows.facts.append([
                id, .text(subject), .integer(sequence), at.sqlValue, .text(actor), onBehalfOf.sqlValue, fact.kind.sqlValue,
                origin.sqlValue, .text(payloadHash), .text(previous), .text(hash), .text(payload),
            ])
            if !fact.references.isEmpty {
                for reference in Set(fact.references) where reference != fact.subject {
                    rows.references.append([.text(reference.description), id])
                }
            }
            facts.append(
                Fact(
                    id: ids[index], subject: fact.subject, sequence: sequence, at: at, actor: actor, onBehalfOf: onBehalfOf,
                    kind: fact.kind, origin: origin, arguments: fact.arguments, why: fact.why))
            // The database stores these while the next ones are hashed.
            if rows.facts.count >= FactRows.most { try rows.store(conn) }
        }
        try rows.store(conn)
        try store(heads, known: known, conn)
        return facts
    }

    private static func heads(_ subjects: Set<String>, _ conn: Connection) throws -> [String: (sequence: Int64, hash: String)] {
        var heads: [String: (sequence: Int64, hash: String)] = [:]
        for row in try conn.rows(
            "SELECT subject, sequence, hash FROM fact_head WHERE subject IN \(list: subjects.sorted())")
        {
            heads[try row[0]] = (try row[1], try row[2])
        }
        return heads
    }

    /// The rows of many entries, table by table.
    private struct FactRows {
        var facts: [[SQLValue]] = []
        var references: [[SQLValue]] = []
        /// Stored together.
        static let most = 500

        init(count: Int) {
            facts.reserveCapacity(min(count, FactRows.most))
        }

        /// Puts them into their tables and forgets them.
        mutating func store(_ conn: Connection) throws {
            try conn.load(
                table: "fact",
                columns: [
                    "id", "subject", "sequence", "at", "actor", "on_behalf_of", "kind", "origin", "payload_hash", "previous_hash",
                    "hash", "body",
                ], rows: facts)
            try conn.load(table: "fact_reference", columns: ["subject", "fact_id"], rows: references)
            facts.removeAll(keepingCapacity: true)
            references.removeAll(keepingCapacity: true)
        }
    }

    private static func store(
        _ heads: [String: (sequence: Int64, hash: String)], known: Set<String>, _ conn: Connection
    ) throws {
        let new = known.isEmpty ? heads : heads.filter { !known.contains($0.key) }
        try conn.load(
            table: "fact_head", columns: ["subject", "sequence", "hash"],
            rows: new.lazy.map { [.text($0.key), .integer($0.value.sequence), .text($0.value.hash)] })
        guard !known.isEmpty else { return }
        let grown = heads.filter { known.contains($0.key) }.sorted { $0.key < $1.key }.map {
            JSON.array([.string($0.key), .integer($0.value.sequence), .string($0.value.hash)])
        }
        let list = JSON.array(grown).description
        let rows: SQL = """
            \(sqlite: "SELECT value ->> 0 AS subject, value ->> 1 AS sequence, value ->> 2 AS hash FROM json_each(",
               postgres: "SELECT value ->> 0 AS subject, CAST(value ->> 1 AS bigint) AS sequence, value ->> 2 AS hash FROM json_array_elements(CAST(")\(list)\(sqlite: ")", postgres: " AS json))")
            """
        try conn.run(
            """
            UPDATE fact_head SET sequence = grown.sequence, hash = grown.hash FROM (\(rows)) AS grown
            WHERE fact_head.subject = grown.subject
            """)
    }
}
