public import CityPack
public import Contacts
public import Core
public import Primitives

/// Puts contacts on cases and takes them off. A grant carries the rights of its contact type (B4).
public struct GrantWriter {
    private let change: Change
    public init(_ change: Change) { self.change = change }

    /// Does nothing when the contact is already on the case with this type.
    /// - Parameter addedAs: the address typed by somebody who may not know the person's name (B5); nil otherwise.
    @discardableResult
    public func add(
        _ contact: ContactID, to id: CaseID, as type: ContactType, isPrimary: Bool = false, addedAs: String? = nil
    ) throws -> Bool {
        let rights = type.rights
        let alreadyPrimary = try isPrimary && change.conn.exists(
            "SELECT 1 FROM case_grant WHERE case_id = \(id) AND contact_type = \(type.key) AND is_primary = 1 AND until IS NULL")
        let made = try change.conn.run(
            """
            INSERT INTO case_grant (case_id, contact_id, contact_type, may_view, may_act, may_bill, may_request_inspection,
                                    is_primary, added_as, added_by, since)
            VALUES (\(id), \(contact), \(type.key), \(rights.contains(.view)), \(rights.contains(.act)), \(rights.contains(.bill)),
                    \(rights.contains(.requestInspection)), \(isPrimary && !alreadyPrimary), \(addedAs), \(change.principal.actor),
                    \(change.now))
            ON CONFLICT DO NOTHING
            """)
        guard made > 0 else { return false }
        let name = try Contact.find(contact, change.conn)?.name ?? ""
        var arguments: [String: JSON] = ["contact": .integer(contact.value), "name": .string(name), "type": .string(type.key)]
        if let addedAs { arguments["as"] = .string(addedAs) }
        try change.record(NewFact(.contactAdded, about: .case(id), and: [.contact(contact)], arguments))
        return true
    }

    /// Ends a grant; access ends with it.
    @discardableResult
    public func remove(_ contact: ContactID, from id: CaseID, type: String) throws -> Bool {
        let ended = try change.conn.run(
            """
            UPDATE case_grant SET until = \(change.now)
            WHERE case_id = \(id) AND contact_id = \(contact) AND contact_type = \(type) AND until IS NULL
            """)
        guard ended > 0 else { return false }
        let name = try Contact.find(contact, change.conn)?.name ?? ""
        try change.record(
            NewFact(
                .contactRemoved, about: .case(id), and: [.contact(contact)],
                ["contact": .integer(contact.value), "name": .string(name), "type": .string(type)]))
        return true
    }
}
