public import Core
public import Primitives

/// A contact before it is stored. Empty text means unknown.
public struct NewContact: Sendable {
    public struct Email: Sendable {
        public var typed: String
        public var isShared: Bool
        public init(_ typed: String, isShared: Bool = false) {
            self.typed = typed
            self.isShared = isShared
        }
    }
    public struct Phone: Sendable {
        /// business, home or mobile
        public var kind: String
        public var typed: String
        public init(kind: String, typed: String) {
            self.kind = kind
            self.typed = typed
        }
    }
    public struct PostalAddress: Sendable {
        public var street, unit, city, state, zip: String
        public init(street: String, unit: String = "", city: String, state: String, zip: String) {
            self.street = street
            self.unit = unit
            self.city = city
            self.state = state
            self.zip = zip
        }
    }

    public var kind: Contact.Kind
    public var companyName = ""
    public var firstName = ""
    public var middleName = ""
    public var lastName = ""
    public var title = ""
    public var emails: [Email] = []
    public var phones: [Phone] = []
    public var address: PostalAddress?
    public var isFindable = false
    public var parent: ContactID?
    public var legacyID: String?

    public init(_ kind: Contact.Kind) { self.kind = kind }
}

/// Makes and links contacts. Rows end, they are not deleted.
public struct ContactWriter {
    private let change: Change
    public init(_ change: Change) { self.change = change }

    public func create(_ new: NewContact) throws -> ContactID {
        let name = new.kind == .company ? new.companyName : "\(new.firstName) \(new.lastName)".trimmed
        let id = ContactID(
            try change.conn.insert(
                """
                INSERT INTO contact (public_id, kind, company_name, first_name, middle_name, last_name, title, search_name, findable,
                                     parent_id, legacy_id, created_at)
                VALUES (\(change.publicID()), \(new.kind), \(new.companyName), \(new.firstName), \(new.middleName), \(new.lastName),
                        \(new.title), \(ContactWriter.searchName(new)), \(new.isFindable), \(new.parent), \(new.legacyID), \(change.now))
                RETURNING id
                """))
        try change.conn.run("INSERT INTO contact_cluster (contact_id, survivor_id) VALUES (\(id), \(id))")
        for email in new.emails {
            guard let folded = FoldedEmail(email.typed) else { continue }
            try change.conn.run(
                """
                INSERT INTO contact_email (contact_id, typed, folded, shared_mailbox)
                VALUES (\(id), \(email.typed), \(folded), \(email.isShared))
                """)
        }
        for phone in new.phones where !phone.typed.isEmpty {
            try change.conn.run(
                """
                INSERT INTO contact_phone (contact_id, kind, typed, digits)
                VALUES (\(id), \(phone.kind), \(phone.typed), \(phone.typed.filter(\.isNumber)))
                """)
        }
        if let address = new.address, !address.street.isEmpty {
            try change.conn.run(
                """
                INSERT INTO contact_address (contact_id, kind, street, unit, city, state, zip, search_street)
                VALUES (\(id), 'mailing', \(address.street), \(address.unit), \(address.city), \(address.state), \(address.zip),
                        \(foldedForSearch("\(address.street) \(address.zip.prefix(5))")))
                """)
        }
        try change.record(NewFact(.contactCreated, about: .contact(id), ["name": .string(name)]))
        return id
    }

    /// What people search by: a company by its name, a person by last name first.
    static func searchName(_ new: NewContact) -> String {
        switch new.kind {
        case .company: foldedForSearch(new.companyName)
        case .person: foldedForSearch("\(new.lastName) \(new.firstName)")
        }
    }

    public enum How: String, Sendable { case registration, claim, steward, invitation, imported = "import", merge }

    /// The account may act as the contact from now on. Does nothing when it already may.
    /// - Parameter evidence: how we know, as a short sentence for the audit.
    @discardableResult
    public func link(_ account: AccountID, to contact: ContactID, how: How, evidence: String) throws -> Bool {
        let made = try change.conn.run(
            """
            INSERT INTO contact_link (account_id, contact_id, how, evidence, since)
            VALUES (\(account), \(contact), \(how.rawValue), \(evidence), \(change.now))
            ON CONFLICT DO NOTHING
            """)
        guard made > 0 else { return false }
        let name = try Contact.find(contact, change.conn)?.name ?? ""
        try change.record(
            NewFact(
                .contactLinked, about: .contact(contact), and: [.account(account)],
                [
                    "name": .string(name), "account": .integer(account.value), "how": .string(how.rawValue),
                    "evidence": .string(evidence),
                ]))
        return true
    }

    /// Access ends at the person's next request.
    @discardableResult
    public func unlink(_ account: AccountID, from contact: ContactID, why: String) throws -> Bool {
        let ended = try change.conn.run(
            """
            UPDATE contact_link SET until = \(change.now)
            WHERE account_id = \(account) AND contact_id = \(contact) AND until IS NULL
            """)
        guard ended > 0 else { return false }
        let name = try Contact.find(contact, change.conn)?.name ?? ""
        try change.record(
            NewFact(
                .contactUnlinked, about: .contact(contact), and: [.account(account)],
                ["name": .string(name), "account": .integer(account.value)], why: why))
        return true
    }

    /// Makes the account a member of the organization. Does nothing when it is one.
    @discardableResult
    public func join(_ account: AccountID, organization: ContactID, as role: Membership.Role) throws -> Bool {
        let made = try change.conn.run(
            """
            INSERT INTO membership (organization_id, account_id, role, since)
            VALUES (\(organization), \(account), \(role), \(change.now))
            ON CONFLICT DO NOTHING
            """)
        guard made > 0 else { return false }
        let name = try Contact.find(organization, change.conn)?.name ?? ""
        try change.record(
            NewFact(
                .memberJoined, about: .contact(organization), and: [.account(account)],
                ["name": .string(name), "account": .integer(account.value), "role": .string(role.rawValue)]))
        return true
    }
}
