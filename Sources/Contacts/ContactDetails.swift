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

    public let emails: [Email]
    public let phones: [Phone]
    public let addresses: [PostalAddress]

    public static func find(_ id: ContactID, _ conn: Connection) throws -> ContactDetails {
        try find([id], conn)[id] ?? ContactDetails(emails: [], phones: [], addresses: [])
    }

    /// Of many contacts, in three statements. Who has nothing on file is left out.
    public static func find(_ ids: [ContactID], _ conn: Connection) throws -> [ContactID: ContactDetails] {
        let list = Set(ids.map(\.value)).sorted()
        let emails: [ContactID: [Email]] = try grouped(
            """
            SELECT contact_id, typed, folded, shared_mailbox, is_primary FROM contact_email
            WHERE contact_id IN \(list: list) AND until IS NULL ORDER BY is_primary DESC, id
            """, conn
        ) { row in
            Email(
                address: TypedAddress(typed: try row["typed"], folded: try row["folded"]), isShared: try row["shared_mailbox"],
                isPrimary: try row["is_primary"])
        }
        let phones: [ContactID: [Phone]] = try grouped(
            """
            SELECT contact_id, kind, typed, digits FROM contact_phone WHERE contact_id IN \(list: list) AND until IS NULL ORDER BY id
            """, conn
        ) { row in Phone(kind: try row["kind"], typed: try row["typed"], digits: try row["digits"]) }
        let addresses: [ContactID: [PostalAddress]] = try grouped(
            """
            SELECT contact_id, street, unit, city, state, zip FROM contact_address
            WHERE contact_id IN \(list: list) AND until IS NULL ORDER BY id
            """, conn
        ) { row in
            PostalAddress(
                street: try row["street"], unit: try row["unit"], city: try row["city"], state: try row["state"],
                zip: try row["zip"])
        }
        let known = Set(emails.keys).union(phones.keys).union(addresses.keys)
        return Dictionary(
            uniqueKeysWithValues: known.map { id in
                (id, ContactDetails(emails: emails[id] ?? [], phones: phones[id] ?? [], addresses: addresses[id] ?? []))
            })
    }

    private static func grouped<Value>(
        _ query: SQL, _ conn: Connection, _ value: (Row) throws -> Value
    ) throws -> [ContactID: [Value]] {
        var groups: [ContactID: [Value]] = [:]
        for row in try conn.rows(query) { groups[try row["contact_id"], default: []].append(try value(row)) }
        return groups
    }
}
