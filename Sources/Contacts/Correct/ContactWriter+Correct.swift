public import Core
internal import Database
public import Primitives

// Changing what the city knows of somebody. Links, memberships and cases stay; what was on file ends and is kept.
extension ContactWriter {
    /// - Parameters:
    ///   - wanted: the new values of the fields that change.
    ///   - why: for the history.
    /// - Returns: what changed; empty when everything stood there already.
    @discardableResult
    public func correct(_ id: ContactID, _ wanted: [ContactField: String], why: String) throws -> [ContactField: String] {
        guard let contact = try Contact.find(id, change.conn) else { throw NotFound() }
        let before = try ContactField.values(of: contact, change.conn)
        let changed = wanted.filter { field, value in before[field] != nil && before[field] != value }
        guard !changed.isEmpty else { return [:] }
        let after = before.merging(changed) { $1 }
        if [.companyName, .firstName, .lastName].contains(where: { changed[$0] != nil }) { try rename(contact, after) }
        for (field, value) in changed {
            if let kind = field.phoneKind { try setPhone(value, kind: kind, id) }
        }
        if changed.keys.contains(where: \.isAddress) { try setAddress(after, id) }
        try change.record(
            NewFact(
                .recordCorrected, about: .contact(id), ["name": .string(contact.name)],
                before: json(before.filter { changed[$0.key] != nil }), after: json(changed), why: why))
        return changed
    }

    private func json(_ values: [ContactField: String]) -> JSON {
        .object(Dictionary(values.map { ($0.rawValue, JSON.string($1)) }, uniquingKeysWith: { first, _ in first }))
    }

    private func rename(_ contact: Contact, _ values: [ContactField: String]) throws {
        var new = NewContact(contact.kind)
        new.companyName = values[.companyName] ?? contact.companyName
        new.firstName = values[.firstName] ?? contact.firstName
        new.lastName = values[.lastName] ?? contact.lastName
        try change.conn.run(
            """
            UPDATE contact
            SET company_name = \(new.companyName), first_name = \(new.firstName), last_name = \(new.lastName),
                search_name = \(ContactWriter.searchName(new))
            WHERE id = \(contact.id)
            """)
        if contact.isFindable {
            // Lists the words of the new name in place of the old one's.
            try setFindable(false, contact.id)
            try setFindable(true, contact.id)
        }
    }

    private func setPhone(_ typed: String, kind: String, _ id: ContactID) throws {
        try change.conn.run(
            "UPDATE contact_phone SET until = \(change.now) WHERE contact_id = \(id) AND kind = \(kind) AND until IS NULL")
        guard !typed.isEmpty else { return }
        try change.conn.run(
            """
            INSERT INTO contact_phone (contact_id, kind, typed, digits)
            VALUES (\(id), \(kind), \(typed), \(typed.filter(\.isNumber)))
            """)
    }

    private func setAddress(_ values: [ContactField: String], _ id: ContactID) throws {
        try change.conn.run("UPDATE contact_address SET until = \(change.now) WHERE contact_id = \(id) AND until IS NULL")
        let street = values[.street] ?? ""
        guard !street.isEmpty else { return }
        let zip = values[.zip] ?? ""
        try change.conn.run(
            """
            INSERT INTO contact_address (contact_id, kind, street, unit, city, state, zip, search_street)
            VALUES (\(id), 'mailing', \(street), \(values[.unit] ?? ""), \(values[.city] ?? ""), \(values[.state] ?? ""), \(zip),
                    \(foldedForSearch("\(street) \(zip.prefix(5))")))
            """)
    }
}
