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

    /// The number rises when this program stores more of an entry than the one before; entries made since 2 have words for their days.
    static let backfillName = "public-index-2:"

    /// Under which name every entry is made anew once, by what the pack calls public.
    static func backfill(_ pack: CityPack) -> String {
        let rules = ["fields.yaml", "contact-types.yaml"].map { pack.files[$0] ?? "" }.joined(separator: "\n")
        return backfillName + sha256(rules).prefix(16)
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

    /// Makes the entries of these cases what they should be now, in the caller's transaction. Those that are so already stay as they
    /// are.
    func refresh(_ ids: some Sequence<CaseID>, _ conn: Connection) throws {
        var rest = Set(ids.map(\.value)).sorted()[...]
        while !rest.isEmpty {
            try refresh(Array(rest.prefix(2000)), conn)
            rest = rest.dropFirst(2000)
        }
    }

    private func refresh(_ ids: [Int64], _ conn: Connection) throws {
        let contractors = try contractors(of: ids, conn)
        var changes = PublicIndexChanges()
        var seen: Set<Int64> = []
        for row in try conn.rows(source(ids)) {
            let id: Int64 = try row["id"]
            guard seen.insert(id).inserted else { continue }
            let old = try StoredEntry(before: row)
            guard try row["is_public"] else {
                if let old { changes.remove.append(old) }
                continue
            }
            let new = try stored(row, contractors: contractors[CaseID(id)] ?? "")
            switch old {
            case nil: changes.insert.append(new)
            case let old? where old == new: break
            case let old? where old.key == new.key: changes.update.append((old, new))
            case let old?:
                changes.remove.append(old)
                changes.insert.append(new)
            }
            // The database stores these while the words of the next ones are gathered.
            if changes.insert.count >= PublicIndex.storedTogether { try changes.store(conn) }
        }
        try changes.store(conn)
    }

    private static let storedTogether = 250

    func source(_ ids: [Int64]) -> SQL {
        """
        SELECT c.id, c.number, c.module, c.type, c.work_class, c.status, c.applied, c.description, c.project, l.typed, a.street, a.city,
            p.number AS parcel, c.valuation_cents, \(StoredEntry.before),
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

    private func stored(_ row: Row, contractors: String) throws(DatabaseError) -> StoredEntry {
        let entry = try entry(row, contractors: contractors)
        let street = try street(row)
        let id: CaseID = try row["id"]
        let key = KeyRange.key(applied: entry.applied, caseID: id.value)
        return StoredEntry(
            key: key, id: id, entry: entry, street: street,
            words: try words(of: entry, key: key, street: street, row))
    }

    private func entry(_ row: Row, contractors: String) throws(DatabaseError) -> PublicEntry {
        func text(_ field: String) throws(DatabaseError) -> String { isPublic(field) ? try row[field] : "" }
        return PublicEntry(
            number: try text("number"), module: try text("module"), type: try text("type"), workClass: try text("work_class"),
            status: try text("status"), applied: isPublic("applied") ? try row["applied"] : nil, address: try address(row),
            description: try text("description"), contractors: contractors,
            parcel: isPublic("parcel") ? try row["parcel"] ?? "" : "",
            valuation: isPublic("valuation") ? try row["valuation_cents"] : nil)
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
        return StreetWords.folded(StreetWords.parted(foldedForSearch(text).split(separator: " ").map(String.init)).street)
    }

    /// Companies that stand on the case by name (B5), under the name of the record that speaks for them.
    private func contractors(of ids: [Int64], _ conn: Connection) throws(DatabaseError) -> [CaseID: String] {
        guard isPublic("contractor") else { return [:] }
        var names: [CaseID: [String]] = [:]
        let rows = try conn.rows(
            """
            SELECT g.case_id, g.contact_type, COALESCE(k.company_name, s.company_name) AS company_name
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

    private func words(of entry: PublicEntry, key: Int64, street: String, _ row: Row) throws(DatabaseError) -> String {
        let project: String = isPublic("project") ? try row["project"] : ""
        let streetWords = street.split(separator: " ").map(String.init)
        let texts = [entry.number, entry.address, entry.description, project, entry.contractors, entry.parcel].map(
            foldedForSearch)
        let all =
            [SearchWords.folded(number: entry.number)] + texts + StreetWords.otherForms(streetWords)
            + entry.marks(key: key)
        return all.filter { !$0.isEmpty }.joined(separator: " ")
    }
}
