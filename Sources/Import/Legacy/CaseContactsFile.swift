internal import Cases
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// A row of case_contacts.csv: who has which part in which case.
struct LegacyCaseContact: Sendable {
    enum Who: Sendable {
        case contact(String)
        /// The older portal wrote a note where a company should stand (K6).
        case nobody(ContractorState)
    }
    let number: String
    let who: Who
    let type: ContactType
    let isPrimary: Bool
}

let caseContactsFile = LegacyFile(name: "case_contacts.csv", order: 4) { engine, path, state in
    try await engine.run(LegacyCaseContact.rows(state.cases.accepted, state.contacts), path: path, state: &state)
}

extension LegacyCaseContact {
    /// - Parameters: what the files before brought; everything else must be in the database.
    static func rows(_ cases: Set<String>, _ contacts: LegacyContacts) -> RowKind<LegacyState, LegacyCaseContact> {
        RowKind(
            file: "case_contacts", required: ["case_number", "contact_id", "contact_type"],
            columns: ["case_number", "contact_id", "contact_type", "primary"],
            read: { notes, state in try read(&notes, &state) },
            problem: { row, conn in
                let isCase =
                    try cases.contains(row.number) || conn.exists("SELECT 1 FROM case_record WHERE number = \(row.number)")
                guard isCase else {
                    return
                        "There is no case \(row.number). It was refused or is missing in cases.csv; correct that and import again."
                }
                guard case .contact(let id) = row.who else { return nil }
                if contacts.accepted[id] != nil { return nil }
                if let number = contacts.refused[id] {
                    return "The contact \(id) was refused in row \(number) of contacts.csv. Correct that row and import again."
                }
                if try conn.exists("SELECT 1 FROM contact WHERE legacy_id = \(id)") { return nil }
                return "There is no contact \(id) in contacts.csv. Add it and import again."
            },
            create: { row, change in
                guard let id = try CaseRecords.find(row.number, change.conn) else { return nil }
                try row.put(on: id, change)
                return id.value
            },
            update: { row, record, change in
                guard let id = record.map({ CaseID($0) }) else { return }
                try row.put(on: id, change)
                guard let contact = try row.contact(change.conn) else { return }
                // One live primary per type is a constraint: the one before gives way.
                if row.isPrimary {
                    try change.conn.run(
                        """
                        UPDATE case_grant SET is_primary = 0
                        WHERE case_id = \(id) AND contact_type = \(row.type.key) AND contact_id <> \(contact) AND until IS NULL
                        """)
                }
                try change.conn.run(
                    """
                    UPDATE case_grant SET is_primary = \(row.isPrimary)
                    WHERE case_id = \(id) AND contact_type = \(row.type.key) AND contact_id = \(contact) AND until IS NULL
                    """)
            })
    }

    private static func read(_ notes: inout RowNotes, _ state: inout LegacyState) throws -> Keyed<LegacyCaseContact> {
        let pack = state.pack
        let (number, contact, typeName) = (notes.text("case_number"), notes.text("contact_id"), notes.text("contact_type"))
        let type = pack.contactType(importName: typeName) ?? pack.contactType(typeName)
        if !typeName.isEmpty { state.contactTypes.count(typeName, as: type?.key) }
        guard !number.isEmpty else { throw RowRefusal("The row has no case_number.") }
        guard !contact.isEmpty else { throw RowRefusal("The row has no contact_id.") }
        guard let type else { throw RowNotes.unknown("contact type", typeName, among: pack.contactTypes.flatMap(\.importNames)) }
        let key = "\(number)|\(contact)|\(type.key)"
        let label = "contact \(contact) as “\(typeName)” of \(number)"
        if let placeholder = state.contacts.placeholders[contact] {
            notes.repair("contact_id", was: contact, ContractorState.repair)
            return Keyed(
                key: key, label: label,
                row: LegacyCaseContact(number: number, who: .nobody(placeholder), type: type, isPrimary: false))
        }
        let wantsPrimary = ["true", "t", "1", "yes", "y"].contains(notes.text("primary").lowercased())
        var isPrimary = wantsPrimary
        if wantsPrimary, !state.primaries.insert("\(number)|\(type.key)").inserted {
            notes.repair(
                "primary", was: notes.record["primary"],
                "The case has a primary contact of this type already. This one is not primary.")
            isPrimary = false
        }
        return Keyed(
            key: key, label: label,
            row: LegacyCaseContact(number: number, who: .contact(contact), type: type, isPrimary: isPrimary))
    }

    private func contact(_ conn: Connection) throws -> ContactID? {
        guard case .contact(let id) = who else { return nil }
        return try conn.value("SELECT id FROM contact WHERE legacy_id = \(id)")
    }

    private func put(on id: CaseID, _ change: Change) throws {
        if case .nobody(let state) = who {
            try change.conn.run("UPDATE case_record SET contractor_state = \(state) WHERE id = \(id)")
            return
        }
        guard let contact = try contact(change.conn) else { return }
        try GrantWriter(change).add(contact, to: id, as: type, isPrimary: isPrimary)
        if type.needsLicense { try makeFindable(contact, change) }
    }

    /// License holders can be found by name (B5), unless somebody here decided otherwise.
    private func makeFindable(_ contact: ContactID, _ change: Change) throws {
        guard let found = try Contact.find(contact, change.conn), found.kind == .company, !found.isFindable else { return }
        let wasDecided = try change.conn.exists(
            """
            SELECT 1 FROM fact WHERE subject = \(Subject.contact(contact).description) AND kind = \(FactKind.findableChanged) LIMIT 1
            """)
        if !wasDecided { try ContactWriter(change).setFindable(true, contact) }
    }
}
