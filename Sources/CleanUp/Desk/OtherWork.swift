internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// What else waits at the clean-up desk beside the pairs: what people say of their own records, and merges that were undone.
struct OtherWork: Sendable {
    let proposals: Int
    /// Edges of merges that were undone, with how much waits for a decision.
    let undone: [(edge: Int64, count: Int)]

    /// One statement.
    static func waiting(_ conn: Connection) throws -> OtherWork {
        var (proposals, undone): (Int, [(Int64, Int)]) = (0, [])
        for row in try conn.rows(
            """
            SELECT 'proposals' AS what, CAST(0 AS BIGINT) AS edge, COUNT(*) AS count FROM merge_proposal WHERE state = 'waiting'
            UNION ALL SELECT * FROM (
                SELECT 'undone', edge_id, COUNT(*) FROM since_merge WHERE state = 'waiting' GROUP BY edge_id ORDER BY edge_id LIMIT 20) e
            """)
        {
            let count: Int = try row["count"]
            if try row["what"] == "proposals" { proposals = count } else { undone.append((try row["edge"], count)) }
        }
        return OtherWork(proposals: proposals, undone: undone)
    }

    func view(_ t: Voice) -> HTML {
        guard proposals > 0 || !undone.isEmpty else { return .empty }
        var rows: [ListRow] = []
        if proposals > 0 {
            rows.append(
                ListRow(
                    title: a(CleanUpAddresses.proposals()) { t("cleanUp.proposals.title") },
                    subtitle: t("cleanUp.proposals.lead"),
                    status: tag(t("cleanUp.other.waiting", ["count": .number(proposals)]), .waiting)))
        }
        for one in undone {
            rows.append(
                ListRow(
                    title: a(CleanUpAddresses.undone(one.edge.description)) { t("cleanUp.since.title") },
                    subtitle: t("cleanUp.other.undone", ["number": .text(one.edge.description)]),
                    status: tag(t("cleanUp.other.waiting", ["count": .number(one.count)]), .waiting)))
        }
        return group {
            h2 { t("cleanUp.other.title") }
            listRows(rows, label: t("cleanUp.other.title"))
            h2 { t("cleanUp.other.pairs") }
        }
    }
}
