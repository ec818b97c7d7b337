internal import Cases
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// A row of contacts.csv.
struct LegacyContact: Sendable {
    let id: String
    var new: NewContact
    let isActive: Bool
    let parent: String
    let createdOn: CivilDate?

    var emails: [FoldedEmail] { new.emails.compactMap { FoldedEmail($0.typed) } }
}

let contactsFile = LegacyFile(name: "contacts.csv", order: 10) { engine, path, state in
    try LegacyContact.countMailboxes(path, &state.contacts.mailboxes)
    var report = try await engine.run(LegacyContact.rows, path: path, state: &state)
    try await LegacyContact.linkParents(engine, state, &report)
    try await LegacyContact.markSharedMailboxes(engine, state.contacts)
    return report
}

extension LegacyContact {
    static var rows: RowKind<LegacyState, LegacyContact> {
        RowKind(
            file: "contacts", required: ["contact_id", "kind", "company_name", "first_name", "last_name", "email"],
            columns: [
                "contact_id", "kind", "company_name", "first_name", "middle_name", "last_name", "title", "email", "other_email",
                "business_phone", "home_phone", "mobile_phone", "address", "unit", "city", "state", "zip", "parent_contact_id",
                "active",
                "created_on",
            ],
            read: { notes, state in
                let id = tidied(notes.record["contact_id"])
                do { return try read(&notes, &state) } catch {
                    state.common.contacts.refuse(id, row: notes.record.number)
                    throw error
                }
            },
            problems: { contacts, conn in
                let known = try ImportReferences.contacts(contacts.map(\.id), ImportState(), conn)
                return contacts.map { contact in
                    guard known[contact.id] != nil else { return nil }
                    return
                        "The contact \(contact.id) is in the database already and did not come from this import. Give one of the two another contact_id."
                }
            },
            create: { contact, change in try ContactRecords.create(contact, change).value },
            createAll: { contacts, change in try ContactRecords.create(all: contacts, change).map(\.value) },
            update: { contact, record, change in
                guard let record else { return }
                try ContactRecords.update(contact, ContactID(record), change)
            },
            settled: { keyed, number, record, state in
                state.contacts.accepted[keyed.key] = .init(
                    row: number, kind: keyed.row.new.kind, isActive: keyed.row.isActive, emails: keyed.row.emails,
                    parent: keyed.row.parent)
                state.common.contacts.accept(keyed.key, as: record)
            },
            refused: { keyed, number, state in state.common.contacts.refuse(keyed.key, row: number) })
    }

    private static func read(_ notes: inout RowNotes, _ state: inout LegacyState) throws -> Keyed<LegacyContact> {
        let id = notes.text("contact_id")
        guard !id.isEmpty else {
            throw RowRefusal("The row has no contact_id. Without it no case can name this contact; fill it in and import again.")
        }
        let company = notes.text("company_name")
        if let placeholder = ContractorState(placeholder: company) {
            state.contacts.placeholders[id] = placeholder
            throw RowRefusal("“\(company)” is a note, not a company. Cases that name it say so instead of naming a contractor.")
        }
        var new = NewContact(.person)
        new.companyName = company
        new.firstName = notes.text("first_name")
        new.middleName = notes.text("middle_name")
        new.lastName = notes.text("last_name")
        new.title = notes.text("title")
        new.kind = try kind(&notes, new)
        swapReach(&notes)
        new.emails = emails(&notes, state.contacts.mailboxes)
        new.phones = [("business", "business_phone"), ("home", "home_phone"), ("mobile", "mobile_phone")].compactMap {
            kind, column in
            let typed = notes.phone(column)
            return typed.isEmpty ? nil : NewContact.Phone(kind: kind, typed: typed)
        }
        notes.swapStateAndZip()
        let street = notes.text("address")
        let (unit, city, region, zip) = (notes.text("unit"), notes.city("city"), notes.text("state"), notes.text("zip"))
        state.common.count(city, .cities, as: city)
        if !street.isEmpty { new.address = .init(street: street, unit: unit, city: city, state: region, zip: zip) }
        new.legacyID = id
        let contact = LegacyContact(
            id: id, new: new, isActive: isActive(&notes), parent: notes.text("parent_contact_id"),
            createdOn: notes.day("created_on", isPast: true))
        return Keyed(key: id, label: "contact_id \(id)", row: contact)
    }

    private static func kind(_ notes: inout RowNotes, _ new: NewContact) throws -> Contact.Kind {
        let hasPerson = !new.firstName.isEmpty || !new.lastName.isEmpty
        guard hasPerson || !new.companyName.isEmpty else {
            throw RowRefusal("The contact has neither a company's nor a person's name. Fill in one of them.")
        }
        let typed = notes.text("kind")
        switch (Contact.Kind(rawValue: typed.lowercased()), hasPerson, new.companyName.isEmpty) {
        case (.person, false, _):
            notes.repair("kind", was: typed, "There is no person's name, only a company's. It was kept as a company.")
            return .company
        case (.company, _, true):
            notes.repair("kind", was: typed, "There is no company's name, only a person's. It was kept as a person.")
            return .person
        case (let kind?, _, _): return kind
        case (nil, _, _) where typed.isEmpty:
            let kind: Contact.Kind = hasPerson ? .person : .company
            notes.repair("kind", was: "", "The kind was empty. The names say \(kind.rawValue).")
            return kind
        case (nil, _, _):
            throw RowRefusal(
                RowNotes.sentence(
                    "The kind must be person or company, not “\(typed)”", for: typed, among: ["person", "company"])
                    + " Correct it and import again.")
        }
    }

    private static func emails(_ notes: inout RowNotes, _ mailboxes: SharedMailboxes) -> [NewContact.Email] {
        var folded: Set<FoldedEmail> = []
        return (notes.emails("email") + notes.emails("other_email")).compactMap { typed in
            guard let email = FoldedEmail(typed), folded.insert(email).inserted else { return nil }
            return .init(typed, isShared: mailboxes.isShared(email))
        }
    }

    /// An address under a phone and a number under the email can only be the wrong way round.
    private static func swapReach(_ notes: inout RowNotes) {
        let email = notes.raw("email")
        guard !email.contains("@"), email.filter({ $0.isASCII && $0.isNumber }).count >= 10 else { return }
        for column in ["business_phone", "home_phone", "mobile_phone"] where FoldedEmail(tidied(notes.raw(column))) != nil {
            notes.swap("email", column, "An address and a phone number stood in each other's column. They were exchanged.")
            return
        }
    }

    private static func isActive(_ notes: inout RowNotes) -> Bool {
        let typed = notes.text("active")
        switch typed.lowercased() {
        case "", "true", "t", "1", "yes", "y", "active": return true
        case "false", "f", "0", "no", "n", "inactive": return false
        default:
            notes.repair("active", was: typed, "This is neither true nor false. The contact was kept as active.")
            return true
        }
    }

    /// A first look through the file: a mailbox is shared when three people have it, wherever they stand.
    static func countMailboxes(_ path: String, _ mailboxes: inout SharedMailboxes) throws {
        guard var reader = try? CSVReader(path: path) else { return }
        var seen: Set<String> = []
        while let record = reader.next() {
            var unheard = RowNotes.unheard(record)
            swapReach(&unheard)
            guard record["kind"].lowercased() != "company", seen.insert(tidied(record["contact_id"])).inserted, isActive(&unheard)
            else {
                continue
            }
            mailboxes.count(Set((unheard.emails("email") + unheard.emails("other_email")).compactMap { FoldedEmail($0) }))
        }
    }

    static func linkParents(_ engine: RowEngine, _ state: LegacyState, _ report: inout FileReport) async throws {
        let contacts = state.contacts
        var repaired: [FileReport.Repaired] = []
        var links: [(id: String, parent: String)] = []
        let wanted = contacts.accepted.filter { !$0.value.parent.isEmpty }.sorted { $0.value.row < $1.value.row }
        for (id, contact) in wanted {
            let reason: String
            if contacts.comesBackToItself(id) {
                reason = "A contact cannot belong to itself. It was kept without a company above it."
            } else if let row = state.common.contacts.refused[contact.parent] {
                reason = "The contact it belongs to was refused in row \(row). It was kept without a company above it."
            } else if contacts.accepted[contact.parent] == nil {
                reason = "There is no contact with this contact_id. It was kept without a company above it."
            } else {
                links.append((id, contact.parent))
                continue
            }
            repaired.append(.init(row: contact.row, field: "parent_contact_id", was: contact.parent, reason: reason))
        }
        report.repair(repaired)
        try await engine.batches(links) { links, change in
            for (id, parent) in links {
                try change.conn.run(
                    """
                    UPDATE contact SET parent_id = (SELECT p.id FROM contact p WHERE p.legacy_id = \(parent))
                    WHERE legacy_id = \(id) AND parent_id IS DISTINCT FROM (SELECT p.id FROM contact p WHERE p.legacy_id = \(parent))
                    """)
            }
        }
    }

    /// Unchanged rows too: the third person with a mailbox makes it shared for the first two.
    static func markSharedMailboxes(_ engine: RowEngine, _ contacts: LegacyContacts) async throws {
        let shared = Set(contacts.accepted.values.joinedEmails.filter(contacts.mailboxes.isShared))
        try await engine.batches(shared.map(\.description).sorted()) { emails, change in
            try change.conn.run(
                """
                UPDATE contact_email SET shared_mailbox = 1
                WHERE folded IN \(list: emails) AND shared_mailbox = 0 AND until IS NULL
                """)
        }
    }
}

extension Sequence<LegacyContacts.Known> {
    fileprivate var joinedEmails: [FoldedEmail] { flatMap(\.emails) }
}
