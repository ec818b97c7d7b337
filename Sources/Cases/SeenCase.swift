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
    let access: AccessTable

    public var number: String { record.number }
    public var type: CaseType? { pack.caseType(record.type) }
    public var status: Status? { pack.status(record.status) }

    /// Whether the visitor may know that field of the case. A field that the pack does not declare is secret.
    public func shows(_ field: String) -> Bool { (pack.field(field)?.visibility ?? .secret) <= audience }

    /// The case of that number, whatever case the letters have.
    /// - Throws: `NotFound` for an unknown number and for a case that is not for this visitor: they look the same.
    public static func find(number: String, _ visit: Visit, _ conn: Connection) throws -> SeenCase {
        try find(number: number, visit.city, visit.principal, conn)
    }

    static func find(number: String, _ city: CityContext, _ principal: Principal, _ conn: Connection) throws -> SeenCase {
        let upper = number.uppercased()
        let row = try conn.row(
            """
            SELECT \(CaseRecord.columns) FROM case_record c
            WHERE c.number IN (\(number), \(upper)) AND \(city.access.visible("case.view", to: principal, alias: "c"))
            ORDER BY CASE WHEN c.number = \(number) THEN 0 ELSE 1 END LIMIT 1
            """)
        guard let row else { throw NotFound() }
        let pack = try city.pack(row["pack_hash"], conn)
        let record = try CaseRecord(row: row, pack: pack)
        return SeenCase(
            record: record, pack: pack, principal: principal,
            audience: try audience(of: principal, record.id, city.access, conn), access: city.access)
    }

    private static func audience(
        of principal: Principal, _ id: CaseID, _ access: AccessTable, _ conn: Connection
    ) throws(DatabaseError) -> Visibility {
        if try access.may("case.staff-view", principal, on: id.value, conn) { return .staff }
        if try access.may("case.party-view", principal, on: id.value, conn) { return .party }
        return .public
    }

    /// Whether the visitor may do that with the case.
    public func may(_ action: Action, _ conn: Connection) throws(DatabaseError) -> Bool {
        try access.may(action, principal, on: record.id.value, conn)
    }
}
