internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// A field of a record that somebody wants changed.
struct CorrectedField: Sendable {
    let field: ContactField
    let now: String
    let wanted: String

    /// In the order of the form; empty for tickets of other kinds.
    static func all(of ticket: Ticket, in records: MatchPool) -> [CorrectedField] {
        guard ticket.kind == .correction, let id = ticket.contacts.first, let contact = records[id],
            let details = records.details(of: id)
        else { return [] }
        let now = ContactField.values(of: contact, details)
        return ContactField.all(of: contact.kind).compactMap { field in
            ticket.wish[field.rawValue].map { CorrectedField(field: field, now: now[field] ?? "", wanted: $0) }
        }
    }

    var isDone: Bool { now == wanted }
}

/// What a correction changes, side by side, and the one click.
struct CorrectionView {
    let visit: Visit
    let model: AnswerPage.Model
    private var t: Voice { visit.t }

    init(visit: Visit, model: AnswerPage.Model) {
        self.visit = visit
        self.model = model
    }

    var content: HTML {
        group {
            h2 { t("helpDesk.correct.fields") }
            if model.corrected.isEmpty {
                emptyState(t("helpDesk.correct.onlyWords"))
            } else {
                dataTable(
                    caption: t("helpDesk.correct.fields"), captionHidden: true,
                    columns: [
                        TableColumn(title: t("helpDesk.correct.field")), TableColumn(title: t("helpDesk.correct.now")),
                        TableColumn(title: t("helpDesk.correct.wanted")),
                    ],
                    rows: model.corrected.map { field in
                        TableRow(cells: [
                            HTML(t(field.field.label)), HTML(said(field.now)), strong { said(field.wanted) },
                        ])
                    })
            }
            if model.request.state == .waiting, visit.city.access.may("contact.correct", visit.principal) {
                postForm(HelpDeskAddresses.applyCorrection(model.request.number), once: "\(visit.once)a") {
                    input(.type("hidden"), .name(ApplyForm.seen.definition.name), .value(String(model.request.revision)))
                    submitButton(model.corrected.isEmpty ? t("helpDesk.correct.done") : t("helpDesk.correct.apply"))
                }
            }
        }
    }

    private func said(_ value: String) -> String { value.isEmpty ? t("helpDesk.correct.nothing") : value }
}

/// The record is corrected as asked, and the ticket closed with it.
enum CorrectionAction {
    static func run(_ visit: Visit) async throws -> WebResponse {
        let number = visit.parameter("number")
        guard let seen = Int(try visit.submission[ApplyForm.seen]) else { throw NotFound() }
        return try await visit.change { change in
            let ticket = try AnswerPage.request(number, visit, change.conn)
            guard ticket.kind == .correction, let id = ticket.contacts.first else { throw NotFound() }
            let writer = TicketWriter(change)
            let records = try MatchPool(for: ContactMatch.Asker(), named: [id], change.conn)
            let wanted = CorrectedField.all(of: ticket, in: records)
            let changed = try ContactWriter(change).correct(
                id, Dictionary(wanted.map { ($0.field, $0.wanted) }, uniquingKeysWith: { first, _ in first }), why: ticket.number)
            try writer.close(ticket, seen: seen)
            return .init(
                HelpDeskAddresses.answer(ticket.number),
                say: Phrase(
                    "helpDesk.said.corrected", ["name": .text(ticket.wish["name"] ?? ""), "count": .number(changed.count)]))
        }
    }
}
