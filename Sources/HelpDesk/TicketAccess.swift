internal import Core
internal import Database

/// Who sees a ticket: staff with the right for its queue, and the account that asked. A guest has a secret link instead.
enum TicketAccess {
    static let rules: [AccessRule] = [
        AccessRule(
            "ticket.view", on: "access_request",
            when: .any([
                .all([.staff("access-request.view"), kind(in: .access)]), .all([.staff("ticket.view"), kind(in: .questions)]),
                own,
            ])),
        AccessRule(
            "ticket.answer", on: "access_request",
            when: .any([
                .all([.staff("access-request.answer"), kind(in: .access)]),
                .all([.staff("ticket.answer"), kind(in: .questions)]),
            ])),
        AccessRule("access-request.own", on: "access_request", when: own),
    ]

    /// What a person at the desk needs to work on a queue.
    static func view(_ queue: Ticket.Queue) -> Action {
        switch queue {
        case .access: "access-request.view"
        case .questions: "ticket.view"
        }
    }

    private static func kind(in queue: Ticket.Queue) -> Condition {
        .any(queue.kindNames.map { .column("kind", equals: .text($0)) })
    }

    private static let own = Condition.reached(by: [Relation("access_request", from: "account_id", to: "id")])
}
