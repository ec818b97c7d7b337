internal import Core
internal import Database

extension Channel {
    /// Something about a request changed: open desks and the askers' own pages show it.
    static let helpDesk: Channel = "help-desk"
}

enum TicketSignal {
    static let reaction = Reaction(
        on: .requestReceived, .requestLinked, .requestConnected, .requestDeclined, .requestUndone, .requestUpheld,
        .requestWithdrawn, .ticketSaid, .ticketClosed, .ticketAssigned, .mailboxProven
    ) { _, change in
        change.conn.signal(.helpDesk)
    }
}
