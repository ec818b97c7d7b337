internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// How many cases each gain of a merge would open that are not open now.
enum GainedCaseCounts {
    static func of(_ gains: [MergeGain], _ conn: Connection) throws(DatabaseError) -> [String: Int] {
        guard !gains.isEmpty else { return [:] }
        let parts = gains.enumerated().map { index, gain -> SQL in
            """
            SELECT CAST(\(Int64(index)) AS BIGINT) AS place, COUNT(DISTINCT g.case_id) AS count FROM case_grant g
            WHERE g.contact_id IN \(list: gain.contacts.map(\.value)) AND g.may_view = 1 AND g.until IS NULL
              AND NOT EXISTS (
                SELECT 1 FROM case_grant h JOIN contact_link l ON l.contact_id = h.contact_id AND l.until IS NULL
                WHERE h.case_id = g.case_id AND h.may_view = 1 AND h.until IS NULL AND l.account_id = \(gain.account))
              AND NOT EXISTS (
                SELECT 1 FROM case_grant h
                    JOIN membership m ON m.organization_id = h.contact_id AND m.until IS NULL AND m.scope = 'all'
                WHERE h.case_id = g.case_id AND h.may_view = 1 AND h.until IS NULL AND m.account_id = \(gain.account))
            """
        }
        var counts: [String: Int] = [:]
        for row in try conn.rows(parts.joined(separator: " UNION ALL ")) {
            let place: Int64 = try row["place"]
            counts[gains[Int(place)].key] = Int(try row["count"] as Int64)
        }
        return counts
    }
}
