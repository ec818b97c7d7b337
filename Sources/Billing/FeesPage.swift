internal import Cases
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// The tab "Fees": the invoices of a case, for people whose part in it carries money, and for staff. Each column has its class in
/// the city pack.
enum FeesPage {
    static func show(_ visit: Visit) async throws -> WebResponse {
        let today = visit.today
        return try await CaseTabPage.show(
            visit, at: BillingAddresses.fees, tab: "billing.tab", right: "case.bill",
            load: { seen, conn in try Invoice.all(of: seen.record.id, conn) },
            view: { seen, invoices in FeesView(seen: seen, invoices: invoices, today: today, t: visit.t).body })
    }
}

struct FeesView {
    let seen: SeenCase
    let invoices: [Invoice]
    let today: CivilDate
    let t: Voice

    var body: HTML {
        guard !invoices.isEmpty, seen.shows("invoice_number") else { return emptyState(t("billing.none")) }
        let open = invoices.map(\.open).filter { $0 > .zero }.reduce(.zero, +)
        return group {
            if seen.shows("invoice_total"), seen.shows("invoice_paid") {
                p { open > .zero ? t("billing.open", ["amount": .money(open)]) : t("billing.allPaid") }
            }
            dataTable(
                caption: t("billing.caption"), captionHidden: true, isSortable: true, columns: columns.map(\.heading),
                rows: invoices.map { invoice in TableRow(cells: columns.map { $0.cell(invoice) }) })
        }
    }

    private struct Column {
        let field: String
        let heading: TableColumn
        let cell: (Invoice) -> HTML
    }

    /// Those that whoever is looking may see.
    private var columns: [Column] {
        [
            Column(field: "invoice_number", heading: TableColumn(title: t("billing.number"))) { HTML($0.number) },
            Column(field: "invoice_paid", heading: TableColumn(title: t("billing.state"))) { state($0) },
            Column(field: "invoice_contact", heading: TableColumn(title: t("billing.billedTo"))) { HTML($0.billedTo) },
            Column(field: "invoice_issued", heading: TableColumn(title: t("billing.issued"))) { day($0.issued) },
            Column(field: "invoice_due", heading: TableColumn(title: t("billing.due"))) { day($0.due) },
            Column(field: "invoice_total", heading: TableColumn(title: t("billing.total"), isNumber: true)) {
                HTML($0.total.description)
            },
            Column(field: "invoice_paid", heading: TableColumn(title: t("billing.paid"), isNumber: true)) {
                HTML($0.paid.description)
            },
        ].filter { seen.shows($0.field) }
    }

    private func day(_ day: CivilDate?) -> HTML {
        day.map { day in time(day.description) { day.short(in: t.language) } } ?? .empty
    }

    private func state(_ invoice: Invoice) -> HTML {
        switch invoice.state(on: today) {
        case .paid: tag(t("billing.states.paid"), .good)
        case .due: tag(t("billing.states.due"), .waiting)
        case .pastDue: tag(t("billing.states.pastDue"), .attention)
        }
    }
}
