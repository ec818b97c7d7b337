internal import Contacts
internal import Core
internal import Database
internal import Primitives
internal import Web

/// One click connects the asker with a suggested record (C3).
enum LinkAction {
    static func run(_ visit: Visit) async throws -> WebResponse {
        let number = visit.parameter("number")
        guard let wanted = Int64(try visit.submission[LinkForm.contact]), let seen = Int(try visit.submission[LinkForm.seen])
        else {
            throw NotFound()
        }
        return try await visit.change { change in
            let model = try AnswerPage.model(number, as: visit.principal, visit.city, change.conn)
            let request = model.request
            guard request.revision == seen else { throw Refusal("helpDesk.refused.answered") }
            guard let suggestion = model.suggestions.first(where: { $0.contact.id.value == wanted }) else {
                throw Refusal("helpDesk.refused.notSuggested")
            }
            try TicketWriter(change).link(request, to: suggestion.contact, seen: seen) { t in
                suggestion.evidence(request.number, t)
            }
            let asker = WordArgument.text(request.asker)
            let name = WordArgument.text(suggestion.contact.name)
            let said =
                model.asker.account == nil
                ? Phrase("helpDesk.said.waits", ["asker": asker, "name": name])
                : Phrase("helpDesk.said.linked", ["asker": asker, "name": name, "count": .number(suggestion.gain.gained)])
            return .init(HelpDeskAddresses.answer(request.number), say: said)
        }
    }
}

/// A no, with the sentence that the asker gets.
enum DeclineAction {
    static func run(_ visit: Visit) async throws -> WebResponse {
        let number = visit.parameter("number")
        let reason = try visit.submission[DeclineForm.reason]
        guard let seen = Int(try visit.submission[DeclineForm.seen]) else { throw NotFound() }
        return try await visit.change { change in
            let request = try AnswerPage.request(number, visit, change.conn)
            guard request.kind != .question, try visit.may("ticket.answer", on: request.id.value, change.conn) else {
                throw NotFound()
            }
            try TicketWriter(change).decline(request, seen: seen, answer: reason)
            return .init(
                request.kind.queue.address,
                say: Phrase("helpDesk.said.declined", ["number": .text(request.number), "asker": .text(request.asker)]))
        }
    }
}

/// A link that was wrong ends; access with it.
enum UndoAction {
    static func run(_ visit: Visit) async throws -> WebResponse {
        let number = visit.parameter("number")
        let why = try visit.submission[UndoForm.why]
        guard let id = Int64(try visit.submission[UndoForm.decision]) else { throw NotFound() }
        return try await visit.change { change in
            let request = try AnswerPage.request(number, visit, change.conn)
            guard let decision = try AccessDecision.find(id, change.conn), decision.request == request.id else {
                throw Refusal("helpDesk.refused.undone")
            }
            try TicketWriter(change).undo(decision, of: request, why: why)
            return .init(
                HelpDeskAddresses.answer(request.number), say: Phrase("helpDesk.said.undone", ["asker": .text(request.asker)]))
        }
    }
}
