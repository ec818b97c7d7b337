internal import Contacts
internal import Core
internal import Database
internal import Matching
internal import Primitives

/// A contact as the radar compares it and a steward sees it: the record that stands for all that are one with it, with every live email,
/// phone and address of theirs.
struct ContactSide: Sendable {
    struct Email: Sendable, Hashable {
        let typed: String
        let isShared: Bool
    }

    struct Address: Sendable, Hashable {
        let street, unit, city, state, zip: String
        var line: String {
            let house = unit.isEmpty ? street : "\(street), \(unit)"
            return [house, city, tidied("\(state) \(zip)")].filter { !$0.isEmpty }.joined(separator: ", ")
        }
    }

    let id: ContactID
    let publicID: PublicID
    let kind: Contact.Kind
    var companyName = ""
    var firstName = ""
    var middleName = ""
    var lastName = ""
    var title = ""
    let since: Instant
    var emails: [Email] = []
    var phones: [String] = []
    var addresses: [Address] = []
    /// Who acts as this contact. Loaded for a page about it only.
    var accounts: [String] = []
    var cases = 0

    var name: String {
        let person = tidied("\(firstName) \(middleName) \(lastName)")
        return kind == .company && !companyName.isEmpty || person.isEmpty ? companyName : person
    }

    /// A record without any name takes no part.
    var hasName: Bool { !companyName.isEmpty || !firstName.isEmpty || !lastName.isEmpty }

    /// What is compared. A mailbox that several people read says nothing of a person.
    var matched: MatchContact {
        var contact = MatchContact(id: id.description)
        contact.kind = kind == .company ? .company : .person
        contact.companyName = companyName
        (contact.firstName, contact.middleName, contact.lastName, contact.title) = (firstName, middleName, lastName, title)
        contact.emails = emails.filter { kind == .company || !$0.isShared }.map(\.typed)
        contact.phones = phones
        if let address = addresses.first {
            (contact.address, contact.unit) = (address.street, address.unit)
            (contact.city, contact.state, contact.zip) = (address.city, address.state, address.zip)
        }
        return contact
    }

    /// Another one when anything that is compared is another.
    var digest: Int64 { ContactSide.digest(of: matched) }

    private static func digest(of contact: MatchContact) -> Int64 {
        let texts =
            [
                contact.kind == .company ? "company" : "person", contact.companyName, contact.firstName, contact.middleName,
                contact.lastName, contact.title, contact.address, contact.unit, contact.city, contact.state, contact.zip,
            ] + contact.emails + ["|"] + contact.phones
        return digest(texts.joined(separator: "\u{1F}"))
    }

    /// Eight bytes of a hash.
    static func digest(_ text: String) -> Int64 { Int64(bitPattern: UInt64(sha256(text).prefix(16), radix: 16) ?? 0) }
}

extension ContactSide {
    /// The contacts of these that stand for themselves, live ones only, in the order of their ids: one question.
    /// - Parameter visible: the cases that count, for the alias `c`; nil leaves out accounts and cases.
    static func find(_ ids: [ContactID], visible: SQL? = nil, _ conn: Connection) throws -> [ContactSide] {
        guard !ids.isEmpty else { return [] }
        let list = Set(ids.map(\.value)).sorted()
        var query = details(list)
        if let visible { query += beside(list, visible) }
        return try sides(try conn.rows(query))
    }

    private static func sides(_ rows: [Row]) throws -> [ContactSide] {
        var sides: [ContactID: ContactSide] = [:]
        var parts: [ContactID: [(order: Int64, own: Int64, row: Row, part: String)]] = [:]
        for row in rows {
            let (id, part): (ContactID, String) = (try row["id"], try row["part"])
            if part == "contact" { sides[id] = try ContactSide(row: row) }
            parts[id, default: []].append((try row["place"], try row["own"], row, part))
        }
        return try sides.values.sorted { $0.id < $1.id }.map { side in
            var side = side
            // What stands on the record itself comes first.
            for (_, _, row, part) in (parts[side.id] ?? []).sorted(by: { ($0.own, $0.order) < ($1.own, $1.order) }) {
                try side.take(part, row)
            }
            return side
        }
    }

    private init(row: Row) throws {
        (id, kind, since) = (try row["id"], try row["t6"], try row["at"])
        guard let publicID = PublicID(try row["t7"]) else { throw NotFound() }
        self.publicID = publicID
        (companyName, firstName, middleName) = (try row["t1"], try row["t2"], try row["t3"])
        (lastName, title) = (try row["t4"], try row["t5"])
    }

    private mutating func take(_ part: String, _ row: Row) throws {
        let (first, second): (String, String) = (try row["t1"], try row["t2"])
        switch part {
        case "email": emails.append(Email(typed: first, isShared: second == "1"))
        case "phone": if !phones.contains(first) { phones.append(first) }
        case "address":
            addresses.append(
                Address(street: first, unit: second, city: try row["t3"], state: try row["t4"], zip: try row["t5"]))
        case "account": accounts.append("\(first) \(second)")
        case "cases": cases = Int(try row["at"] as Int64)
        default: break
        }
    }

    /// `own` is 0 for what stands on the record itself, 1 for what stands on one that was merged into it.
    private static func details(_ ids: [Int64]) -> SQL {
        """
        SELECT c.id, 'contact' AS part, c.id AS place, 0 AS own, c.company_name AS t1, c.first_name AS t2, c.middle_name AS t3,
               c.last_name AS t4, c.title AS t5, c.kind AS t6, c.public_id AS t7, c.created_at AS at
        FROM contact c JOIN contact_cluster k ON k.contact_id = c.id
        WHERE c.id IN \(list: ids) AND k.survivor_id = c.id AND c.until IS NULL
        UNION ALL
        SELECT k.survivor_id, 'email', e.id, \(own), e.typed, CAST(e.shared_mailbox AS TEXT), '', '', '', '', '', 0
        FROM contact_cluster k JOIN contact m ON m.id = k.contact_id JOIN contact_email e ON e.contact_id = k.contact_id
        WHERE k.survivor_id IN \(list: ids) AND m.until IS NULL AND e.until IS NULL
        UNION ALL
        SELECT k.survivor_id, 'phone', e.id, \(own), e.typed, '', '', '', '', '', '', 0
        FROM contact_cluster k JOIN contact m ON m.id = k.contact_id JOIN contact_phone e ON e.contact_id = k.contact_id
        WHERE k.survivor_id IN \(list: ids) AND m.until IS NULL AND e.until IS NULL
        UNION ALL
        SELECT k.survivor_id, 'address', e.id, \(own), e.street, e.unit, e.city, e.state, e.zip, '', '', 0
        FROM contact_cluster k JOIN contact m ON m.id = k.contact_id JOIN contact_address e ON e.contact_id = k.contact_id
        WHERE k.survivor_id IN \(list: ids) AND m.until IS NULL AND e.until IS NULL
        """
    }

    private static let own: SQL = "CASE WHEN k.contact_id = k.survivor_id THEN 0 ELSE 1 END"

    private static func beside(_ ids: [Int64], _ visible: SQL) -> SQL {
        """
         UNION ALL
        SELECT k.survivor_id, 'account', a.id, 0, a.first_name, a.last_name, '', '', '', '', '', 0
        FROM contact_cluster k JOIN contact_link l ON l.contact_id = k.contact_id JOIN account a ON a.id = l.account_id
        WHERE k.survivor_id IN \(list: ids) AND l.until IS NULL AND a.closed_at IS NULL
        UNION ALL
        SELECT k.survivor_id, 'account', a.id, 1, a.first_name, a.last_name, '', '', '', '', '', 0
        FROM contact_cluster k JOIN membership l ON l.organization_id = k.contact_id JOIN account a ON a.id = l.account_id
        WHERE k.survivor_id IN \(list: ids) AND l.until IS NULL AND a.closed_at IS NULL
        UNION ALL
        SELECT k.survivor_id, 'cases', 0, 0, '', '', '', '', '', '', '', COUNT(DISTINCT c.id)
        FROM contact_cluster k JOIN case_grant g ON g.contact_id = k.contact_id JOIN case_record c ON c.id = g.case_id
        WHERE k.survivor_id IN \(list: ids) AND g.until IS NULL AND \(visible)
        GROUP BY k.survivor_id
        """
    }
}
