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
        let emails = try conn.rows(
            """
            SELECT typed, folded, shared_mailbox, is_primary FROM contact_email
            WHERE contact_id = \(id) AND until IS NULL ORDER BY is_primary DESC, id
            """
        ).map { row in
            Email(
                address: TypedAddress(typed: try row["typed"], folded: try row["folded"]), isShared: try row["shared_mailbox"],
                isPrimary: try row["is_primary"])
        }
        let phones = try conn.rows(
            "SELECT kind, typed, digits FROM contact_phone WHERE contact_id = \(id) AND until IS NULL ORDER BY id"
        ).map { row in Phone(kind: try row["kind"], typed: try row["typed"], digits: try row["digits"]) }
        let addresses = try conn.rows(
            """
            SELECT street, unit, city, state, zip FROM contact_address
            WHERE contact_id = \(id) AND until IS NULL ORDER BY id
            """
        ).map { row in
            PostalAddress(
                street: try row["street"], unit: try row["unit"], city: try row["city"], state: try row["state"],
                zip: try row["zip"])
        }
        return ContactDetails(emails: emails, phones: phones, addresses: addresses)
    }
}
