internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// Everything staff see of a contact: all records that are one with it, how to reach them, and who acts for them. One statement.
struct FullContact: Sendable {
    struct Record: Sendable {
        let id: ContactID
        let publicID: String
        let kind: Contact.Kind
        let own: Face
        let since: Instant
        /// On how many cases it stands.
        let cases: Int
        var name: String { FullContact.name(kind, own) }
    }
    struct Line: Sendable {
        let id: Int64
        let record: ContactID
        let text: String
        /// Of an email: read by several people.
        let isShared: Bool
        /// Of a phone: business, home or mobile.
        let kind: String
    }
    struct Holder: Sendable {
        let account: AccountID
        let record: ContactID
        let name: String
        /// nil for whoever acts as the person themselves.
        let role: Membership.Role?
        /// Given by a merge, and ends with it.
        let isByMerge: Bool
        let since: Instant
    }
    struct Edge: Sendable {
        let id: Int64
        let from: ContactID
        let into: ContactID
        let since: Instant
        let evidence: String
    }

    struct Hold: Sendable {
        let id: Int64
        let held: [ContactHold.Held]
        let reason: String
        let since: Instant
    }

    let survivor: ContactID
    /// How others see it.
    let face: Face
    let isFindable: Bool
    let records: [Record]
    let emails: [Line]
    let phones: [Line]
    let addresses: [Line]
    let holders: [Holder]
    let edges: [Edge]
    let holds: [Hold]

    var publicID: String { records.first { $0.id == survivor }?.publicID ?? "" }
    var kind: Contact.Kind { records.first?.kind ?? .person }
    var name: String { FullContact.name(kind, face) }
    var cases: Int { records.reduce(0) { $0 + $1.cases } }
    func record(_ id: ContactID) -> Record? { records.first { $0.id == id } }

    static func name(_ kind: Contact.Kind, _ face: Face) -> String {
        let person = tidied([face[.title], face[.firstName], face[.middleName], face[.lastName]].joined(separator: " "))
        guard kind == .company else { return person.isEmpty ? face[.companyName] : person }
        return face[.companyName].isEmpty ? person : face[.companyName]
    }

    /// The contact of each of these public ids, with whatever is one with it; two that are one come as one.
    static func find(_ publicIDs: [String], _ conn: Connection) throws -> [FullContact] {
        let rows = try conn.rows(statement(publicIDs))
        let bySurvivor = Dictionary(grouping: rows) { row in (try? row["survivor"] as Int64) ?? 0 }
        let found = try bySurvivor.compactMap { survivor, rows in try FullContact(ContactID(survivor), rows) }
        return publicIDs.reduce(into: []) { list, id in
            guard let one = found.first(where: { $0.records.contains { $0.publicID == id } }),
                !list.contains(where: { $0.survivor == one.survivor })
            else { return }
            list.append(one)
        }
    }

    private init?(_ survivor: ContactID, _ rows: [Row]) throws {
        var records: [Record] = []
        var faceRow: Row?
        var emails: [Line] = []
        var phones: [Line] = []
        var addresses: [Line] = []
        var holders: [Holder] = []
        var edges: [Edge] = []
        var holds: [Hold] = []
        for row in rows {
            let (id, record): (Int64, ContactID) = (try row["id"], try row["contact_id"])
            switch try row["what"] as String {
            case "1 record":
                records.append(
                    Record(
                        id: record, publicID: try row["a"], kind: Contact.Kind(rawValue: try row["b"]) ?? .person,
                        own: try FullContact.face(row), since: try row["n"], cases: Int(try row["m"] as Int64)))
                if record == survivor { faceRow = row }
            case "2 email":
                emails.append(Line(id: id, record: record, text: try row["a"], isShared: try row["n"] as Int64 == 1, kind: ""))
            case "3 phone": phones.append(Line(id: id, record: record, text: try row["b"], isShared: false, kind: try row["a"]))
            case "4 address":
                let address = ContactDetails.PostalAddress(
                    street: try row["a"], unit: try row["b"], city: try row["c"], state: try row["d"], zip: try row["e"])
                addresses.append(Line(id: id, record: record, text: address.line, isShared: false, kind: ""))
            case "5 holder":
                let names: [String] = [try row["a"], try row["b"]]
                holders.append(
                    Holder(
                        account: AccountID(id), record: record, name: tidied(names.joined(separator: " ")),
                        role: Membership.Role(rawValue: try row["c"]), isByMerge: try row["m"] as Int64 > 0, since: try row["n"]))
            case "6 edge":
                edges.append(
                    Edge(
                        id: id, from: record, into: ContactID(try row["m"] as Int64), since: try row["n"], evidence: try row["a"])
                )
            case "7 face": faceRow = row
            case "8 hold":
                let keys: String = try row["a"]
                holds.append(
                    Hold(
                        id: id, held: keys.split(separator: " ").compactMap { ContactHold.Held(rawValue: String($0)) },
                        reason: try row["b"], since: try row["n"]))
            default: break
            }
        }
        guard let faceRow, let first = rows.first else { return nil }
        self.survivor = survivor
        face = try FullContact.face(faceRow)
        isFindable = try first["findable"] as Int64 == 1
        self.records = records
        self.emails = emails
        self.phones = phones
        self.addresses = addresses
        self.holders = holders
        self.edges = edges
        self.holds = holds
    }

    private static func face(_ row: Row) throws(DatabaseError) -> Face {
        Face(values: [
            .companyName: try row["c"], .firstName: try row["d"], .middleName: try row["e"], .lastName: try row["f"],
            .title: try row["g"],
        ])
    }

    private static func statement(_ publicIDs: [String]) -> SQL {
        """
        WITH one AS (
            SELECT DISTINCT k.contact_id, k.survivor_id, s.findable
            FROM contact c JOIN contact_cluster o ON o.contact_id = c.id JOIN contact_cluster k ON k.survivor_id = o.survivor_id
                JOIN contact s ON s.id = k.survivor_id
            WHERE c.public_id IN \(list: publicIDs) AND c.until IS NULL)
        SELECT '1 record' AS what, one.survivor_id AS survivor, one.findable, one.contact_id, c.id, c.public_id AS a, c.kind AS b,
            c.company_name AS c, c.first_name AS d, c.middle_name AS e, c.last_name AS f, c.title AS g, c.created_at AS n,
            (SELECT COUNT(DISTINCT g.case_id) FROM case_grant g WHERE g.contact_id = c.id AND g.until IS NULL) AS m
        FROM one JOIN contact c ON c.id = one.contact_id
        UNION ALL SELECT '2 email', one.survivor_id, one.findable, one.contact_id, e.id, e.typed, '', '', '', '', '', '', e.shared_mailbox, 0
        FROM one JOIN contact_email e ON e.contact_id = one.contact_id AND e.until IS NULL
        UNION ALL SELECT '3 phone', one.survivor_id, one.findable, one.contact_id, p.id, p.kind, p.typed, '', '', '', '', '', 0, 0
        FROM one JOIN contact_phone p ON p.contact_id = one.contact_id AND p.until IS NULL
        UNION ALL SELECT '4 address', one.survivor_id, one.findable, one.contact_id, a.id, a.street, a.unit, a.city, a.state, a.zip, '', '', 0, 0
        FROM one JOIN contact_address a ON a.contact_id = one.contact_id AND a.until IS NULL
        UNION ALL SELECT '5 holder', one.survivor_id, one.findable, one.contact_id, l.account_id, a.first_name, a.last_name, '', '', '', '', '',
            l.since, COALESCE(l.edge_id, 0)
        FROM one JOIN contact_link l ON l.contact_id = one.contact_id AND l.until IS NULL
            JOIN account a ON a.id = l.account_id AND a.closed_at IS NULL
        UNION ALL SELECT '5 holder', one.survivor_id, one.findable, one.contact_id, m.account_id, a.first_name, a.last_name, m.role, '', '', '', '',
            m.since, COALESCE(m.edge_id, 0)
        FROM one JOIN membership m ON m.organization_id = one.contact_id AND m.until IS NULL
            JOIN account a ON a.id = m.account_id AND a.closed_at IS NULL
        UNION ALL SELECT '6 edge', one.survivor_id, one.findable, one.contact_id, i.id, i.evidence, '', '', '', '', '', '', i.since, i.to_contact
        FROM one JOIN identity_edge i ON i.from_contact = one.contact_id AND i.until IS NULL
        UNION ALL SELECT '8 hold', one.survivor_id, one.findable, one.contact_id, h.id, h.held, h.reason, '', '', '', '', '', h.since, 0
        FROM one JOIN contact_hold h ON h.contact_id = one.contact_id AND h.until IS NULL
        UNION ALL SELECT '7 face', one.survivor_id, one.findable, one.contact_id, 0, '', '', COALESCE(k.company_name, ''),
            COALESCE(k.first_name, ''), COALESCE(k.middle_name, ''), COALESCE(k.last_name, ''), COALESCE(k.title, ''), 0, 0
        FROM one JOIN contact_cluster k ON k.contact_id = one.contact_id
        WHERE one.contact_id = one.survivor_id AND k.company_name IS NOT NULL
        ORDER BY 1, 5
        """
    }
}
