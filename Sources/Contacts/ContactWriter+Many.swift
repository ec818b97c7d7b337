public import Core
internal import Database
public import Primitives

extension ContactWriter {
    /// Makes many contacts at once, exactly as `create` would one after the other.
    public func create(all new: [NewContact]) throws -> [ContactID] {
        let ids = try change.conn.newKeys(new.count, of: "contact").map { ContactID($0) }
        let pairs = Array(zip(ids, new))
        try load("contact", ContactWriter.columns, pairs.lazy.map { values($0, $1) })
        try load("contact_cluster", ["contact_id", "survivor_id"], ids.lazy.map { [$0.sqlValue, $0.sqlValue] })
        try load(
            "contact_email", ["contact_id", "typed", "folded", "shared_mailbox"],
            pairs.lazy.flatMap { id, one in
                one.emails.compactMap { email in
                    FoldedEmail(email.typed).map { [id.sqlValue, .text(email.typed), $0.sqlValue, email.isShared.sqlValue] }
                }
            })
        try load(
            "contact_phone", ["contact_id", "kind", "typed", "digits"],
            pairs.lazy.flatMap { id, one in
                one.phones.filter { !$0.typed.isEmpty }.map { phone in
                    [id.sqlValue, .text(phone.kind), .text(phone.typed), .text(phone.typed.filter(\.isNumber))]
                }
            })
        try load(
            "contact_address", ["contact_id", "kind", "street", "unit", "city", "state", "zip", "search_street"],
            pairs.lazy.compactMap { id, one -> [SQLValue]? in
                guard let address = one.address, !address.street.isEmpty else { return nil }
                return [
                    id.sqlValue, .text("mailing"), .text(address.street), .text(address.unit), .text(address.city),
                    .text(address.state), .text(address.zip),
                    .text(foldedForSearch("\(address.street) \(address.zip.prefix(5))")),
                ]
            })
        try listWords(
            of: pairs.filter(\.1.isFindable).map { ($0, ContactWriter.words($1.kind, $1.companyName, $1.lastName)) })
        try change.record(
            all: pairs.map { id, one in
                TimedFact(NewFact(.contactCreated, about: .contact(id), ["name": .string(one.name)]))
            }, areFirst: true)
        return ids
    }

    /// Lets many be found by name, as `setFindable` would one after the other; those who can be found already stay as they are.
    public func makeFindable(_ ids: [ContactID]) throws {
        let found = try change.conn.rows(
            """
            SELECT \(Contact.columns) FROM contact c
            WHERE c.id IN \(list: Set(ids.map(\.value)).sorted()) AND c.findable = 0 ORDER BY c.id
            """
        ).map(Contact.init)
        guard !found.isEmpty else { return }
        let hidden = found.map(\.id.value)
        try change.conn.run("UPDATE contact SET findable = 1 WHERE id IN \(list: hidden)")
        try change.conn.run("DELETE FROM findable_word WHERE contact_id IN \(list: hidden)")
        try listWords(of: found.map { ($0.id, ContactWriter.words($0.kind, $0.companyName, $0.lastName)) })
        try change.record(
            all: found.map { contact in
                TimedFact(
                    NewFact(
                        .findableChanged, about: .contact(contact.id),
                        ["name": .string(contact.name), "findable": .bool(true)], before: .bool(false), after: .bool(true)))
            })
    }

    private static let columns = [
        "id", "public_id", "kind", "company_name", "first_name", "middle_name", "last_name", "title", "search_name", "findable",
        "parent_id", "legacy_id", "created_at",
    ]

    private func values(_ id: ContactID, _ new: NewContact) -> [SQLValue] {
        [
            id.sqlValue, change.publicID().sqlValue, new.kind.sqlValue, .text(new.companyName), .text(new.firstName),
            .text(new.middleName), .text(new.lastName), .text(new.title), .text(ContactWriter.searchName(new)),
            new.isFindable.sqlValue, new.parent.sqlValue, new.legacyID.sqlValue, (new.createdAt ?? change.now).sqlValue,
        ]
    }

    private func listWords(of contacts: [(ContactID, Set<String>)]) throws {
        try load(
            "findable_word", ["word", "contact_id"],
            contacts.flatMap { id, words in words.sorted().map { [.text($0), id.sqlValue] } })
    }

    private func load(_ table: String, _ columns: [String], _ rows: some Sequence<[SQLValue]>) throws {
        try change.conn.load(table: table, columns: columns, rows: rows)
    }
}
