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
    /// When an older system first knew it; nil is now.
    public var createdAt: Instant?

    public init(_ kind: Contact.Kind) { self.kind = kind }

    /// How the contact will be called.
    var name: String { kind == .company && !companyName.isEmpty ? companyName : "\(firstName) \(lastName)".trimmed }
}

/// Makes contacts, links them to accounts, and keeps who belongs to organizations. Rows end, they are not deleted.
public struct ContactWriter {
    let change: Change
    public init(_ change: Change) { self.change = change }

    public func create(_ new: NewContact) throws -> ContactID {
        let id = ContactID(
            try change.conn.insert(
                """
                INSERT INTO contact (public_id, kind, company_name, first_name, middle_name, last_name, title, search_name, findable,
                                     parent_id, legacy_id, created_at)
                VALUES (\(change.publicID()), \(new.kind), \(new.companyName), \(new.firstName), \(new.middleName), \(new.lastName),
                        \(new.title), \(ContactWriter.searchName(new)), \(new.isFindable), \(new.parent), \(new.legacyID), \(new.createdAt ?? change.now))
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
        if new.isFindable { try listWords(of: id, Self.words(new.kind, new.companyName, new.lastName)) }
        try change.record(NewFact(.contactCreated, about: .contact(id), ["name": .string(new.name)]))
        return id
    }

    /// What people search by: a company by its name, a person by last name first.
    static func searchName(_ new: NewContact) -> String {
        switch new.kind {
        case .company: foldedForSearch(new.companyName)
        case .person: foldedForSearch("\(new.lastName) \(new.firstName)")
        }
    }

    /// Whether others may find the contact by name when they add people to a case (B5).
    public func setFindable(_ isFindable: Bool, _ id: ContactID) throws {
        guard let contact = try Contact.find(id, change.conn), contact.isFindable != isFindable else { return }
        try change.conn.run("UPDATE contact SET findable = \(isFindable) WHERE id = \(id)")
        try change.conn.run("DELETE FROM findable_word WHERE contact_id = \(id)")
        if isFindable { try listWords(of: id, Self.words(contact.kind, contact.companyName, contact.lastName)) }
        try change.record(
            NewFact(
                .findableChanged, about: .contact(id), ["name": .string(contact.name), "findable": .bool(isFindable)],
                before: .bool(contact.isFindable), after: .bool(isFindable)))
    }

    private func listWords(of id: ContactID, _ words: Set<String>) throws {
        for word in words.sorted() {
            try change.conn.run("INSERT INTO findable_word (word, contact_id) VALUES (\(word), \(id)) ON CONFLICT DO NOTHING")
        }
    }

    /// A company is found by any word of its name, a person by any word of the last name.
    static func words(_ kind: Contact.Kind, _ company: String, _ lastName: String) -> Set<String> {
        let text = foldedForSearch(kind == .company ? company : lastName)
        return Set(text.split(separator: " ").map(String.init))
    }
}
