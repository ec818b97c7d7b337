internal import Core
internal import HTML
internal import Primitives
internal import Web

/// `/accessibility/conformance`: what this version conforms to, criterion by criterion, what fails, and what nobody has tried.
enum ConformancePage {
    static func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        let criteria = try Criterion.all()
        return visit.page(
            t("portal.conformance.title"),
            crumbs: [Crumb(title: t("portal.accessible.title"), link: PortalAddresses.accessibility())],
            isIndexed: true
        ) {
            prose {
                h1 { t("portal.conformance.title") }
                p { t("portal.conformance.lead", ["version": .text(visit.city.settings.version)]) }
                p { t("portal.conformance.method") }
                p { strong { t("portal.conformance.untried") } }
                p { a(PortalAddresses.conformanceData()) { t("portal.conformance.data") } }
            }
            ConformanceView(criteria: criteria, level: Criterion.Level(rawValue: visit.query("level")) ?? .a, t: t).body
        }
    }

    /// The same for machines, as OpenACR has it.
    static func data(_ visit: Visit) async throws -> WebResponse {
        let report = OpenACR(
            criteria: try Criterion.all(), city: visit.city.pack.city, version: visit.city.settings.version)
        return WebResponse(
            status: 200, headers: [("content-type", "application/yaml; charset=utf-8")], body: Array(try report.yaml().utf8))
    }
}

struct ConformanceView {
    let criteria: [Criterion]
    /// One level a page: all three would be more than a slow line brings at once.
    let level: Criterion.Level
    let t: Voice

    var body: HTML {
        group {
            dataTable(
                caption: t("portal.conformance.counts"),
                columns: [TableColumn(title: t("portal.conformance.level"))]
                    + Criterion.Result.allCases.map { TableColumn(title: word($0), isNumber: true) },
                rows: Criterion.Level.allCases.map { level in
                    TableRow(
                        cells: [HTML(level.rawValue)]
                            + Criterion.Result.allCases.map { result in
                                HTML(String(criteria.count { $0.level == level && $0.result == result }))
                            })
                })
            tabs(
                label: t("portal.conformance.level"),
                Criterion.Level.allCases.map { one in
                    Tab(
                        title: t("portal.conformance.table", ["level": .text(one.rawValue)]),
                        link: PortalAddresses.conformance().with([("level", one.rawValue)]), isCurrent: one == level)
                })
            dataTable(
                caption: t("portal.conformance.table", ["level": .text(level.rawValue)]), captionHidden: true,
                columns: [
                    TableColumn(title: t("portal.conformance.criterion")), TableColumn(title: t("portal.conformance.result")),
                    TableColumn(title: t("portal.conformance.remarks")),
                ],
                rows: criteria.filter { $0.level == level }.map(row))
        }
    }

    private func row(_ criterion: Criterion) -> TableRow {
        TableRow(
            cells: [
                HTML("\(criterion.number) \(criterion.name(t.language))"), tag(word(criterion.result), tone(criterion.result)),
                group {
                    p { criterion.remarks(t.language) }
                    if !criterion.evidence.isEmpty {
                        details {
                            summary {
                                t("portal.conformance.evidence", ["count": .number(criterion.evidence.count)])
                                visuallyHidden(" \(criterion.number)")
                            }
                            ul { for test in criterion.evidence { li { code { test } } } }
                        }
                    }
                },
            ], id: "c\(criterion.number.replacing(".", with: "-"))")
    }

    private func word(_ result: Criterion.Result) -> String {
        switch result {
        case .supports: t("portal.conformance.supports")
        case .partiallySupports: t("portal.conformance.partially")
        case .doesNotSupport: t("portal.conformance.fails")
        case .notApplicable: t("portal.conformance.none")
        case .notEvaluated: t("portal.conformance.notTried")
        }
    }

    private func tone(_ result: Criterion.Result) -> Tone {
        switch result {
        case .supports: .good
        case .partiallySupports: .waiting
        case .doesNotSupport: .attention
        case .notApplicable, .notEvaluated: .calm
        }
    }
}
