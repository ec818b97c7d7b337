internal import Core
internal import Database
internal import Matching
internal import Primitives

/// Records worth scoring, by look-ups that each know an index: never a walk through all contacts.
enum MatchCandidates {
    private static let most = 100

    /// The ids of all that were named and of those worth scoring: a statement of one column.
    static func ids(_ asker: ContactMatch.Asker, _ named: Set<ContactID>) -> SQL {
        let all: SQL = "SELECT value AS id FROM \(list: named.map(\.value).sorted()) named"
        // The surest look-ups come first: what a common name finds is cut, not what an address finds.
        // Raw: the place of each in the list, which no statement can bind there.
        let parts = lookups(asker).enumerated().map { place, query -> SQL in
            "SELECT \(raw: String(place)) AS place, found.id FROM (\(query)) found"
        }
        guard !parts.isEmpty else { return all }
        return """
            \(all) UNION SELECT id FROM (
                SELECT id FROM (\(parts.joined(separator: " UNION ALL "))) one GROUP BY id ORDER BY MIN(place), id LIMIT \(4 * most)
            ) likely
            """
    }

    /// From what few records share to what many do.
    static func lookups(_ asker: ContactMatch.Asker) -> [SQL] {
        var queries = asker.emails.map { email -> SQL in
            "SELECT contact_id AS id FROM contact_email WHERE folded = \(email) AND until IS NULL LIMIT \(most)"
        }
        let digits = asker.phones.map(localDigits).filter { $0.count >= 7 }
        if !digits.isEmpty {
            queries.append(
                """
                SELECT contact_id AS id FROM contact_phone
                WHERE digits IN \(list: digits + digits.map { "1\($0)" }) AND until IS NULL LIMIT \(most)
                """)
        }
        let street = foldedForSearch(asker.street)
        if street.count >= 5 {
            queries.append(
                """
                SELECT contact_id AS id FROM contact_address
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
