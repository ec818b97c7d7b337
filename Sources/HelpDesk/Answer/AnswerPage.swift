internal import Accounts
internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// One ticket on the desk: what was asked and by whom, what was said, the cases it may mean, and what can be decided (C3, I1).
enum AnswerPage {
    struct Model: Sendable {
        let request: Ticket
        let asker: Asker
        let cases: [MatchedCase]
        let suggestions: [Suggestion]
        let decisions: [(decision: AccessDecision, name: String)]
        /// Who answered.
        let answeredBy: String
        /// The number of the request that this one objects to.
        let about: String?
        /// Whose connection with which record an objection is about.
        let objected: (person: String, contact: String)?
        let history: [(at: CivilDate, sentence: String)]
        let messages: [TicketMessage]
        let colleagues: [Colleague]
        /// What a correction changes, field by field; empty for other tickets.
        let corrected: [CorrectedField]
        let designation: Designation?
        let mayLink: Bool
        let mayDecline: Bool
    }

    static func show(_ visit: Visit) async throws -> WebResponse {
        let number = visit.parameter("number")
        let model = try await visit.read { conn in try AnswerPage.model(of: request(number, visit, conn), visit, conn) }
        let t = visit.t
        return visit.page(
            "\(t(model.request.kind.queue.pageTitle, ["number": .text(model.request.number)])): \(model.request.asker)",
            crumbs: [
                Crumb(title: t("helpDesk.desk.title"), link: HelpDeskAddresses.desk()),
                Crumb(title: t(model.request.kind.queue.title), link: model.request.kind.queue.address),
            ]
        ) { AnswerView(visit: visit, model: model).content }
    }

    /// The ticket of that number, for staff who may see it.
    static func request(_ number: String, _ visit: Visit, _ conn: Connection) throws -> Ticket {
        guard let request = try Ticket.find(number: number, conn),
            try visit.may("ticket.view", on: request.id.value, conn)
        else { throw NotFound() }
        return request
    }

    private static func objected(_ request: Ticket, _ conn: Connection) throws -> (person: String, contact: String)? {
        guard request.kind == .objection, let account = try request.objectedAccount.flatMap({ try Account.find($0, conn) }),
            let contact = try request.contacts.first.flatMap({ try Contact.find($0, conn) })
        else { return nil }
        return (account.name, contact.name)
    }

    static func model(of request: Ticket, _ visit: Visit, _ conn: Connection) throws -> Model {
        let access = visit.city.access
        let asker = try Asker(request, conn)
        let about = try request.about.flatMap { try Ticket.find($0, conn) }
        let cases = try MatchedCases.find(
            about?.caseText ?? request.caseText, visible: access.visible("case.view", to: visit.principal, alias: "c"),
            visit.city,
            conn)
        let history = try FactLog.timeline(of: .request(request.id), limit: 50, conn).compactMap { fact in
            visit.city.sentence(of: fact, for: .staff, visit.t).map { (visit.city.cityClock.date(of: fact.at), $0) }
        }
        return Model(
            request: request, asker: asker, cases: cases,
            suggestions: request.kind.queue == .access
                ? try Suggestions.find(for: request, asker, cases, access, conn) : [],
            decisions: try AccessDecision.all(of: request.id, conn).compactMap { decision in
                try Contact.find(decision.contact, conn).map { (decision, $0.name) }
            },
            answeredBy: try request.answeredBy.flatMap { try Account.find($0, conn)?.name } ?? "", about: about?.number,
            objected: try objected(request, conn),
            history: history, messages: try TicketMessage.all(of: request.id, notes: true, conn),
            colleagues: try Colleague.working(on: request.kind.queue, visit.city.pack, conn),
            corrected: try CorrectedField.all(of: request, conn),
            designation: request.kind == .primaryEmail ? try Designation(request, asker, conn) : nil,
            mayLink: access.may("contact.link", visit.principal),
            mayDecline: try visit.may("ticket.answer", on: request.id.value, conn))
    }
}

extension Ticket.Queue {
    var pageTitle: WordKey {
        switch self {
        case .access: "helpDesk.answer.title"
        case .questions: "helpDesk.questions.ticket"
        }
    }
}
