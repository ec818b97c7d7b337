internal import Accounts
internal import Core
internal import Database
internal import Primitives

// What is said on a ticket, and who works on it.
extension TicketWriter {
    /// The desk writes to whoever asked; now it is their turn.
    func reply(_ ticket: Ticket, _ text: String) throws {
        guard ticket.state == .waiting else { throw Refusal("helpDesk.refused.closed") }
        try change.conn.run(
            """
            UPDATE access_request SET turn = 'asker', first_answer_at = COALESCE(first_answer_at, \(change.now))
            WHERE id = \(ticket.id)
            """)
        try say(text, on: ticket, by: .staff)
    }

    /// For staff alone.
    func note(_ ticket: Ticket, _ text: String) throws { try say(text, on: ticket, by: .staff, isNote: true) }

    /// Whoever asked writes: the ticket waits for the city, also one that was closed.
    func answer(_ ticket: Ticket, _ text: String, by way: TicketMessage.Way = .page) throws {
        guard ticket.takesAnswers else { throw Refusal("helpDesk.refused.closed") }
        try change.conn.run(
            """
            UPDATE access_request
            SET turn = 'city', revision = revision + CASE state WHEN 'waiting' THEN 0 ELSE 1 END,
                answered_on = NULL, answered_at = NULL, answered_by = NULL, state = 'waiting'
            WHERE id = \(ticket.id)
            """)
        try say(text, on: ticket, by: .asker, way: way)
    }

    private func say(
        _ text: String, on ticket: Ticket, by author: TicketMessage.Author, way: TicketMessage.Way = .page, isNote: Bool = false
    ) throws {
        let id = try change.conn.insert(
            """
            INSERT INTO ticket_message (ticket_id, author, account_id, is_note, via, text, written_at, written_on)
            VALUES (\(ticket.id), \(author), \(change.principal.signedIn), \(isNote), \(way), \(text), \(change.now), \(change.today))
            RETURNING id
            """)
        try change.record(
            NewFact(
                .ticketSaid, about: .request(ticket.id),
                [
                    "number": .string(ticket.number), "author": .string(author.rawValue),
                    "by": .string(author == .staff ? try actorName() : ""), "isNote": .bool(isNote), "message": .integer(id),
                ]))
    }

    /// - Parameter to: nil puts it back for everybody.
    func assign(_ ticket: Ticket, to: AccountID?) throws {
        guard ticket.assignedTo != to else { return }
        let person = try to.flatMap { try Account.find($0, change.conn) }
        guard to == nil || person != nil else { throw NotFound() }
        try change.conn.run("UPDATE access_request SET assigned_to = \(to) WHERE id = \(ticket.id)")
        try change.record(
            NewFact(
                .ticketAssigned, about: .request(ticket.id),
                ["number": .string(ticket.number), "by": .string(try actorName()), "to": .string(person?.name ?? "")]))
    }
}

extension Ticket {
    /// Whether whoever asked can still write. What they took back, and what ended in a connection, is over: there they ask anew.
    var takesAnswers: Bool {
        switch state {
        case .waiting, .declined: true
        case .ended: kind.queue == .questions
        case .linked, .withdrawn: false
        }
    }
}
