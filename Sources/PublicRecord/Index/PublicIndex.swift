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

    /// Makes the entries of these cases what they should be now, in the caller's transaction.
    func refresh(_ ids: [CaseID], _ conn: Connection) throws {
        let ids = Set(ids.map(\.value)).sorted()
        let contractors = try contractors(of: ids, conn)
        var new: [NewEntry] = []
        var seen: Set<CaseID> = []
        for row in try conn.rows(source(ids)) {
            let id: CaseID = try row["id"]
            guard seen.insert(id).inserted else { continue }
            let old = try Stored(row: row)
            guard try row["is_public"] else {
                if let old { try remove(old, conn) }
                continue
            }
            let entry = try entry(row, contractors: contractors[id] ?? "")
            let key = KeyRange.key(applied: entry.applied, caseID: id.value)
            let street = try street(row)
            let words = try words(of: entry, street: street, row)
            if let old, old.key == key {
                try update(entry, street: street, words: words, old: old, conn)
            } else {
                if let old { try remove(old, conn) }
                new.append(NewEntry(key: key, id: id, entry: entry, street: street, words: words))
            }
        }
        try insert(new, conn)
    }

    private struct NewEntry {
        let key: Int64
        let id: CaseID
        let entry: PublicEntry
        let street: String
        let words: String
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

    func source(_ ids: [Int64]) -> SQL {
        """
        SELECT c.id, c.number, c.module, c.type, c.work_class, c.status, c.applied, c.description, c.project, l.typed, a.street, a.city,
            p.number AS parcel, e.id AS entry_id, e.words AS entry_words,
            CASE WHEN \(access.visible("case.public-view", to: .guest, alias: "c")) THEN 1 ELSE 0 END AS is_public
        FROM case_record c
            LEFT JOIN case_location l ON l.case_id = c.id AND l.is_primary = 1
            LEFT JOIN address a ON a.id = l.address_id
            LEFT JOIN parcel p ON p.id = l.parcel_id
            LEFT JOIN public_entry e ON e.case_id = c.id
        WHERE c.id IN \(list: ids) ORDER BY c.id
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
    private func contractors(of ids: [Int64], _ conn: Connection) throws(DatabaseError) -> [CaseID: String] {
        guard isPublic("contractor") else { return [:] }
        var names: [CaseID: [String]] = [:]
        let rows = try conn.rows(
            """
            SELECT g.case_id, g.contact_type, s.company_name
            FROM case_grant g
                LEFT JOIN contact_cluster k ON k.contact_id = g.contact_id
                JOIN contact s ON s.id = COALESCE(k.survivor_id, g.contact_id)
            WHERE g.case_id IN \(list: ids) AND g.until IS NULL AND g.added_as IS NULL AND s.kind = 'company'
            ORDER BY g.id
            """)
        for row in rows {
            let (id, type, name): (CaseID, String, String) = (
                try row["case_id"], try row["contact_type"], try row["company_name"]
            )
            guard shows(contactType: type), !name.isEmpty, !names[id, default: []].contains(name) else { continue }
            names[id, default: []].append(name)
        }
        return names.mapValues { $0.joined(separator: "; ") }
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

    private func insert(_ new: [NewEntry], _ conn: Connection) throws {
        guard !new.isEmpty else { return }
        var rest = new.makeIterator()
        try conn.load(
            table: "public_entry",
            columns: [
                "id", "case_id", "number", "number_folded", "module", "type", "work_class", "status", "applied", "address",
                "street_folded", "description", "contractors", "words",
            ]
        ) {
            rest.next().map { one in
                let entry = one.entry
                return [
                    .integer(one.key), one.id.sqlValue, .text(entry.number), .text(SearchWords.folded(number: entry.number)),
                    .text(entry.module), .text(entry.type), .text(entry.workClass), .text(entry.status),
                    entry.applied.sqlValue, .text(entry.address), .text(one.street), .text(entry.description),
                    .text(entry.contractors), .text(one.words),
                ]
            }
        }
        try PublicIndexSQL.addText(new.map { ($0.key, $0.words) }, conn)
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
