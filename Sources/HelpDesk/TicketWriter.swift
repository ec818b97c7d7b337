internal import Accounts
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// A ticket before it is stored.
struct NewTicket: Sendable {
    var account: AccountID?
    var email: TypedAddress
    var name: String
    var phone = ""
    var language: Language
    var kind = Ticket.Kind.asked
    var caseText = ""
    var partText = ""
    var contacts: [ContactID] = []
    var reason = ""
    var objectedAccount: AccountID?
    var topic = ""
    var wish: [String: String] = [:]
    /// Whether the asker has to do something before anybody at the desk looks.
    var turn = Ticket.Turn.city
    /// The answer is due within so many working days; the city's own number unless the topic has one.
    var workingDays: Int?
}

/// Takes tickets in and answers them. Whoever answers says which revision they saw, so that two answers at once have one effect.
struct TicketWriter {
    let change: Change
    init(_ change: Change) { self.change = change }

    struct Received: Sendable {
        let id: TicketID
        let number: String
        /// A guest's way back to the request; shown once, in a mail.
        let token: SecretToken?
    }

    func receive(_ new: NewTicket) throws -> Received {
        let conn = change.conn
        let number = try TicketNumber.next(new.kind.queue, conn)
        let city = change.city.pack.city
        let due = city.date(after: change.today, workingDays: new.workingDays ?? city.responseWorkingDays)
        let wish = JSON.object(new.wish.mapValues(JSON.string)).description
        let token = new.account == nil ? SecretToken(randomness: change.city.randomness) : nil
        let (new, about) = try objecting(new)
        let contacts = JSON.array(new.contacts.map { .integer($0.value) }).description
        let id = TicketID(
            try conn.insert(
                """
                INSERT INTO access_request (number, account_id, typed, folded, name, phone, language, kind, case_text, part_text,
                                            contacts, reason, about_id, objected_account, topic, wish, turn, token_hash, state, revision,
                                            received_on, due_on, created_at, answer)
                VALUES (\(number), \(new.account), \(new.email.typed), \(new.email.folded), \(new.name), \(new.phone), \(new.language),
                        \(new.kind), \(new.caseText), \(new.partText), \(contacts), \(new.reason), \(about), \(new.objectedAccount), \(new.topic), \(wish), \(new.turn), \(token?.hash),
                        'waiting', 0, \(change.today), \(due), \(change.now), '')
                RETURNING id
                """))
        try change.record(
            NewFact(
                .requestReceived, about: .request(id), and: new.account.map { [.account($0)] } ?? [],
                ["number": .string(number), "kind": .string(new.kind.rawValue)]))
        return Received(id: id, number: number, token: token)
    }

    /// Who names a request instead of a case objects to what came of it.
    private func objecting(_ new: NewTicket) throws -> (NewTicket, TicketID?) {
        guard new.kind == .asked, let about = try Ticket.find(number: new.caseText, change.conn), about.kind.queue == .access
        else {
            return (new, nil)
        }
        var objection = new
        objection.kind = .objection
        if let decision = try AccessDecision.all(of: about.id, change.conn).first {
            objection.contacts = [decision.contact]
            objection.objectedAccount = decision.account
        }
        return (objection, about.id)
    }

    /// Says no, with the sentence that the asker gets.
    func decline(_ request: Ticket, seen: Int, answer: String) throws {
        try settle(request, as: .declined, seen: seen, answer: answer)
        try change.record(
            NewFact(
                .requestDeclined, about: .request(request.id),
                ["number": .string(request.number), "by": .string(try actorName())], why: answer))
    }

    /// What was asked is done: a question was answered, a record corrected.
    /// - Parameter answer: the sentence that the asker gets; empty when the conversation said it.
    func close(_ ticket: Ticket, seen: Int, answer: String = "") throws {
        try settle(ticket, as: .ended, seen: seen, answer: answer)
        try change.record(
            NewFact(
                .ticketClosed, about: .request(ticket.id), ["number": .string(ticket.number), "by": .string(try actorName())],
                why: answer.isEmpty ? nil : answer))
    }

    /// Refused when somebody else was first.
    private func settle(_ ticket: Ticket, as state: Ticket.State, seen: Int, answer: String) throws {
        let touched = try change.conn.run(
            """
            UPDATE access_request
            SET state = \(state), revision = revision + 1, answered_on = \(change.today), answered_at = \(change.now),
                answered_by = \(change.principal.signedIn), answer = \(answer)
            WHERE id = \(ticket.id) AND revision = \(seen) AND state = 'waiting'
            """)
        guard touched > 0 else { throw Refusal("helpDesk.refused.answered") }
    }

    func withdraw(_ request: Ticket) throws {
        let touched = try change.conn.run(
            """
            UPDATE access_request
            SET state = 'withdrawn', revision = revision + 1, answered_on = \(change.today), answered_at = \(change.now)
            WHERE id = \(request.id) AND state = 'waiting'
            """)
        guard touched > 0 else { throw Refusal("helpDesk.refused.notWaiting") }
        try change.record(NewFact(.requestWithdrawn, about: .request(request.id), ["number": .string(request.number)]))
    }

    /// What staff are called in the history of a request.
    func actorName() throws -> String {
        guard let id = change.principal.signedIn else { return "" }
        return try Account.find(id, change.conn)?.name ?? ""
    }
}
