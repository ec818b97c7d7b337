internal import Accounts
internal import CityPack
internal import Core
internal import Database
internal import Primitives
internal import Web

// What the desk does with a ticket besides deciding it.
enum TalkActions {
    static func reply(_ visit: Visit) async throws -> WebResponse {
        let text = try visit.submission[ReplyForm.text]
        return try await run(visit) { ticket, writer in
            try writer.reply(ticket, text)
            return Phrase("helpDesk.said.replied", ["asker": .text(ticket.asker)])
        }
    }

    static func note(_ visit: Visit) async throws -> WebResponse {
        let text = try visit.submission[NoteForm.text]
        return try await run(visit) { ticket, writer in
            try writer.note(ticket, text)
            return Phrase("helpDesk.said.noted")
        }
    }

    static func assign(_ visit: Visit) async throws -> WebResponse {
        let chosen = try visit.submission[AssignForm.to]
        return try await run(visit) { ticket, writer in
            guard !chosen.isEmpty else {
                try writer.assign(ticket, to: nil)
                return Phrase("helpDesk.said.putBack", ["number": .text(ticket.number)])
            }
            let people = try Colleague.working(on: ticket.kind.queue, writer.change.city.pack, writer.change.conn)
            guard let person = people.first(where: { $0.id.description == chosen }) else {
                throw Refusal("helpDesk.refused.notHere")
            }
            try writer.assign(ticket, to: person.id)
            return Phrase("helpDesk.said.assigned", ["number": .text(ticket.number), "name": .text(person.name)])
        }
    }

    static func close(_ visit: Visit) async throws -> WebResponse {
        guard let seen = Int(try visit.submission[CloseForm.seen]) else { throw NotFound() }
        return try await run(visit) { ticket, writer in
            guard ticket.kind == .question else { throw NotFound() }
            try writer.close(ticket, seen: seen)
            return Phrase("helpDesk.said.closed", ["number": .text(ticket.number)])
        }
    }

    /// Does it to the ticket of the address, and goes back to its page.
    private static func run(
        _ visit: Visit, _ body: @escaping @Sendable (Ticket, TicketWriter) throws -> Phrase
    ) async throws -> WebResponse {
        let number = visit.parameter("number")
        return try await visit.change { change in
            let ticket = try AnswerPage.request(number, visit, change.conn)
            guard try visit.may("ticket.answer", on: ticket.id.value, change.conn) else { throw NotFound() }
            let said = try body(ticket, TicketWriter(change))
            return .init(HelpDeskAddresses.answer(ticket.number), say: said)
        }
    }
}

/// Who can work on a queue.
struct Colleague: Sendable {
    let id: AccountID
    let name: String

    static func working(on queue: Ticket.Queue, _ pack: CityPack, _ conn: Connection) throws -> [Colleague] {
        try conn.rows(list(of: queue, pack)).map {
            Colleague(id: try $0["id"], name: "\(try $0["first_name"] as String) \(try $0["last_name"] as String)")
        }
    }

    /// The same as a statement.
    static func list(of queue: Ticket.Queue, _ pack: CityPack) -> SQL {
        let action = TicketAccess.view(queue).description
        let roles = pack.roles.map(\.key).filter { pack.may($0, action) }
        return """
            SELECT a.id, a.first_name, a.last_name FROM account a
            WHERE a.closed_at IS NULL
              AND a.id IN (SELECT account_id FROM staff_role WHERE until IS NULL AND role IN \(list: roles))
            ORDER BY a.last_name, a.first_name, a.id LIMIT 100
            """
    }
}
