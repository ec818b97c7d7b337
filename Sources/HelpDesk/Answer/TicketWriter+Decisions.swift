internal import Accounts
internal import Contacts
internal import Core
internal import Database
internal import Primitives

// Connecting the asker of an access request with a record, and taking that back (C3).
extension TicketWriter {
    /// Decides that the asker is that contact, and connects them when the email is proven; otherwise the decision waits for the proof.
    /// - Parameters:
    ///   - seen: the revision on the page where the steward decided.
    ///   - evidence: how we know, as a short sentence for the audit.
    func link(_ request: Ticket, to contact: Contact, seen: Int, evidence how: (Voice) -> String) throws {
        let conn = change.conn
        let evidence = how(change.city.voice(.english))
        let touched = try conn.run(
            """
            UPDATE access_request
            SET state = 'linked', revision = revision + 1, answered_on = \(change.today), answered_at = \(change.now),
                answered_by = \(change.principal.signedIn), answer = ''
            WHERE id = \(request.id) AND revision = \(seen) AND state IN ('waiting', 'linked')
            """)
        guard touched > 0 else { throw Refusal("helpDesk.refused.answered") }
        let account = try request.account ?? Account.find(email: request.email.folded, conn)?.id
        let decision = try conn.insert(
            """
            INSERT INTO access_decision (request_id, contact_id, folded, evidence, decided_by, decided_at, made_link)
            VALUES (\(request.id), \(contact.id), \(request.email.folded), \(evidence), \(change.principal.actor), \(change.now), 0)
            RETURNING id
            """)
        try change.record(
            NewFact(
                .requestLinked, about: .request(request.id), and: [.contact(contact.id)],
                [
                    "number": .string(request.number), "contact": .integer(contact.id.value), "name": .string(contact.name),
                    "evidence": .string(evidence), "evidenceInSpanish": .string(how(change.city.voice(.spanish))),
                    "by": .string(try actorName()), "waits": .bool(account == nil),
                ]))
        guard let account else { return }
        try conn.run("UPDATE access_request SET account_id = \(account) WHERE id = \(request.id)")
        try connect(decision, request, contact, account, evidence)
    }

    /// The asker proved the email: what was decided for it takes effect, and the requests become the account's own.
    func proven(_ email: FoldedEmail, by account: AccountID) throws {
        let conn = change.conn
        try conn.run("UPDATE access_request SET account_id = \(account) WHERE folded = \(email) AND account_id IS NULL")
        for decision in try AccessDecision.waiting(for: email, conn) {
            guard let request = try Ticket.find(decision.request, conn),
                let contact = try Contact.find(decision.contact, conn)
            else { continue }
            try connect(decision.id, request, contact, account, decision.evidence)
        }
    }

    /// A person contact gets a link; a company a member, its owner when it has none (C1).
    private func connect(
        _ decision: Int64, _ request: Ticket, _ contact: Contact, _ account: AccountID, _ evidence: String
    ) throws {
        let conn = change.conn
        let gained = try SuggestionGain.count(contact.id, for: account, change.city.access, conn)
        let made = try ContactWriter(change).connect(account, to: contact.id, how: .steward, evidence: evidence)
        try conn.run(
            """
            UPDATE access_decision SET account_id = \(account), connected_at = \(change.now), made_link = \(made)
            WHERE id = \(decision)
            """)
        try change.record(
            NewFact(
                .requestConnected, about: .request(request.id), and: [.contact(contact.id), .account(account)],
                [
                    "number": .string(request.number), "decision": .integer(decision), "contact": .integer(contact.id.value),
                    "name": .string(contact.name), "account": .integer(account.value), "cases": .integer(Int64(gained)),
                ]))
    }

    /// Takes a decision back; access ends at the person's next request. The request waits again when nothing else was decided.
    /// - Returns: whether somebody had access by it.
    @discardableResult
    func undo(_ decision: AccessDecision, of request: Ticket, why: String) throws -> Bool {
        let conn = change.conn
        let ended = try conn.run(
            """
            UPDATE access_decision SET until = \(change.now), undone_why = \(why)
            WHERE id = \(decision.id) AND request_id = \(request.id) AND until IS NULL
            """)
        guard ended > 0, let contact = try Contact.find(decision.contact, conn) else { throw Refusal("helpDesk.refused.undone") }
        var hadAccess = false
        if let account = decision.account, decision.madeLink { hadAccess = try disconnect(account, contact, why: why) }
        if try AccessDecision.all(of: request.id, conn).isEmpty {
            try conn.run(
                """
                UPDATE access_request
                SET revision = revision + 1, state = 'waiting', answered_on = NULL, answered_at = NULL, answered_by = NULL
                WHERE id = \(request.id)
                """)
        } else {
            try conn.run("UPDATE access_request SET revision = revision + 1 WHERE id = \(request.id)")
        }
        try change.record(
            NewFact(
                .requestUndone, about: .request(request.id),
                and: [.contact(contact.id)] + (decision.account.map { [.account($0)] } ?? []),
                [
                    "number": .string(request.number), "contact": .integer(contact.id.value), "name": .string(contact.name),
                    "by": .string(try actorName()), "account": decision.account.map { .integer($0.value) } ?? .null,
                    "isTold": .bool(decision.madeLink && decision.account != nil && contact.kind == .company),
                ], why: why))
        return hadAccess
    }

    /// An objection is right: the connection it is about ends, whoever made it. Of a first owner, with every record that the proof opened.
    /// - Throws: a refusal when there is no such connection any more; nobody is told then that something ended.
    func uphold(_ objection: Ticket, seen: Int, why: String) throws {
        let conn = change.conn
        let touched = try conn.run(
            """
            UPDATE access_request
            SET state = 'ended', revision = revision + 1, answered_on = \(change.today), answered_at = \(change.now),
                answered_by = \(change.principal.signedIn)
            WHERE id = \(objection.id) AND revision = \(seen) AND state = 'waiting'
            """)
        guard touched > 0 else { throw Refusal("helpDesk.refused.answered") }
        guard let account = objection.objectedAccount, let id = objection.contacts.first, let contact = try Contact.find(id, conn)
        else { throw NotFound() }
        let decision = try AccessDecision.find(account, with: id, conn)
        var hadAccess = false
        if let decision, let request = try Ticket.find(decision.request, conn) {
            hadAccess = try undo(decision, of: request, why: why)
        }
        for one in try objection.contacts.compactMap({ try Contact.find($0, conn) }) {
            if try disconnect(account, one, why: why) { hadAccess = true }
        }
        let person = try Account.find(account, conn)?.name ?? ""
        guard hadAccess else {
            throw Refusal("helpDesk.refused.nothingEnded", ["person": .text(person), "name": .text(contact.name)])
        }
        try change.record(
            NewFact(
                .requestUpheld, about: .request(objection.id),
                and: objection.contacts.map(Subject.contact) + [.account(account)],
                [
                    "number": .string(objection.number), "name": .string(contact.name),
                    "person": .string(person), "by": .string(try actorName()),
                    "account": .integer(account.value), "isTold": .bool(decision != nil || contact.kind == .company),
                ], why: why))
    }

    /// - Returns: false when the account had no access.
    private func disconnect(_ account: AccountID, _ contact: Contact, why: String) throws -> Bool {
        switch contact.kind {
        case .person: try ContactWriter(change).unlink(account, from: contact.id, why: why)
        case .company: try ContactWriter(change).endMembership(of: account, in: contact.id, why: why)
        }
    }
}
