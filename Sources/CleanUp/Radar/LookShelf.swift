internal import Contacts
internal import Core
internal import Database
internal import Matching
internal import Primitives

/// By which keys every contact is found among all others.
enum LookShelf {
    /// A block that holds more is of no use: other keys bring its contacts together.
    static let largestBlock = 200
    private static let mostCandidates = 1000

    /// What the table says of the contacts after one and up to another.
    static func digests(after from: ContactID, upTo to: ContactID, _ conn: Connection) throws -> [ContactID: Int64] {
        let rows = try conn.rows(
            "SELECT contact_id, digest FROM contact_look WHERE contact_id > \(from) AND contact_id <= \(to)")
        return Dictionary(
            try rows.map { (try $0["contact_id"] as ContactID, try $0["digest"] as Int64) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Brings the keys of contacts up to date, and drops those of contacts that take no part any more.
    static func keep(_ changed: [ContactSide], without gone: [ContactID], _ conn: Connection) throws {
        let out = (changed.map(\.id) + gone).map(\.value).sorted()
        guard !out.isEmpty else { return }
        try conn.run("DELETE FROM contact_block WHERE contact_id IN \(list: out)")
        if !gone.isEmpty { try conn.run("DELETE FROM contact_look WHERE contact_id IN \(list: gone.map(\.value))") }
        for (side, keys) in zip(changed, LastingKeys.of(changed.map(\.matched))) {
            try conn.run(
                """
                INSERT INTO contact_look (contact_id, digest) VALUES (\(side.id), \(side.digest))
                ON CONFLICT (contact_id) DO UPDATE SET digest = excluded.digest
                """)
            try conn.run(
                """
                INSERT INTO contact_block (key, contact_id)
                SELECT keys.value, CAST(\(side.id) AS BIGINT) FROM \(list: keys) AS keys WHERE 1 = 1
                ON CONFLICT DO NOTHING
                """)
        }
    }

    /// Contacts that share a key with this one.
    static func candidates(for side: ContactSide, _ conn: Connection) throws -> [ContactID] {
        var found: Set<ContactID> = []
        for key in LastingKeys.of([side.matched]).first ?? [] where found.count < mostCandidates {
            let block = try conn.rows("SELECT contact_id FROM contact_block WHERE key = \(key) LIMIT \(largestBlock + 1)")
            if block.count <= largestBlock { for row in block { found.insert(try row[0]) } }
        }
        return found.subtracting([side.id]).sorted()
    }
}
