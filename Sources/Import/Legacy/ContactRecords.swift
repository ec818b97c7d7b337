internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// Writes contacts of an older portal.
enum ContactRecords {
    static func create(_ contact: LegacyContact, _ change: Change) throws -> ContactID {
        let id = try ContactWriter(change).create(dated(contact, change))
        if !contact.isActive { try end(contact, id, change) }
        return id
    }

    static func create(all contacts: [LegacyContact], _ change: Change) throws -> [ContactID] {
        let ids = try ContactWriter(change).create(all: contacts.map { dated($0, change) })
        for (id, contact) in zip(ids, contacts) where !contact.isActive { try end(contact, id, change) }
        return ids
    }

    private static func dated(_ contact: LegacyContact, _ change: Change) -> NewContact {
        var new = contact.new
        new.createdAt = contact.createdOn.map { change.city.cityClock.start(of: $0) }
        return new
    }

    /// A newer export: what it no longer says ends, what it says anew begins. Links, memberships and cases stay as they are.
    static func update(_ contact: LegacyContact, _ id: ContactID, _ change: Change) throws {
        let (new, conn) = (contact.new, change.conn)
        let searchName = new.kind == .company ? new.companyName : "\(new.lastName) \(new.firstName)"
        try conn.run(
            """
            UPDATE contact
            SET kind = \(new.kind), company_name = \(new.companyName), first_name = \(new.firstName), middle_name = \(new.middleName),
                last_name = \(new.lastName), title = \(new.title), search_name = \(foldedForSearch(searchName))
            WHERE id = \(id)
            """)
        if let contact = try Contact.find(id, conn), contact.isFindable {
            // Lists the words of the new name in place of the old one's.
            try ContactWriter(change).setFindable(false, id)
            try ContactWriter(change).setFindable(true, id)
        }
        try emails(new, id, change)
        try phones(new, id, change)
        try address(new, id, change)
        let isLive = try conn.exists("SELECT 1 FROM contact WHERE id = \(id) AND until IS NULL")
        if contact.isActive, !isLive { try conn.run("UPDATE contact SET until = NULL WHERE id = \(id)") }
        if !contact.isActive, isLive { try end(contact, id, change) }
        let name = try Contact.find(id, conn)?.name ?? ""
        try change.record(NewFact(.contactCorrected, about: .contact(id), ["name": .string(name)]))
    }

    private static func end(_ contact: LegacyContact, _ id: ContactID, _ change: Change) throws {
        try change.conn.run("UPDATE contact SET until = \(change.now) WHERE id = \(id)")
        let name = try Contact.find(id, change.conn)?.name ?? ""
        try change.record(NewFact(.contactEnded, about: .contact(id), ["name": .string(name)]))
    }

    private static func emails(_ new: NewContact, _ id: ContactID, _ change: Change) throws {
        let wanted = new.emails.compactMap { email in FoldedEmail(email.typed).map { (email, $0) } }
        try change.conn.run(
            """
            UPDATE contact_email SET until = \(change.now)
            WHERE contact_id = \(id) AND until IS NULL AND folded NOT IN \(list: wanted.map(\.1.description))
            """)
        for (email, folded) in wanted {
            let has = try change.conn.exists(
                "SELECT 1 FROM contact_email WHERE contact_id = \(id) AND folded = \(folded) AND until IS NULL")
            if has { continue }
            try change.conn.run(
                """
                INSERT INTO contact_email (contact_id, typed, folded, shared_mailbox)
                VALUES (\(id), \(email.typed), \(folded), \(email.isShared))
                """)
        }
    }

    private static func phones(_ new: NewContact, _ id: ContactID, _ change: Change) throws {
        for kind in ["business", "home", "mobile"] {
            let typed = new.phones.first { $0.kind == kind }?.typed
            let now: String? = try change.conn.value(
                "SELECT typed FROM contact_phone WHERE contact_id = \(id) AND kind = \(kind) AND until IS NULL ORDER BY id LIMIT 1"
            )
            guard typed != now else { continue }
            try change.conn.run(
                "UPDATE contact_phone SET until = \(change.now) WHERE contact_id = \(id) AND kind = \(kind) AND until IS NULL")
            guard let typed else { continue }
            try change.conn.run(
                """
                INSERT INTO contact_phone (contact_id, kind, typed, digits)
                VALUES (\(id), \(kind), \(typed), \(typed.filter(\.isNumber)))
                """)
        }
    }

    private static func address(_ new: NewContact, _ id: ContactID, _ change: Change) throws {
        let row = try change.conn.row(
            """
            SELECT street, unit, city, state, zip FROM contact_address
            WHERE contact_id = \(id) AND kind = 'mailing' AND until IS NULL ORDER BY id LIMIT 1
            """)
        let now: [String]? = try row.map { [try $0["street"], try $0["unit"], try $0["city"], try $0["state"], try $0["zip"]] }
        let wanted = new.address.map { [$0.street, $0.unit, $0.city, $0.state, $0.zip] }
        guard now != wanted else { return }
        try change.conn.run(
            "UPDATE contact_address SET until = \(change.now) WHERE contact_id = \(id) AND kind = 'mailing' AND until IS NULL")
        guard let address = new.address else { return }
        try change.conn.run(
            """
            INSERT INTO contact_address (contact_id, kind, street, unit, city, state, zip, search_street)
            VALUES (\(id), 'mailing', \(address.street), \(address.unit), \(address.city), \(address.state), \(address.zip),
                    \(foldedForSearch("\(address.street) \(address.zip.prefix(5))")))
            """)
    }
}
