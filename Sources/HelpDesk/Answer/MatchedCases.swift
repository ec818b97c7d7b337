internal import Cases
internal import Contacts
internal import Core
internal import Database
internal import Places
internal import Primitives

/// A case that fits what somebody wrote, with its parties.
struct MatchedCase: Sendable {
    struct Party: Sendable {
        let contact: ContactID
        /// Key of the contact type.
        let type: String
    }
    let summary: CaseSummary
    let parties: [Party]
}

enum MatchedCases {
    static let most = 10
    /// Of one case.
    private static let mostParties = 50

    /// By number, wherever in the text it stands, else by the beginning of an address. One statement, and none for a text without either.
    /// - Parameter visible: the cases this steward may see, for the alias `c`.
    static func find(_ text: String, visible: SQL, _ city: CityContext, _ conn: Connection) throws -> [MatchedCase] {
        let numbers = numbers(in: text)
        let lookups = (numbers.isEmpty ? [] : [byNumber(numbers, visible)]) + addresses(in: text).map { byAddress($0, visible) }
        guard !lookups.isEmpty else { return [] }
        // Raw: the place of each in the list, which no statement can bind there. The first that finds anything counts.
        let parts = lookups.enumerated().map { place, query -> SQL in
            "SELECT \(raw: String(place)) AS place, found.id FROM (\(query)) found"
        }
        let matched: SQL = """
            c.id IN (
                WITH matched (place, id) AS (\(parts.joined(separator: " UNION ALL ")))
                SELECT id FROM matched WHERE place = (SELECT MIN(place) FROM matched))
            """
        let found = try CaseSummary.find(where: matched, with: parties, for: .staff, city, conn)
        let isByNumber = found.contains { numbers.contains($0.summary.number) }
        return found.sorted { a, b in
            let (one, other) = (a.summary, b.summary)
            return isByNumber ? one.id < other.id : (one.activeOn, one.id) > (other.activeOn, other.id)
        }.map { MatchedCase(summary: $0.summary, parties: parties(in: $0.text ?? "")) }
    }

    /// What looks like a case number, in the city's writing.
    static func numbers(in text: String) -> [String] {
        text.uppercased().split { $0.isWhitespace || ",;()#".contains($0) }.map(String.init).filter {
            CaseNumbers.parse($0) != nil
        }
    }

    private static func byNumber(_ numbers: [String], _ visible: SQL) -> SQL {
        "SELECT c.id FROM case_record c WHERE c.number IN \(list: numbers) AND \(visible) ORDER BY c.id LIMIT \(most)"
    }

    /// The beginning of an address as the register writes it, folded: with the street's kind spelled out and abbreviated.
    static func addresses(in text: String) -> [String] {
        let spellings = [text, text.split(separator: ",").first.map(String.init) ?? ""].map(foldedForSearch)
        let short = spellings.map { spelling in
            spelling.split(separator: " ").map { abbreviations[String($0)] ?? String($0) }.joined(separator: " ")
        }
        return Array(Set(spellings + short)).filter { $0.count >= 5 && $0.first?.isNumber == true }.sorted { $0.count > $1.count }
    }

    private static let abbreviations = [
        "street": "st", "avenue": "ave", "drive": "dr", "road": "rd", "court": "ct", "lane": "ln", "place": "pl", "circle": "cir",
        "boulevard": "blvd", "parkway": "pkwy", "terrace": "ter", "north": "n", "south": "s", "east": "e", "west": "w",
    ]

    private static func byAddress(_ address: String, _ visible: SQL) -> SQL {
        """
        SELECT c.id FROM address a
        JOIN case_location l ON l.address_id = a.id
        JOIN case_record c ON c.id = l.case_id
        WHERE a.folded >= \(address) AND a.folded < \(address + "\u{10FFFD}") AND \(visible)
        GROUP BY c.id, c.active_on ORDER BY c.active_on DESC, c.id DESC LIMIT \(most)
        """
    }

    /// The live parties of `c` as one text: `12 property-owner,15 contractor-general`. Keys hold neither spaces nor commas.
    private static let parties: SQL = """
        (SELECT \(sqlite: "group_concat(t.party, ',')", postgres: "string_agg(t.party, ',')") FROM (
            SELECT CAST(g.contact_id AS TEXT) || ' ' || g.contact_type AS party FROM case_grant g
            WHERE g.case_id = c.id AND g.until IS NULL ORDER BY g.id LIMIT \(mostParties)) t)
        """

    private static func parties(in text: String) -> [MatchedCase.Party] {
        text.split(separator: ",").compactMap { party in
            let words = party.split(separator: " ")
            guard words.count == 2, let contact = Int64(words[0]) else { return nil }
            return MatchedCase.Party(contact: ContactID(contact), type: String(words[1]))
        }
    }
}
