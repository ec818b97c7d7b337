internal import Core
internal import Primitives

extension FactKind {
    /// Somebody asked. Arguments: `number`, `kind`.
    static let requestReceived: FactKind = "request.received"
    /// A steward decided who the asker is. Arguments: `number`, `contact` (id), `name`, `evidence`, `by`, `waits` (until the email is proven).
    static let requestLinked: FactKind = "request.linked"
    /// The decision took effect. Arguments: `number`, `decision` (id), `contact` (id), `name`, `account` (id), `cases` (how many are gained).
    static let requestConnected: FactKind = "request.connected"
    /// Arguments: `number`, `by`. Why: the sentence sent to the asker.
    static let requestDeclined: FactKind = "request.declined"
    /// A decision was taken back. Arguments: `number`, `contact` (id), `name`, `by`, `account` (id, null while it waited), `isTold`
    /// (the person hears it from elsewhere). Why: the steward's reason.
    static let requestUndone: FactKind = "request.undone"
    /// An objection was right. Arguments: `number`, `name`, `person`, `by`, `account`, `isTold`. Why: the steward's reason.
    static let requestUpheld: FactKind = "request.upheld"
    /// The asker no longer asks. Arguments: `number`.
    static let requestWithdrawn: FactKind = "request.withdrawn"
    /// Somebody wrote on the ticket. Arguments: `number`, `author` (asker, staff), `by` (of staff), `isNote`, `message` (id). What was
    /// written stands in the message only.
    static let ticketSaid: FactKind = "ticket.said"
    /// Arguments: `number`, `by`. Why: the sentence sent to the asker, if any.
    static let ticketClosed: FactKind = "ticket.closed"
    /// Arguments: `number`, `by`, `to` (nobody: empty).
    static let ticketAssigned: FactKind = "ticket.assigned"
    /// The owner of the mailbox that a designation names said yes. Arguments: `number`.
    static let mailboxProven: FactKind = "ticket.mailbox-proven"
}

/// The history of a request, for staff.
enum TicketTellings {
    static let all: [FactTelling] = [
        FactTelling(.requestReceived, for: .staff) { fact in
            fact.text("kind") == Ticket.Kind.claimUndecided.rawValue
                ? Phrase("helpDesk.told.undecided") : Phrase("helpDesk.told.received")
        },
        FactTelling(.requestLinked, for: .staff) { fact in
            Phrase(
                "helpDesk.told.linked",
                [
                    "by": .text(fact.text("by")), "name": .text(fact.text("name")),
                    // Decisions of before have it in English only.
                    "evidence": .spoken(
                        [.english: fact.text("evidence"), .spanish: fact.text("evidenceInSpanish")].filter { !$1.isEmpty }),
                ])
        },
        FactTelling(.requestConnected, for: .staff) { fact in
            Phrase(
                "helpDesk.told.connected", ["name": .text(fact.text("name")), "count": .number(Int(fact.number("cases") ?? 0))])
        },
        FactTelling(.requestDeclined, for: .staff) { fact in
            Phrase("helpDesk.told.declined", ["by": .text(fact.text("by")), "why": .text(fact.why ?? "")])
        },
        FactTelling(.requestUndone, for: .staff) { fact in
            Phrase(
                "helpDesk.told.undone",
                ["by": .text(fact.text("by")), "name": .text(fact.text("name")), "why": .text(fact.why ?? "")])
        },
        FactTelling(.requestUpheld, for: .staff) { fact in
            Phrase(
                "helpDesk.told.upheld",
                [
                    "by": .text(fact.text("by")), "person": .text(fact.text("person")), "name": .text(fact.text("name")),
                    "why": .text(fact.why ?? ""),
                ])
        },
        FactTelling(.requestWithdrawn, for: .staff) { _ in Phrase("helpDesk.told.withdrawn") },
        FactTelling(.ticketClosed, for: .staff) { Phrase("helpDesk.told.closed", ["by": .text($0.text("by"))]) },
        FactTelling(.ticketAssigned, for: .staff) { fact in
            switch fact.text("to") {
            case "": Phrase("helpDesk.told.putBack", ["by": .text(fact.text("by"))])
            case fact.text("by"): Phrase("helpDesk.told.took", ["by": .text(fact.text("by"))])
            default: Phrase("helpDesk.told.assigned", ["by": .text(fact.text("by")), "to": .text(fact.text("to"))])
            }
        },
        FactTelling(.mailboxProven, for: .staff) { _ in Phrase("helpDesk.told.mailboxProven") },
    ]
}
