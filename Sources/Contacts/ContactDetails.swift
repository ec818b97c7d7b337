public import Accounts
public import Core
public import Database

/// How a contact can be reached: for the contact itself and for staff, never for a search (B5).
public struct ContactDetails: Sendable {
    public struct Email: Sendable {
        public let address: TypedAddress
        /// Several people read it (C1 d).
        public let isShared: Bool
        /// The one that stands for the company.
        public let isPrimary: Bool
    }
    public struct Phone: Sendable {
        /// business, home or mobile
        public let kind: String
        public let typed: String
        public let digits: String
    }
    public struct PostalAddress: Sendable {
        public let street, unit, city, state, zip: String
        public init(street: String, unit: String, city: String, state: String, zip: String) {
            self.street = street
            self.unit = unit
            self.city = city
            self.state = state
            self.zip = zip
        }
        public var line: String {
            let house = unit.isEmpty ? street : "\(street), \(unit)"
            return [house, city, "\(state) \(zip)".trimmed].filter { !$0.isEmpty }.joined(separator: ", ")
        }
    }

    public private(set) var emails: [Email]
    public private(set) var phones: [Phone]
    public private(set) var addresses: [PostalAddress]

    init(emails: [Email], phones: [Phone], addresses: [PostalAddress]) {
        self.emails = emails
        self.phones = phones
        self.addresses = addresses
    }

    public static func find(_ id: ContactID, _ conn: Connection) throws -> ContactDetails {
        try find([id], conn)[id] ?? ContactDetails(emails: [], phones: [], addresses: [])
    }

    /// Of many contacts. Who has nothing on file is left out.
    public static func find(_ ids: [ContactID], _ conn: Connection) throws -> [ContactID: ContactDetails] {
        let rows = try conn.rows(
            """
            WITH wanted (id) AS \(list: Set(ids.map(\.value)).sorted())
            \(parts.joined(separator: " UNION ALL ")) ORDER BY what, is_first DESC, row_id
            """)
        return try grouped(rows)
    }

    /// What is on file of `wanted (id)`, a statement for each kind. Emails stand first, and the one for the company before the others.
    static let parts: [SQL] = [
        part("email", of: "contact_email", "d.typed, d.folded, '', '', ''", "d.shared_mailbox", first: "d.is_primary"),
        part("phone", of: "contact_phone", "d.kind, d.typed, d.digits, '', ''"),
        part("address", of: "contact_address", "d.street, d.unit, d.city, d.state, d.zip"),
    ]

    private static func part(_ what: SQL, of table: SQL, _ texts: SQL, _ mark: SQL = "0", first: SQL = "0") -> SQL {
        """
        SELECT '\(what)' AS what, w.id AS contact_id, \(texts), \(mark) AS mark, \(first) AS is_first, d.id AS row_id
        FROM wanted w CROSS JOIN \(table) d WHERE d.contact_id = w.id AND d.until IS NULL
        """
    }

    /// - Parameter rows: of `parts`, in their order; others are passed over.
    static func grouped(_ rows: [Row]) throws -> [ContactID: ContactDetails] {
        var all: [ContactID: ContactDetails] = [:]
        for row in rows {
            let what: String = try row[0]
            guard ["email", "phone", "address"].contains(what) else { continue }
            try all[row[1], default: ContactDetails(emails: [], phones: [], addresses: [])].add(what, row)
        }
        return all
    }

    /// The texts of a row stand from its third column on.
    private mutating func add(_ what: String, _ row: Row) throws {
        switch what {
        case "email":
            emails.append(
                Email(
                    address: TypedAddress(typed: try row[2], folded: try row[3]), isShared: try row[7], isPrimary: try row[8]))
        case "phone": phones.append(Phone(kind: try row[2], typed: try row[3], digits: try row[4]))
        default:
            addresses.append(
                PostalAddress(street: try row[2], unit: try row[3], city: try row[4], state: try row[5], zip: try row[6]))
        }
    }
}
