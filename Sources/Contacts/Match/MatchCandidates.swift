internal import Core
internal import Database
internal import Matching
internal import Primitives

/// Records worth scoring, by look-ups that each know an index: never a walk through all contacts.
enum MatchCandidates {
    private static let most = 100

    static func find(_ asker: ContactMatch.Asker, _ also: Set<ContactID>, _ conn: Connection) throws -> [ContactID] {
        var ids = Array(also.union(asker.onCases.keys))
        var known = Set(ids)
        // The surest look-ups come first: what a common name finds is cut, not what an address finds.
        for query in lookups(asker) {
            for row in try conn.rows(query) where known.insert(try row[0]).inserted { ids.append(try row[0]) }
        }
        return try conn.rows(
            "SELECT id FROM contact WHERE id IN \(list: ids.prefix(4 * most).map(\.value)) AND until IS NULL ORDER BY id"
        ).map { try $0["id"] }
    }

    /// From what few records share to what many do.
    static func lookups(_ asker: ContactMatch.Asker) -> [SQL] {
        var queries = asker.emails.map { email -> SQL in
            "SELECT contact_id FROM contact_email WHERE folded = \(email) AND until IS NULL LIMIT \(most)"
        }
        let digits = asker.phones.map(localDigits).filter { $0.count >= 7 }
        if !digits.isEmpty {
            queries.append(
                """
                SELECT contact_id FROM contact_phone
                WHERE digits IN \(list: digits + digits.map { "1\($0)" }) AND until IS NULL LIMIT \(most)
                """)
        }
        let street = foldedForSearch(asker.street)
        if street.count >= 5 {
            queries.append(
                """
                SELECT contact_id FROM contact_address
                WHERE search_street >= \(street) AND search_street < \(street + last) AND until IS NULL LIMIT \(most)
                """)
        }
        // The whole last name, then its beginning for slips further on.
        let lastName = foldedForSearch(asker.lastName)
        if lastName.count >= 2 { queries.append(names(from: lastName)) }
        if lastName.count >= 5 { queries.append(names(from: "\(lastName.prefix(4))")) }
        let company = companyCore(asker.company)
        if company.count >= 3 { queries.append(names(from: company)) }
        if company.count >= 6 { queries.append(names(from: "\(company.prefix(5))")) }
        return queries
    }

    private static func names(from text: String) -> SQL {
        """
        SELECT id FROM contact
        WHERE search_name >= \(text) AND search_name < \(text + last) AND until IS NULL
        ORDER BY search_name LIMIT \(most)
        """
    }
    private static let last = "\u{10FFFD}"
}
