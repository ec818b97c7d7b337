internal import Cases
internal import Contacts
internal import Core
internal import Database
internal import Places
internal import Primitives

/// A case that fits what somebody wrote, with its parties.
struct MatchedCase: Sendable {
    struct Party: Sendable {
        let contact: Contact
        /// Key of the contact type.
        let type: String
    }
    let summary: CaseSummary
    let parties: [Party]
}

enum MatchedCases {
    static let most = 10

    /// By number, wherever in the text it stands, else by the beginning of an address.
    /// - Parameter visible: the cases this steward may see, for the alias `c`.
    static func find(_ text: String, visible: SQL, _ city: CityContext, _ conn: Connection) throws -> [MatchedCase] {
        var ids = try byNumber(text, visible, conn)
        if ids.isEmpty { ids = try byAddress(text, visible, conn) }
        let parties = try self.parties(of: ids, conn)
        return try CaseSummary.find(ids, for: .staff, city, conn).map { summary in
            MatchedCase(summary: summary, parties: parties[summary.id] ?? [])
        }
    }

    /// What looks like a case number, in the city's writing.
    static func numbers(in text: String) -> [String] {
        text.uppercased().split { $0.isWhitespace || ",;()#".contains($0) }.map(String.init).filter {
            CaseNumbers.parse($0) != nil
        }
    }

    private static func byNumber(_ text: String, _ visible: SQL, _ conn: Connection) throws -> [CaseID] {
        let numbers = numbers(in: text)
        guard !numbers.isEmpty else { return [] }
        return try conn.rows(
            """
            SELECT c.id FROM case_record c WHERE c.number IN \(list: numbers) AND \(visible)
            ORDER BY c.id LIMIT \(most)
            """
        ).map { try $0["id"] }
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

    private static func byAddress(_ text: String, _ visible: SQL, _ conn: Connection) throws -> [CaseID] {
        for address in addresses(in: text) {
            let ids: [CaseID] = try conn.rows(
                """
                SELECT c.id FROM address a
                JOIN case_location l ON l.address_id = a.id
                JOIN case_record c ON c.id = l.case_id
                WHERE a.folded >= \(address) AND a.folded < \(address + "\u{10FFFD}") AND \(visible)
                GROUP BY c.id, c.active_on ORDER BY c.active_on DESC, c.id DESC LIMIT \(most)
                """
            ).map { try $0["id"] }
            if !ids.isEmpty { return ids }
        }
        return []
    }

    private static func parties(of ids: [CaseID], _ conn: Connection) throws -> [CaseID: [MatchedCase.Party]] {
        var parties: [CaseID: [MatchedCase.Party]] = [:]
        let grants = try conn.rows(
            """
            SELECT g.case_id, g.contact_id, g.contact_type FROM case_grant g
            WHERE g.case_id IN \(list: ids.map(\.value)) AND g.until IS NULL ORDER BY g.id LIMIT 200
            """)
        for grant in grants {
            guard let contact = try Contact.find(grant["contact_id"] as ContactID, conn) else { continue }
            parties[try grant["case_id"], default: []].append(
                MatchedCase.Party(contact: contact, type: try grant["contact_type"]))
        }
        return parties
    }
}
