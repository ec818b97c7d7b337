internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// A place a case is about: what was typed, what it was matched to, and how sure we are (`model.md` 6).
struct Location: Sendable {
    enum Confidence: String, Sendable, SQLConvertible { case matched, typed, unverified }

    let typed: String
    let address: String?
    let parcel: String?
    let confidence: Confidence
    let isPrimary: Bool

    var line: String { address ?? typed }
    /// What was typed, where it is another writing than the line.
    var otherwiseTyped: String { typed == line ? "" : typed }
}

enum Locations {
    /// Everybody sees the primary address; all of them are for who may see the field `locations`.
    static func all(of seen: SeenCase, _ conn: Connection) throws -> [Location] {
        let onlyPrimary = shown(of: seen)
        return try conn.rows(
            """
            SELECT l.typed, l.confidence, l.is_primary, a.street, a.unit, a.city, a.state, a.zip, p.number AS parcel
            FROM case_location l
            LEFT JOIN address a ON a.id = l.address_id
            LEFT JOIN parcel p ON p.id = l.parcel_id
            WHERE l.case_id = \(seen.record.id) AND \(onlyPrimary)
            ORDER BY l.is_primary DESC, l.id LIMIT 500
            """
        ).compactMap { row in
            guard seen.shows("address") else { return nil }
            let street: String? = try row["street"]
            let line = try CaseAddressLine.read(row, showsAddress: true, showsUnit: seen.shows("unit"))
            return Location(
                typed: seen.shows("unit") ? try row["typed"] : "", address: street == nil ? nil : line,
                parcel: seen.shows("parcel") ? try row["parcel"] : nil, confidence: try row["confidence"],
                isPrimary: try row["is_primary"])
        }
    }

    private static func shown(of seen: SeenCase) -> SQL { seen.shows("locations") ? "1 = 1" : "l.is_primary = 1" }

    static let count: @Sendable (SeenCase) -> SQL? = { seen in
        seen.shows("address")
            ? "SELECT COUNT(*) FROM case_location l WHERE l.case_id = \(seen.record.id) AND \(shown(of: seen))" : "SELECT 0"
    }
}

enum LocationsPage {
    static func show(_ visit: Visit) async throws -> WebResponse {
        try await CasePage.show(
            visit, at: CaseAddresses.locations, tab: "cases.tab.locations", load: { try Locations.all(of: $0, $1) },
            view: { view($1, visit.t) })
    }

    private static func view(_ locations: [Location], _ t: Voice) -> HTML {
        guard !locations.isEmpty else { return emptyState(t("cases.locations.empty")) }
        // A column that would be empty is left out.
        let showsTyped = locations.contains { !$0.otherwiseTyped.isEmpty }
        let showsParcel = locations.contains { $0.parcel != nil }
        var columns = [TableColumn(title: t("cases.locations.address"))]
        if showsTyped { columns.append(TableColumn(title: t("cases.locations.typed"))) }
        if showsParcel { columns.append(TableColumn(title: t("cases.locations.parcel"))) }
        columns.append(TableColumn(title: t("cases.locations.sure")))
        return dataTable(
            caption: t("cases.locations.caption"), columns: columns,
            rows: locations.map { location in
                var cells = [
                    group {
                        location.line.isEmpty ? t("cases.locations.parcelOnly") : location.line
                        if location.isPrimary { div(.class("soft")) { t("cases.locations.primary") } }
                    }
                ]
                if showsTyped { cells.append(HTML(location.otherwiseTyped)) }
                if showsParcel { cells.append(HTML(location.parcel ?? "")) }
                return TableRow(cells: cells + [HTML(words(location.confidence, t))])
            })
    }

    private static func words(_ confidence: Location.Confidence, _ t: Voice) -> String {
        switch confidence {
        case .matched: t("cases.locations.matched")
        case .typed: t("cases.locations.asTyped")
        case .unverified: t("cases.locations.unverified")
        }
    }
}
