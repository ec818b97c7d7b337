public import CityPack
public import Core
public import Database
internal import Primitives

/// A case as one visitor sees it: what they may know decides what every page, count and answer holds (D11, B12).
public struct SeenCase: Sendable {
    public let record: CaseRecord
    /// The pack the case was applied under; its rules are read only through it.
    public let pack: CityPack
    public let principal: Principal
    /// public for everybody, party for who has a part in the case, staff for the city.
    public let audience: Visibility
    /// `1195 Bear Mountain Dr, Boulder, CO 80305`, as far as the visitor may know it.
    let address: String?
    /// Whether it is still open and from before the city's cut-over day (C4).
    let isFromOlderSystem: Bool
    let access: AccessTable
    /// What was asked together with the case. Only for reading: what is done can change it.
    private let rights: [Action: Bool]

    public var number: String { record.number }
    public var type: CaseType? { pack.caseType(record.type) }
    public var status: Status? { pack.status(record.status) }

    /// Whether the visitor may know that field of the case. A field that the pack does not declare is secret.
    public func shows(_ field: String) -> Bool { (pack.field(field)?.visibility ?? .secret) <= audience }

    /// The case of that number, whatever case the letters have, with the rights that pages of cases ask about. One statement.
    /// - Throws: `NotFound` for an unknown number and for a case that is not for this visitor: they look the same.
    public static func find(number: String, _ visit: Visit, _ conn: Connection) throws -> SeenCase {
        let features = visit.city.caseFeatures
        let rights =
            features.flatMap(\.caseActions).map(\.right) + features.flatMap(\.caseTabs).compactMap(\.right)
            + features.flatMap(\.casePanels).map(\.right)
        return try find(number: number, visit.city, visit.principal, asking: ["case.act"] + rights, conn)
    }

    /// The same for a change, which asks about each right when it needs it.
    static func find(number: String, _ city: CityContext, _ principal: Principal, _ conn: Connection) throws -> SeenCase {
        try find(number: number, city, principal, asking: [], conn)
    }

    private static func find(
        number: String, _ city: CityContext, _ principal: Principal, asking rights: [Action], _ conn: Connection
    ) throws -> SeenCase {
        let upper = number.uppercased()
        var asked: [Action] = ["case.staff-view", "case.party-view"]
        for right in rights where !asked.contains(right) { asked.append(right) }
        let columns = asked.enumerated().map { index, action -> SQL in
            let may = city.access.visible(action, to: principal, alias: "c", isOne: true)
            // The column's name is its place in the list.
            return "CASE WHEN \(may) THEN 1 ELSE 0 END AS right_\(raw: String(index))"
        }
        let row = try conn.row(
            """
            SELECT \(CaseRecord.columns), c.bucket, l.typed, a.street, a.unit, a.city, a.state, a.zip,
                \(columns.joined(separator: ", "))
            FROM case_record c
            LEFT JOIN case_location l ON l.id = (
                SELECT MIN(f.id) FROM case_location f WHERE f.case_id = c.id AND f.is_primary = 1)
            LEFT JOIN address a ON a.id = l.address_id
            WHERE c.number IN (\(number), \(upper)) AND \(city.access.visible("case.view", to: principal, alias: "c", isOne: true))
            ORDER BY CASE WHEN c.number = \(number) THEN 0 ELSE 1 END LIMIT 1
            """)
        guard let row else { throw NotFound() }
        var may: [Action: Bool] = [:]
        for (index, action) in asked.enumerated() { may[action] = try row["right_\(index)"] as Bool }
        let audience: Visibility = may["case.staff-view"] == true ? .staff : may["case.party-view"] == true ? .party : .public
        let pack = try city.pack(row["pack_hash"], conn)
        let record = try CaseRecord(row: row, pack: pack)
        func shows(_ field: String) -> Bool { (pack.field(field)?.visibility ?? .secret) <= audience }
        let isOpen = try row["bucket"] != Bucket.closed.rawValue
        return SeenCase(
            record: record, pack: pack, principal: principal, audience: audience,
            address: try CaseAddressLine.read(row, showsAddress: shows("address"), showsUnit: shows("unit")),
            isFromOlderSystem: OlderCase.isOne(
                applied: record.applied, issued: record.issued, isOpen: isOpen, in: city.pack.city),
            access: city.access, rights: rights.isEmpty ? [:] : may)
    }

    /// Whether the visitor may do that with the case.
    public func may(_ action: Action, _ conn: Connection) throws(DatabaseError) -> Bool {
        if let known = rights[action] { return known }
        return try access.may(action, principal, on: record.id.value, conn)
    }
}
