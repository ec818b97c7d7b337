internal import Accounts
internal import Contacts
internal import Core
internal import HTML
internal import Mail
internal import Primitives

// What whoever asked is told of the conversation, and of what was done about it.
extension TicketMail {
    static let talk: [Effect] = [
        Effect(on: .ticketSaid) { fact, change in
            guard fact.text("author") == TicketMessage.Author.staff.rawValue, fact.arguments["isNote"] != .bool(true),
                let ticket = try find(fact, change), let id = fact.number("message"),
                let message = try TicketMessage.find(id, change.conn)
            else { return }
            let t = change.city.voice(ticket.language)
            try send(
                to: ticket, t, t("helpDesk.mail.said.subject", ["number": .text(ticket.number)]),
                [message.text, t("helpDesk.mail.said.from", ["name": .text(fact.text("by"))]), how(ticket, t)],
                own(ticket).map { (t("helpDesk.mail.received.button"), $0) }, change)
        },
        Effect(on: .ticketClosed) { fact, change in
            guard let ticket = try find(fact, change) else { return }
            let t = change.city.voice(ticket.language)
            let done =
                switch ticket.kind {
                case .correction: t("helpDesk.mail.closed.corrected", ["name": .text(ticket.wish["name"] ?? "")])
                case .primaryEmail:
                    t(
                        "helpDesk.mail.closed.designated",
                        ["email": .text(ticket.wish["email"] ?? ""), "company": .text(ticket.wish["company"] ?? "")])
                case .asked, .claimUndecided, .objection, .question: t("helpDesk.mail.closed.answered")
                }
            try send(
                to: ticket, t, t("helpDesk.mail.closed.subject", ["number": .text(ticket.number)]),
                [done, t("helpDesk.mail.closed.again")], own(ticket).map { (t("helpDesk.mail.received.button"), $0) }, change)
        },
    ]

    /// The addresses on file of a company hear which of them stands for it now.
    static func tellOfDesignation(_ email: TypedAddress, _ match: ContactMatch, _ ticket: Ticket, _ change: Change) throws {
        guard change.origin == .live else { return }
        for other in match.details.emails
        where other.address.folded != ticket.email.folded && other.address.folded != email.folded {
            let t = change.city.voice(ticket.language)
            try send(
                to: other.address.typed, t, t("helpDesk.mail.designated.subject", ["name": .text(match.contact.name)]),
                [
                    t(
                        "helpDesk.mail.designated.text",
                        [
                            "email": .text(email.folded.masked), "name": .text(match.contact.name),
                            "person": .text(ticket.asker),
                        ]),
                    t(
                        "helpDesk.mail.other.object",
                        ["number": .text(ticket.number), "phone": .text(change.city.pack.city.phone)]),
                ], nil, change)
        }
    }

    /// A guest has the link in the first mail; a secret is never sent twice.
    private static func own(_ ticket: Ticket) -> Link? { ticket.account.map { _ in HelpDeskAddresses.request(ticket.number) } }

    private static func how(_ ticket: Ticket, _ t: Voice) -> String {
        ticket.account == nil ? t("helpDesk.mail.said.guest") : t("helpDesk.mail.said.account")
    }
}
