internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// A record that the asker may be, with the evidence and what a link would give (C3).
struct Suggestion: Sendable {
    let match: ContactMatch
    let caseCount: Int
    /// Who acts as this record already.
    let linked: [String]
    let gained: GainedCases

    var contact: Contact { match.contact }

    /// The evidence as the audit keeps it.
    func evidence(_ number: String, _ t: Voice) -> String {
        let list = match.reasons.map { "\(t($0.phrase)) \(points($0.tenths, signed: true))" }.joined(separator: "; ")
        return "\(number): \(list) = \(points(match.tenths))"
    }
}

/// Tenths of a point as people read them: `7.5`, `+7.5`, `−1.0`. Every weight is shown to the tenth, so that the weights shown add up.
func points(_ tenths: Int, signed: Bool = false) -> String {
    let sign = tenths < 0 ? "−" : (signed ? "+" : "")
    return "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
}

enum Suggestions {
    static let most = 8

    /// The likeliest first; records that the asker acts as already, or will by a decision, are not among them.
    static func find(
        for request: Ticket, _ asker: Asker, _ cases: [MatchedCase], _ access: AccessTable, _ conn: Connection
    ) throws -> [Suggestion] {
        let own = Set(asker.contacts.map(\.id) + (try AccessDecision.all(of: request.id, conn).map(\.contact)))
        let matches = try ContactMatch.suggest(
            for: known(of: asker, request, cases), also: Set(request.contacts), limit: most + own.count, conn)
        return try matches.filter { !own.contains($0.contact.id) }.prefix(most).map { match in
            Suggestion(
                match: match, caseCount: try GainedCases.count(match.contact.id, nil, access, conn),
                linked: try linked(to: match.contact.id, conn),
                gained: try GainedCases.of(match.contact.id, for: asker.account, access, listing: 10, conn))
        }
    }

    private static func known(of asker: Asker, _ request: Ticket, _ cases: [MatchedCase]) -> ContactMatch.Asker {
        var known = ContactMatch.Asker()
        known.firstName = asker.firstName
        known.lastName = asker.lastName
        // A guest may have given a company's name.
        known.company = asker.isProven ? "" : asker.name
        known.emails = asker.emails.map(\.folded)
        known.hasProven = asker.isProven
        known.phones = [asker.phone]
        known.street = MatchedCases.addresses(in: request.caseText).last ?? ""
        for matched in cases {
            for party in matched.parties { known.onCases[party.contact.id] = matched.summary.number }
        }
        return known
    }

    /// The names of the accounts that act as this record.
    static func linked(to contact: ContactID, _ conn: Connection) throws -> [String] {
        try conn.rows(
            """
            SELECT a.first_name, a.last_name FROM account a
            WHERE a.closed_at IS NULL AND a.id IN (
                SELECT account_id FROM contact_link WHERE contact_id = \(contact) AND until IS NULL
                UNION SELECT account_id FROM membership WHERE organization_id = \(contact) AND until IS NULL)
            ORDER BY a.id LIMIT 20
            """
        ).map { row in "\(try row["first_name"] as String) \(try row["last_name"] as String)" }
    }
}
