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

let caseContactsFile = LegacyFile(name: "case_contacts.csv", order: 40) { engine, path, state in
    try await engine.run(LegacyCaseContact.rows(engine, state.common, state.contacts), path: path, state: &state)
}

extension LegacyCaseContact {
    /// - Parameters: what the files before brought; everything else must be in the database.
    static func rows(
        _ engine: RowEngine, _ common: ImportState, _ contacts: LegacyContacts
    ) -> RowKind<LegacyState, LegacyCaseContact> {
        RowKind(
            file: "case_contacts", required: ["case_number", "contact_id", "contact_type"],
            columns: ["case_number", "contact_id", "contact_type", "primary"],
            read: { notes, state in try read(&notes, &state, engine) },
            problems: { rows, conn in
                let cases = try ImportReferences.missing(cases: rows.map(\.number), common, conn)
                let contacts = try ImportReferences.missing(contacts: rows.compactMap(\.contactID), common, conn)
                return rows.map { row in cases[row.number] ?? row.contactID.flatMap { contacts[$0] } }
            },
            create: { row, change in
                guard let id = try CaseRecords.find(row.number, change.conn) else { return nil }
                try row.put(on: id, change)
                return id.value
            },
            createAll: { rows, change in try create(rows, common, change) },
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

    private static func read(_ notes: inout RowNotes, _ state: inout LegacyState, _ engine: RowEngine) throws -> Keyed<
        LegacyCaseContact
    > {
        let pack = engine.pack
        let (number, contact, typeName) = (notes.text("case_number"), notes.text("contact_id"), notes.text("contact_type"))
        let type = engine.contactType(typeName)
        state.common.count(typeName, .contactTypes, as: type?.key)
        guard !number.isEmpty else { throw RowRefusal("The row has no case_number. Fill it in and import again.") }
        guard !contact.isEmpty else { throw RowRefusal("The row has no contact_id. Fill it in and import again.") }
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
        // One whom the import does not take does not keep the place from another.
        let isTaken = state.common.contacts.accepts(contact) && state.common.cases.accepts(number)
        if wantsPrimary, isTaken, !state.primaries.insert("\(number)|\(type.key)").inserted {
            notes.repair(
                "primary", was: notes.record["primary"],
                "The case has a primary contact of this type already. This one is not primary.")
            isPrimary = false
        }
        return Keyed(
            key: key, label: label,
            row: LegacyCaseContact(number: number, who: .contact(contact), type: type, isPrimary: isPrimary))
    }

    private var contactID: String? { if case .contact(let id) = who { id } else { nil } }

    private static func create(_ rows: [LegacyCaseContact], _ common: ImportState, _ change: Change) throws -> [Int64?] {
        let cases = try ImportReferences.cases(rows.map(\.number), common, change.conn)
        let contacts = try ImportReferences.contacts(rows.compactMap(\.contactID), common, change.conn)
        let grants = rows.compactMap { row -> NewGrant? in
            guard let id = cases[row.number], let contact = row.contactID.flatMap({ contacts[$0] }) else { return nil }
            return NewGrant(contact, on: id, as: row.type, isPrimary: row.isPrimary)
        }
        for row in rows where row.contactID == nil { try cases[row.number].map { try row.put(on: $0, change) } }
        try GrantWriter(change).add(all: grants)
        let licensed = rows.filter(\.type.needsLicense).compactMap(\.contactID).compactMap { contacts[$0] }
        try makeFindable(licensed, change)
        return rows.map { cases[$0.number]?.value }
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
        if type.needsLicense { try LegacyCaseContact.makeFindable([contact], change) }
    }

    /// License holders can be found by name (B5), unless somebody here decided otherwise.
    private static func makeFindable(_ contacts: [ContactID], _ change: Change) throws {
        guard !contacts.isEmpty else { return }
        let hidden: [ContactID] = try change.conn.rows(
            """
            SELECT id FROM contact
            WHERE id IN \(list: Set(contacts.map(\.value)).sorted()) AND kind = 'company' AND findable = 0 ORDER BY id
            """
        ).map { try $0["id"] }
        guard !hidden.isEmpty else { return }
        let decided = Set(
            try change.conn.rows(
                """
                SELECT DISTINCT subject FROM fact
                WHERE subject IN \(list: hidden.map { Subject.contact($0).description }) AND kind = \(FactKind.findableChanged)
                """
            ).map { try $0["subject"] as String })
        try ContactWriter(change).makeFindable(hidden.filter { !decided.contains(Subject.contact($0).description) })
    }
}
