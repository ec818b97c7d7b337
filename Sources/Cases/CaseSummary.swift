public import CityPack
public import Core
public import Database
internal import Places
public import Primitives

/// A case in a list: search, dashboard and desk show it the same way. What the audience may not know is not in it.
public struct CaseSummary: Sendable {
    public let id: CaseID
    public let number: String
    public let typeName: LocalizedText
    public let workClassName: LocalizedText?
    /// nil when the case's pack does not know its status; then only the key is known.
    public let status: Status?
    public let statusKey: String
    public let description: String?
    public let isDraft: Bool
    /// `1195 Bear Mountain Dr, Boulder, CO 80305`
    public let address: String?
    public let applied: CivilDate?
    let issued: CivilDate?
    let finalized: CivilDate?
    /// The version of the pack that the case was applied under.
    let packHash: String
    public let activeOn: CivilDate
    /// Whether the audience is told whose turn it is and what comes next.
    public let showsNextStep: Bool
    /// What comes next, in words for the applicant; nil when the pack does not know the status.
    public let next: LocalizedText?
    /// Whether it is shown to the city's own people: then a turn is the applicant's, not theirs.
    public let isForStaff: Bool
    /// Keys of live reasons for attention; empty for the public.
    public let attention: [String]
    /// Whether it is still open and from before the city's cut-over day (C4).
    public let isFromOlderSystem: Bool

    /// The cases with these keys, in the order of the keys.
    /// - Parameter audience: the caller has decided that the reader may see them so (`visible(to:)`).
    public static func find(
        _ ids: [CaseID], for audience: Visibility, _ city: CityContext, _ conn: Connection
    ) throws -> [CaseSummary] {
        guard !ids.isEmpty else { return [] }
        let found = try find(where: "c.id IN \(list: ids.map(\.value))", for: audience, city, conn)
        let byID = Dictionary(found.map { ($0.summary.id, $0.summary) }) { first, _ in first }
        return ids.compactMap { byID[$0] }
    }

    /// The cases `c` that a condition names, in no order, each with a text that is asked for beside it.
    /// - Parameter text: a term of text about `c`.
    public static func find(
        where condition: SQL, with text: SQL = "CAST(NULL AS TEXT)", for audience: Visibility, _ city: CityContext,
        _ conn: Connection
    ) throws -> [(summary: CaseSummary, text: String?)] {
        // Keys hold no spaces.
        let attention: SQL =
            audience == .public
            ? "NULL"
            : """
            (SELECT \(sqlite: "group_concat(t.reason, ' ')", postgres: "string_agg(t.reason, ' ')") FROM (
                SELECT reason FROM case_attention WHERE case_id = c.id AND until IS NULL ORDER BY since, id) t)
            """
        let rows = try conn.rows(
            """
            SELECT \(CaseRecord.columns), c.bucket, l.typed, a.street, a.unit, a.city, a.state, a.zip,
                \(attention) AS attention, \(text) AS beside
            FROM case_record c
            LEFT JOIN case_location l ON l.id = (
                SELECT MIN(f.id) FROM case_location f WHERE f.case_id = c.id AND f.is_primary = 1)
            LEFT JOIN address a ON a.id = l.address_id
            WHERE \(condition)
            """)
        return try rows.map { row in
            let pack = try city.pack(row["pack_hash"], conn)
            let summary = try CaseSummary(
                row: row, CaseRecord(row: row, pack: pack), pack, audience, today: city.pack.city,
                attention: (row["attention"] as String?)?.split(separator: " ").map(String.init) ?? [])
            return (summary, try row["beside"])
        }
    }

    private init(
        row: Row, _ record: CaseRecord, _ pack: CityPack, _ audience: Visibility, today city: City, attention: [String]
    ) throws {
        func shows(_ field: String) -> Bool { (pack.field(field)?.visibility ?? .secret) <= audience }
        let type = pack.caseType(record.type)
        id = record.id
        number = record.number
        typeName = type?.name ?? LocalizedText(english: record.type, spanish: record.type)
        workClassName = shows("work_class") ? type?.workClass(record.workClass)?.name : nil
        status = pack.status(record.status)
        statusKey = record.status
        isDraft = record.isDraft
        description = record.description.seen(by: audience).flatMap { $0.isEmpty ? nil : $0 }
        address = try CaseAddressLine.read(row, showsAddress: shows("address"), showsUnit: shows("unit"))
        applied = shows("applied") && !record.isDraft ? record.applied : nil
        issued = shows("issued") ? record.issued : nil
        finalized = shows("finalized") ? record.finalized : nil
        packHash = record.packHash
        activeOn = record.activeOn
        showsNextStep = shows("next_step")
        next = status?.next(in: record.module, phone: city.phone)
        isForStaff = audience == .staff
        self.attention = attention
        let isOpen = try row["bucket"] != Bucket.closed.rawValue
        isFromOlderSystem = OlderCase.isOne(applied: record.applied, issued: record.issued, isOpen: isOpen, in: city)
    }
}

/// The address of a case as one line: the matched one, or what was typed.
enum CaseAddressLine {
    /// - Parameter row: has `typed` and, where an address was matched, `street`, `unit`, `city`, `state`, `zip`.
    static func read(_ row: Row, showsAddress: Bool, showsUnit: Bool) throws(DatabaseError) -> String? {
        guard showsAddress else { return nil }
        guard let street: String = try row["street"] else { return showsUnit ? try row["typed"] : nil }
        let place = PlaceAddress(
            street: street, unit: showsUnit ? try row["unit"] ?? "" : "", city: try row["city"] ?? "",
            state: try row["state"] ?? "", zip: try row["zip"] ?? "")
        return place.line
    }
}
