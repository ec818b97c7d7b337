internal import Core
internal import Database
internal import Primitives

/// Somebody whose address stands on an organization's record asks its owners to be let in (C1 c).
struct JoinRequest: Sendable {
    let account: AccountID
    let accountPublicID: String
    let name: String
    /// The first address they proved.
    let email: String
    let since: Instant

    /// What waits, the oldest first.
    static func waiting(at organization: ContactID, _ conn: Connection) throws -> [JoinRequest] {
        try conn.rows(
            """
            SELECT r.account_id, r.created_at, a.public_id, a.first_name, a.last_name,
                   (SELECT e.typed FROM account_email e WHERE e.account_id = a.id AND e.until IS NULL ORDER BY e.id LIMIT 1) AS email
            FROM join_request r JOIN account a ON a.id = r.account_id
            WHERE r.organization_id = \(organization) AND r.state = 'waiting' AND a.closed_at IS NULL
            ORDER BY r.id LIMIT 100
            """
        ).map { row in
            let (first, last): (String, String) = (try row["first_name"], try row["last_name"])
            let email: String? = try row["email"]
            return JoinRequest(
                account: try row["account_id"], accountPublicID: try row["public_id"], name: "\(first) \(last)".trimmed,
                email: email ?? "", since: try row["created_at"])
        }
    }
}
