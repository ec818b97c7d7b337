public import Database
public import Primitives

/// `groundwork audit verify`: walks every chain from its first entry.
public enum Audit {
    public struct Report: Sendable {
        public let chains: Int
        public let facts: Int
        /// The first bad entry, as a sentence; nil when everything fits.
        public let problem: String?
    }

    public static func verify(_ conn: Connection) throws -> Report {
        var chains = 0
        var facts = 0
        var problem: String?
        var current = ""
        var sequence: Int64 = 0
        var hash = ""
        var heads: [String: (Int64, String)] = [:]
        try conn.each("SELECT subject, sequence, hash FROM fact_head") { row in
            heads[try row["subject"]] = (try row["sequence"], try row["hash"])
        }
        func endChain() {
            guard !current.isEmpty, problem == nil else { return }
            if let head = heads.removeValue(forKey: current) {
                if head != (sequence, hash) { problem = "\(current): the last entry is missing after number \(sequence)." }
            } else {
                problem = "\(current): the chain has no head."
            }
        }
        try conn.each(
            """
            SELECT f.subject, f.sequence, f.at, f.actor, f.on_behalf_of, f.kind, f.origin, f.payload_hash, f.previous_hash, f.hash,
                   \(FactLog.body) AS body
            FROM \(FactLog.rows)
            ORDER BY f.subject, f.sequence
            """
        ) { row in
            guard problem == nil else { return }
            let subject: String = try row["subject"]
            if subject != current {
                endChain()
                current = subject
                sequence = 0
                hash = ""
                chains += 1
            }
            facts += 1
            sequence += 1
            let entry = "\(subject) entry \(sequence)"
            guard try row["sequence"] == sequence else { problem = "\(entry) is missing."; return }
            guard try row["previous_hash"] == hash else { problem = "\(entry) does not follow the entry before it."; return }
            let payloadHash: String = try row["payload_hash"]
            if let body: String = try row["body"], sha256(body) != payloadHash {
                problem = "\(entry): its content was changed."; return
            }
            let computed = FactLog.chainHash(
                subject: subject, sequence: sequence, at: try row["at"], actor: try row["actor"],
                onBehalfOf: try row["on_behalf_of"], kind: try row["kind"], origin: try row["origin"], payloadHash: payloadHash,
                previous: hash)
            guard try row["hash"] == computed else { problem = "\(entry) was changed."; return }
            hash = computed
        }
        endChain()
        if problem == nil, let lost = heads.keys.sorted().first { problem = "\(lost): every entry is missing." }
        return Report(chains: chains, facts: facts, problem: problem)
    }
}
