internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// Why a record may be the asker's: in words, with its weight in tenths of a point, so that the weights shown add up to the sum shown.
struct Reason: Sendable, Hashable {
    let phrase: Phrase
    let tenths: Int

    init(_ phrase: Phrase, tenths: Int) {
        self.phrase = phrase
        self.tenths = tenths
    }
}

/// A record that the asker may be, with the evidence and what a link would give (C3).
struct Suggestion: Sendable {
    let contact: Contact
    let details: ContactDetails
    let reasons: [Reason]
    let caseCount: Int
    /// Who acts as this record already.
    let linked: [String]
    let gained: GainedCases

    var tenths: Int { reasons.map(\.tenths).reduce(0, +) }

    /// The evidence as the audit keeps it.
    func evidence(_ number: String, _ t: Voice) -> String {
        let list = reasons.map { "\(t($0.phrase)) \(points($0.tenths, signed: true))" }.joined(separator: "; ")
        return "\(number): \(list) = \(points(tenths))"
    }
}

/// Tenths as people read them: `7.5`, `+7.5`, `−1.0`.
func points(_ tenths: Int, signed: Bool = false) -> String {
    let sign = tenths < 0 ? "−" : (signed ? "+" : "")
    return "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
}

enum Suggestions {
    static let most = 8

    /// The likeliest first; records that nothing speaks for, and those the asker acts as already, are not among them.
    static func find(
        for request: AccessRequest, _ asker: Asker, _ cases: [MatchedCase], _ access: AccessTable, _ conn: Connection
    ) throws -> [Suggestion] {
        let onCases = Set(cases.flatMap(\.parties).map(\.contact.id))
        let scored = try candidates(request, asker, onCases, conn).compactMap { id -> (Contact, ContactDetails, [Reason])? in
            guard let contact = try Contact.find(id, conn) else { return nil }
            let details = try ContactDetails.find(id, conn)
            let reasons = Evidence.reasons(contact, details, asker, isOnCase: onCases.contains(id), place: request.caseText)
            return reasons.map(\.tenths).reduce(0, +) > 0 ? (contact, details, reasons) : nil
        }
        let best = scored.sorted { a, b in
            let (x, y) = (a.2.map(\.tenths).reduce(0, +), b.2.map(\.tenths).reduce(0, +))
            return x == y ? a.0.id < b.0.id : x > y
        }
        return try best.prefix(most).map { contact, details, reasons in
            Suggestion(
                contact: contact, details: details, reasons: reasons,
                caseCount: try GainedCases.count(contact.id, nil, access, conn), linked: try linked(to: contact.id, conn),
                gained: try GainedCases.of(contact.id, for: asker.account, access, listing: 10, conn))
        }
    }

    /// Records worth scoring: on the cases, with the address or phone, of the name, and those C1 could not decide between.
    private static func candidates(
        _ request: AccessRequest, _ asker: Asker, _ onCases: Set<ContactID>, _ conn: Connection
    ) throws -> [ContactID] {
        var ids = Set(request.contacts).union(onCases)
        for email in asker.emails { ids.formUnion(try Contact.all(email: email.folded, conn).map(\.id)) }
        let digits = asker.phone.filter(\.isNumber)
        if digits.count >= 7 {
            let rows = try conn.rows("SELECT contact_id FROM contact_phone WHERE digits = \(digits) AND until IS NULL LIMIT 20")
            ids.formUnion(try rows.map { try $0["contact_id"] })
        }
        let names = [foldedForSearch("\(asker.lastName) \(asker.firstName)"), foldedForSearch(asker.name)].filter { !$0.isEmpty }
        let named = try conn.rows(
            "SELECT id FROM contact WHERE search_name IN \(list: names) AND until IS NULL ORDER BY id LIMIT 20")
        ids.formUnion(try named.map { try $0["id"] })
        ids.subtract(asker.contacts.map(\.id))
        let live = try conn.rows(
            "SELECT id FROM contact WHERE id IN \(list: ids.map(\.value)) AND until IS NULL ORDER BY id LIMIT 100")
        return try live.map { try $0["id"] }
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
