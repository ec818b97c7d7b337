internal import Cases
internal import CityPack
internal import Core
internal import Database
internal import Places
internal import Primitives

/// A permit as everybody may know it: only cases that a guest sees, only fields that the city pack calls public (D11).
struct OpenCase: Sendable {
    let id: Int64
    let number: String
    let record: CaseRecord
    let street: String
    let unit: String
    let city: String
    let state: String
    let zip: String
    let parcel: String
    let parent: String
    let isInspected: Bool
    var contractor = ""
    var trade = ""
}

/// Reads the open permits in the order of their keys, a batch at a time, so that a million of them need no memory.
struct OpenCases {
    private let city: CityContext
    private static let batch = 500

    init(_ city: CityContext) { self.city = city }

    func each(_ conn: Connection, _ body: (OpenCase) throws -> Void) throws {
        var after: Int64 = 0
        while true {
            var batch = try read(after, conn)
            guard let last = batch.last?.id else { return }
            try name(&batch, conn)
            for one in batch { try body(one) }
            after = last
        }
    }

    private func read(_ after: Int64, _ conn: Connection) throws -> [OpenCase] {
        let visible = city.access.visible("case.public-view", to: .guest, alias: "c")
        let parent = city.access.visible("case.public-view", to: .guest, alias: "m")
        return try conn.rows(
            """
            SELECT \(CaseRecord.columns), l.typed, a.street, a.unit, a.city, a.state, a.zip, p.number AS parcel,
                m.number AS master,
                CASE WHEN EXISTS (SELECT 1 FROM fact f WHERE f.subject = 'case:' || CAST(c.id AS TEXT)
                                  AND f.kind = \(FactKind.inspectionRecorded)) THEN 1 ELSE 0 END AS inspected
            FROM case_record c
                LEFT JOIN case_location l ON l.case_id = c.id AND l.is_primary = 1
                LEFT JOIN address a ON a.id = l.address_id
                LEFT JOIN parcel p ON p.id = l.parcel_id
                LEFT JOIN case_record m ON m.id = c.parent_id AND \(parent)
            WHERE c.id > \(after) AND c.module = 'permit' AND \(visible) ORDER BY c.id LIMIT \(OpenCases.batch)
            """
        ).map(open)
    }

    private func open(_ row: Row) throws -> OpenCase {
        func text(_ column: String) throws -> String { try (row[column] as String?) ?? "" }
        let record = try CaseRecord(row: row, pack: city.pack)
        return OpenCase(
            id: record.id.value, number: record.number, record: record, street: try text("street"), unit: try text("unit"),
            city: try text("city"), state: try text("state"), zip: try text("zip"), parcel: try text("parcel"),
            parent: try text("master"), isInspected: try row["inspected"])
    }

    /// The first company that stands on each case as its contractor, by name.
    private func name(_ batch: inout [OpenCase], _ conn: Connection) throws {
        let rows = try conn.rows(
            """
            SELECT g.case_id, g.contact_type, COALESCE(k.company_name, s.company_name) AS company_name
            FROM case_grant g
                LEFT JOIN contact_cluster k ON k.contact_id = g.contact_id
                JOIN contact s ON s.id = COALESCE(k.survivor_id, g.contact_id)
            WHERE g.case_id IN \(list: batch.map(\.id)) AND g.until IS NULL AND g.added_as IS NULL AND s.kind = 'company'
            ORDER BY g.id
            """)
        var found: [Int64: (name: String, trade: String)] = [:]
        for row in rows {
            let (id, key): (Int64, String) = (try row["case_id"], try row["contact_type"])
            guard found[id] == nil, let type = city.pack.contactType(key), type.needsLicense else { continue }
            found[id] = (try row["company_name"], type.importNames.first ?? type.name.english)
        }
        for index in batch.indices {
            guard let contractor = found[batch[index].id] else { continue }
            batch[index].contractor = contractor.name
            batch[index].trade = contractor.trade
        }
    }
}
