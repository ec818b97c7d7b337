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
        let head: TicketHead
        let cases: [MatchedCase]
        /// Whoever is named on the page, and whom the asker may be.
        let records: MatchPool
        let suggestions: [Suggestion]
        let decisions: [(decision: AccessDecision, name: String)]
        /// Whose connection with which record an objection is about.
        let objected: (person: String, contact: String)?
        /// The newest first.
        let history: [Fact]
        let messages: [TicketMessage]
        let colleagues: [Colleague]
        /// What a correction changes, field by field; empty for other tickets.
        let corrected: [CorrectedField]
        let designation: Designation?
        let mayLink: Bool

        var request: Ticket { head.request }
        var asker: Asker { head.asker }
    }

    static func show(_ visit: Visit) async throws -> WebResponse {
        let number = visit.parameter("number")
        let model = try await visit.read { conn in try AnswerPage.model(number, as: visit.principal, visit.city, conn) }
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

    /// Five statements, however much there is: the ticket, the cases it names, what happened to it, the records it may be about, and
    /// what linking with one of them would open.
    /// - Throws: `NotFound` for who may not see it.
    static func model(
        _ number: String, as principal: Principal, _ city: CityContext, _ conn: Connection
    ) throws -> Model {
        let access = city.access
        let head = try TicketHead.find(number, as: principal, access, conn)
        let (request, asker) = (head.request, head.asker)
        let cases = try MatchedCases.find(
            head.caseText, visible: access.visible("case.view", to: principal, alias: "c"), city, conn)
        let record = try TicketRecord(of: request.id, conn)

        let known = Sought(head, cases)
        let decided = record.decisions.map(\.contact)
        let named = Set(asker.contacts + decided + request.contacts + cases.flatMap { $0.parties.map(\.contact) })
        let records = try MatchPool(for: known.asker, named: named, conn)
        let matches =
            known.isLinking
            ? Suggestions.find(in: records, for: known.asker, also: Set(request.contacts), without: Set(asker.contacts + decided))
            : []
        let (gains, colleagues) = try SuggestionGain.find(
            matches.map(\.contact.id), for: asker.account,
            colleagues: Colleague.list(of: request.kind.queue, city.pack), access, conn)

        let objected = request.contacts.first.flatMap { records[$0]?.name }
        return Model(
            head: head, cases: cases, records: records,
            suggestions: matches.map { Suggestion(match: $0, gain: gains[$0.contact.id] ?? SuggestionGain()) },
            decisions: record.decisions.compactMap { decision in records[decision.contact].map { (decision, $0.name) } },
            objected: request.kind == .objection ? head.objected.flatMap { person in objected.map { (person, $0) } } : nil,
            history: record.history, messages: record.messages, colleagues: colleagues,
            corrected: CorrectedField.all(of: request, in: records),
            designation: request.kind == .primaryEmail ? Designation(head, in: records, for: known.asker) : nil,
            mayLink: access.may("contact.link", principal))
    }

    /// Whom the ticket is about, as far as a search for their record can use it.
    private struct Sought {
        var asker = ContactMatch.Asker()
        /// Whether the asker is to be linked with it.
        var isLinking = false

        init(_ head: TicketHead, _ cases: [MatchedCase]) {
            switch head.request.kind {
            case .asked, .claimUndecided, .objection:
                isLinking = true
                asker = Suggestions.known(of: head.asker, caseText: head.request.caseText, cases)
            case .primaryEmail: asker = Designation.company(head)
            case .question, .correction: break
            }
        }
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
