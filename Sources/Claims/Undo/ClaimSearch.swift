internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// Claims for staff to look through: the newest first, those of a case or a name, a page at a time.
struct ClaimSearch: Sendable {
    static let perPage = 25

    /// A case's number, or a name: of the record, or of whoever claimed. Empty for all.
    let text: String
    /// Only older ones than this one.
    let before: Int64?

    struct Page: Sendable {
        let claims: [Claim]
        /// Where the next page begins; nil on the last one.
        let next: Int64?
    }

    func page(_ conn: Connection) throws -> Page {
        let found = try conn.rows(list(limit: ClaimSearch.perPage + 1)).map(Claim.init)
        let claims = Array(found.prefix(ClaimSearch.perPage))
        return Page(claims: claims, next: found.count > claims.count ? claims.last?.id : nil)
    }

    func list(limit: Int) -> SQL {
        let older: SQL = before.map { "m.id < \($0)" } ?? "1 = 1"
        let matching: SQL = text.isEmpty ? "" : "AND m.id IN (\(matches))"
        return """
            SELECT \(Claim.columns) FROM \(Claim.tables) WHERE \(older) \(matching) ORDER BY m.id DESC LIMIT \(limit)
            """
    }

    /// Each way by its own index.
    private var matches: SQL {
        """
        SELECT id FROM claim
        WHERE case_id IN (SELECT id FROM case_record WHERE number IN (\(text), \(text.uppercased())))
        UNION SELECT id FROM claim WHERE contact_id IN (\(Contact.named(text)))
        UNION SELECT id FROM claim WHERE account_id IN (
            SELECT account_id FROM contact_link WHERE until IS NULL AND contact_id IN (\(Contact.named(text))))
        """
    }
}
