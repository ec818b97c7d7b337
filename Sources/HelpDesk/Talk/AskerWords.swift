internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Whoever asked writes again: on their account, or by a guest's secret link.
enum AskerWords {
    static func byGuest(_ visit: Visit) async throws -> WebResponse {
        guard let token = SecretToken(presented: visit.parameter("token")) else { throw NotFound() }
        let text = try visit.submission[AskerForm.text]
        return try await visit.change { change in
            guard let ticket = try Ticket.find(token: token, at: change.now, change.conn) else { throw NotFound() }
            try take(text, ticket, change)
            return .init(HelpDeskAddresses.status(token.text), say: Phrase("helpDesk.said.written"))
        }
    }

    static func byAccount(_ visit: Visit) async throws -> WebResponse {
        let number = visit.parameter("number")
        let text = try visit.submission[AskerForm.text]
        return try await visit.change { change in
            guard let ticket = try Ticket.find(number: number, change.conn),
                try visit.may("access-request.own", on: ticket.id.value, change.conn)
            else { throw NotFound() }
            try take(text, ticket, change)
            return .init(HelpDeskAddresses.request(ticket.number), say: Phrase("helpDesk.said.written"))
        }
    }

    private static func take(_ text: String, _ ticket: Ticket, _ change: Change) throws {
        guard try change.allows(.accessRequest, "ticket:\(ticket.id)") else { throw Refusal.tooMany }
        try TicketWriter(change).answer(ticket, text)
    }

    /// The form below the conversation; nothing where the ticket is over.
    static func form(_ ticket: Ticket, to link: Link, _ visit: Visit) -> HTML {
        guard ticket.takesAnswers else { return .empty }
        let answers = visit.submission.form.has(AskerForm.text) ? visit.submission : AskerForm.form.blank()
        return postForm(link, once: "\(visit.once)s") {
            answers.view(AskerForm.text, visit.t)
            submitButton(visit.t("helpDesk.talk.send"), quiet: ticket.turn == .city)
        }
    }
}
