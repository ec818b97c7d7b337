internal import Cases
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// The tab "Inspections": what was asked for, planned and done, for whoever has a part in the case. Each column has its class in
/// the city pack.
enum InspectionsPage {
    static func show(_ visit: Visit) async throws -> WebResponse {
        try await CaseTabPage.show(
            visit, at: InspectionsAddresses.list, tab: "inspections.tab",
            load: { seen, conn in
                guard seen.shows("inspections") else { throw NotFound() }
                return try Inspection.all(of: seen.record.id, conn)
            },
            view: { seen, inspections in InspectionsView(seen: seen, inspections: inspections, t: visit.t).body })
    }

    /// The timeline names an inspection by the city's word for its type.
    static func told(_ fact: Fact) -> [String: WordArgument] {
        ["type": .text(fact.text("type")), "number": .text(fact.text("number"))]
    }
}

struct InspectionsView {
    let seen: SeenCase
    let inspections: [Inspection]
    let t: Voice

    var body: HTML {
        guard !inspections.isEmpty, seen.shows("inspection_type") else { return emptyState(t("inspections.none")) }
        return dataTable(
            caption: t("inspections.caption"), captionHidden: true, isSortable: true, columns: columns.map(\.heading),
            rows: inspections.map { inspection in TableRow(cells: columns.map { $0.cell(inspection) }) })
    }

    private struct Column {
        let field: String
        let heading: TableColumn
        let cell: (Inspection) -> HTML
    }

    /// Those that whoever is looking may see.
    private var columns: [Column] {
        [
            Column(field: "inspection_type", heading: TableColumn(title: t("inspections.type"))) { inspection in
                group {
                    inspection.type
                    div(.class("soft")) { inspection.number }
                }
            },
            Column(field: "inspection_state", heading: TableColumn(title: t("inspections.state"))) { state($0) },
            Column(field: "inspection_days", heading: TableColumn(title: t("inspections.requestedFor"))) {
                day($0.requestedFor)
            },
            Column(field: "inspection_days", heading: TableColumn(title: t("inspections.scheduledFor"))) {
                day($0.scheduledFor)
            },
            Column(field: "inspection_days", heading: TableColumn(title: t("inspections.completedOn"))) {
                day($0.completedOn)
            },
            Column(field: "inspector", heading: TableColumn(title: t("inspections.inspector"))) { HTML($0.inspector) },
        ].filter { seen.shows($0.field) }
    }

    private func day(_ day: CivilDate?) -> HTML {
        day.map { day in time(day.description) { day.short(in: t.language) } } ?? .empty
    }

    /// What came of it says more than that it is over.
    private func state(_ inspection: Inspection) -> HTML {
        switch (inspection.result, inspection.state) {
        case (.pass, _): tag(t("inspections.results.pass"), .good)
        case (.partial, _): tag(t("inspections.results.partial"), .waiting)
        case (.fail, _): tag(t("inspections.results.fail"), .attention)
        case (.noAccess, _): tag(t("inspections.results.noAccess"), .attention)
        case (.cancelled, _), (nil, .cancelled): tag(t("inspections.states.cancelled"), .calm)
        case (nil, .requested): tag(t("inspections.states.requested"), .waiting)
        case (nil, .scheduled): tag(t("inspections.states.scheduled"), .waiting)
        case (nil, .completed): tag(t("inspections.states.completed"), .calm)
        }
    }
}
