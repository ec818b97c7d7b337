internal import CityPack
internal import Core
internal import Database
internal import Primitives

/// Keeps the public record in step with the cases. It holds only what a guest may see: cases by the access table's
/// `case.public-view`, fields by the classes of the city pack (D11).
struct PublicIndex: Sendable {
    private let pack: CityPack
    private let access: AccessTable

    init(_ city: CityContext) {
        pack = city.pack
        access = city.access
    }

    /// Whether contacts of that type stand in the public record: those who need a license, as companies.
    func shows(contactType key: String) -> Bool { isPublic("contractor") && pack.contactType(key)?.needsLicense == true }

    /// The cases that name this company, under whichever of its records it stands on them.
    func cases(naming contact: ContactID, _ conn: Connection) throws(DatabaseError) -> [CaseID] {
        let types = pack.contactTypes.map(\.key).filter(shows)
        guard !types.isEmpty else { return [] }
        return try conn.rows(
            """
            SELECT DISTINCT g.case_id FROM contact_cluster k JOIN case_grant g ON g.contact_id = k.contact_id
            WHERE k.survivor_id = (SELECT survivor_id FROM contact_cluster WHERE contact_id = \(contact))
              AND g.until IS NULL AND g.added_as IS NULL AND g.contact_type IN \(list: types)
            ORDER BY g.case_id
            """
        ).map { row throws(DatabaseError) in try row["case_id"] }
    }

    /// Makes the entry of a case what it should be now, in the caller's transaction.
    func refresh(_ id: CaseID, _ conn: Connection) throws(DatabaseError) {
        guard let row = try conn.row(source(id)) else { return }
        let old = try Stored(row: row)
        guard try row["is_public"] else {
            if let old { try remove(old, conn) }
            return
        }
        let entry = try entry(row, contractors: contractors(of: id, conn))
        let key = KeyRange.key(applied: entry.applied, caseID: id.value)
        let words = try words(of: entry, street: street(row), row)
        if let old, old.key == key {
            try update(entry, street: street(row), words: words, old: old, conn)
        } else {
            if let old { try remove(old, conn) }
            try insert(entry, street: street(row), words: words, key: key, id, conn)
        }
    }

    /// What stands in the index for a case so far.
    private struct Stored {
        let key: Int64
        let words: String

        init?(row: Row) throws(DatabaseError) {
            guard let key: Int64 = try row["entry_id"], let words: String = try row["entry_words"] else { return nil }
            self.key = key
            self.words = words
        }
    }

    func source(_ id: CaseID) -> SQL {
        """
        SELECT c.number, c.module, c.type, c.work_class, c.status, c.applied, c.description, c.project, l.typed, a.street, a.city,
            p.number AS parcel, e.id AS entry_id, e.words AS entry_words,
            CASE WHEN \(access.visible("case.public-view", to: .guest, alias: "c")) THEN 1 ELSE 0 END AS is_public
        FROM case_record c
            LEFT JOIN case_location l ON l.case_id = c.id AND l.is_primary = 1
            LEFT JOIN address a ON a.id = l.address_id
            LEFT JOIN parcel p ON p.id = l.parcel_id
            LEFT JOIN public_entry e ON e.case_id = c.id
        WHERE c.id = \(id) LIMIT 1
        """
    }

    private func isPublic(_ field: String) -> Bool { pack.field(field)?.visibility == .public }

    private func entry(_ row: Row, contractors: String) throws(DatabaseError) -> PublicEntry {
        func text(_ field: String) throws(DatabaseError) -> String { isPublic(field) ? try row[field] : "" }
        return PublicEntry(
            number: try text("number"), module: try text("module"), type: try text("type"), workClass: try text("work_class"),
            status: try text("status"), applied: isPublic("applied") ? try row["applied"] : nil, address: try address(row),
            description: try text("description"), contractors: contractors)
    }

    private func address(_ row: Row) throws(DatabaseError) -> String {
        guard isPublic("address"), let typed: String = try row["typed"] else { return "" }
        if isPublic("unit") { return typed }
        let (street, city): (String?, String?) = (try row["street"], try row["city"])
        return [street, city].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// The street alone, without a unit, in its short writing: what somebody types who knows the address.
    private func street(_ row: Row) throws(DatabaseError) -> String {
        guard isPublic("address") else { return "" }
        let (street, typed): (String?, String?) = (try row["street"], try row["typed"])
        let text = street ?? typed.flatMap { $0.split(separator: ",").first.map(String.init) } ?? ""
        return StreetWords.folded(foldedForSearch(text).split(separator: " ").map(String.init))
    }

    /// Companies that stand on the case by name (B5), under the name of the record that speaks for them.
    private func contractors(of id: CaseID, _ conn: Connection) throws(DatabaseError) -> String {
        guard isPublic("contractor") else { return "" }
        var names: [String] = []
        let rows = try conn.rows(
            """
            SELECT g.contact_type, s.company_name
            FROM case_grant g
                LEFT JOIN contact_cluster k ON k.contact_id = g.contact_id
                JOIN contact s ON s.id = COALESCE(k.survivor_id, g.contact_id)
            WHERE g.case_id = \(id) AND g.until IS NULL AND g.added_as IS NULL AND s.kind = 'company'
            ORDER BY g.id
            """)
        for row in rows {
            let (type, name): (String, String) = (try row["contact_type"], try row["company_name"])
            if shows(contactType: type), !name.isEmpty, !names.contains(name) { names.append(name) }
        }
        return names.joined(separator: "; ")
    }

    private func words(of entry: PublicEntry, street: String, _ row: Row) throws(DatabaseError) -> String {
        let project: String = isPublic("project") ? try row["project"] : ""
        let parcel: String? = isPublic("parcel") ? try row["parcel"] : nil
        let streetWords = street.split(separator: " ").map(String.init)
        let texts = [entry.number, entry.address, entry.description, project, entry.contractors, parcel ?? ""].map(
            foldedForSearch)
        let marks = [
            SearchWords.mark(.kind, entry.module), SearchWords.mark(.type, entry.type), SearchWords.mark(.status, entry.status),
        ]
        let all = [SearchWords.folded(number: entry.number)] + texts + StreetWords.otherForms(streetWords) + marks
        return all.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func insert(
        _ entry: PublicEntry, street: String, words: String, key: Int64, _ id: CaseID, _ conn: Connection
    ) throws(DatabaseError) {
        try conn.run(
            """
            INSERT INTO public_entry (id, case_id, number, number_folded, module, type, work_class, status, applied, address,
                                      street_folded, description, contractors, words)
            VALUES (\(key), \(id), \(entry.number), \(SearchWords.folded(number: entry.number)), \(entry.module), \(entry.type),
                    \(entry.workClass), \(entry.status), \(entry.applied), \(entry.address), \(street), \(entry.description),
                    \(entry.contractors), \(words))
            """)
        try PublicIndexSQL.addText(words, of: key, conn)
    }

    private func update(
        _ entry: PublicEntry, street: String, words: String, old: Stored, _ conn: Connection
    ) throws(DatabaseError) {
        if words != old.words { try PublicIndexSQL.removeText(old.words, of: old.key, conn) }
        try conn.run(
            """
            UPDATE public_entry
            SET number = \(entry.number), number_folded = \(SearchWords.folded(number: entry.number)), module = \(entry.module),
                type = \(entry.type), work_class = \(entry.workClass), status = \(entry.status), applied = \(entry.applied),
                address = \(entry.address), street_folded = \(street), description = \(entry.description),
                contractors = \(entry.contractors), words = \(words)
            WHERE id = \(old.key)
            """)
        if words != old.words { try PublicIndexSQL.addText(words, of: old.key, conn) }
    }

    private func remove(_ old: Stored, _ conn: Connection) throws(DatabaseError) {
        try PublicIndexSQL.removeText(old.words, of: old.key, conn)
        try conn.run("DELETE FROM public_entry WHERE id = \(old.key)")
    }
}
