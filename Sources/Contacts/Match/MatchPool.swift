public import Core
public import Database

/// The records that somebody who asks may be, and others named beside them, with all that scoring them takes: one statement.
public struct MatchPool: Sendable {
    private struct Entry: Sendable {
        let contact: Contact
        let isLive: Bool
        let details: ContactDetails
    }

    private let entries: [ContactID: Entry]

    /// - Parameter named: records that are looked up in any case, also those that ended.
    public init(for asker: ContactMatch.Asker, named: Set<ContactID>, _ conn: Connection) throws {
        let rows = try conn.rows(
            """
            WITH wanted (id) AS (\(MatchCandidates.ids(asker, named)))
            SELECT 'contact' AS what, c.id AS contact_id, c.public_id, c.kind, c.company_name, c.first_name, c.last_name,
                c.findable AS mark, CASE WHEN c.until IS NULL THEN 1 ELSE 0 END AS is_first, c.id AS row_id
            FROM wanted w CROSS JOIN contact c WHERE c.id = w.id
            UNION ALL \(ContactDetails.parts.joined(separator: " UNION ALL ")) ORDER BY what, is_first DESC, row_id
            """)
        let details = try ContactDetails.grouped(rows)
        var entries: [ContactID: Entry] = [:]
        for row in rows where try row[0] == "contact" {
            let contact = try Contact(
                id: row[1], publicID: row[2], kind: row[3], companyName: row[4], firstName: row[5], lastName: row[6],
                isFindable: row[7])
            entries[contact.id] = Entry(
                contact: contact, isLive: try row[8],
                details: details[contact.id] ?? ContactDetails(emails: [], phones: [], addresses: []))
        }
        self.entries = entries
    }

    /// One of those that were named or found.
    public subscript(_ id: ContactID) -> Contact? { entries[id]?.contact }

    public func details(of id: ContactID) -> ContactDetails? { entries[id]?.details }

    /// The likeliest records, best first. Records that nothing speaks for are left out, unless the request itself names them.
    /// - Parameters:
    ///   - also: records to score in any case, for example those that C1 could not decide between, or that an invoice named.
    ///   - kind: only people, or only companies.
    public func suggestions(
        for asker: ContactMatch.Asker, also: Set<ContactID> = [], only kind: Contact.Kind? = nil, limit: Int
    ) -> [ContactMatch] {
        let matches = entries.values.compactMap { entry -> ContactMatch? in
            guard entry.isLive, kind == nil || entry.contact.kind == kind else { return nil }
            let reasons = ContactMatch.reasons(asker, entry.contact, entry.details)
            let match = ContactMatch(contact: entry.contact, details: entry.details, reasons: reasons)
            return match.tenths > 0 || also.contains(entry.contact.id) ? match : nil
        }
        return Array(
            matches.sorted { a, b in a.tenths == b.tenths ? a.contact.id < b.contact.id : a.tenths > b.tenths }.prefix(limit))
    }
}
