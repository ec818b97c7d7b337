internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

enum ImportAddresses {
    static let list = PlainAddress("/staff/imports")
    static let run = Address<Int64>("/staff/imports/{id}")
    static let report = Address<Int64>("/staff/imports/{id}/report.json")
}

/// `/staff/imports`: what came from older systems, when, and what became of it.
struct ImportsPage: Sendable {
    /// Where staff begin.
    let desk: Link

    func list(_ visit: Visit) async throws -> WebResponse {
        let runs = try await visit.read { conn in try ImportRun.all(conn) }
        let t = visit.t
        return visit.page(t("importing.title"), crumbs: [Crumb(title: t("importing.desk"), link: desk)]) {
            h1 { t("importing.title") }
            p { t("importing.lead") }
            if runs.isEmpty {
                emptyState(t("importing.none"))
            } else {
                table(runs, visit)
            }
        }
    }

    private func table(_ runs: [ImportRun], _ visit: Visit) -> HTML {
        let t = visit.t
        return dataTable(
            caption: t("importing.title"), captionHidden: true,
            columns: [
                TableColumn(title: t("importing.when")), TableColumn(title: t("importing.source")),
                TableColumn(title: t("importing.read"), isNumber: true),
                TableColumn(title: t("importing.imported"), isNumber: true),
                TableColumn(title: t("importing.updated"), isNumber: true),
                TableColumn(title: t("importing.unchanged"), isNumber: true),
                TableColumn(title: t("importing.refused"), isNumber: true),
            ],
            rows: runs.map { run in
                TableRow(cells: [
                    a(ImportAddresses.run(run.id.value)) { visit.shortMoment(run.finishedAt) },
                    group {
                        run.source
                        div(.class("soft")) { run.format }
                    },
                    HTML(grouped(run.read)), HTML(grouped(run.imported)), HTML(grouped(run.updated)),
                    HTML(grouped(run.unchanged)), HTML(grouped(run.refused)),
                ])
            })
    }

    func show(_ visit: Visit) async throws -> WebResponse {
        let (run, text) = try await find(visit)
        let t = visit.t
        let title = t("importing.runTitle", ["source": .text(run.source)])
        let crumbs = [
            Crumb(title: t("importing.desk"), link: desk), Crumb(title: t("importing.title"), link: ImportAddresses.list()),
        ]
        return visit.page(title, crumbs: crumbs) {
            h1 { title }
            p { t("importing.runLead", ["format": .text(run.format), "when": .text(visit.shortMoment(run.finishedAt))]) }
            p { a(ImportAddresses.report(run.id.value)) { t("importing.download") } }
            ReportView(report: ReadReport(JSON(parsing: text) ?? .null), t: t).body
        }
    }

    func download(_ visit: Visit) async throws -> WebResponse {
        let (run, text) = try await find(visit)
        let headers = [
            ("content-type", "application/json"),
            ("content-disposition", "attachment; filename=\"import-\(run.id.value).json\""),
        ]
        return WebResponse(status: 200, headers: headers, body: Array(text.utf8))
    }

    private func find(_ visit: Visit) async throws -> (run: ImportRun, report: String) {
        guard let id = Int64(visit.parameter("id")), let found = try await visit.read({ conn in try ImportRun.find(id, conn) })
        else { throw NotFound() }
        return found
    }
}
