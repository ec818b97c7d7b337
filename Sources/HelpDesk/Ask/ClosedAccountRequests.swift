internal import Accounts
internal import Core
internal import Database
internal import Primitives

/// Whoever closes their account waits for no answer any more (A7): requests that wait are withdrawn.
enum ClosedAccountRequests {
    static let reaction = Reaction(on: .accountClosed) { fact, change in
        for number in try waiting(of: AccountID(fact.subject.id), change.conn) {
            guard let request = try Ticket.find(number: number, change.conn) else { continue }
            try TicketWriter(change).withdraw(request)
        }
    }

    static let notes = ClosingNotes(order: 30) { id, _, conn in
        let count = try waiting(of: id, conn).count
        guard count > 0 else { return [] }
        return [.init(.ends, Phrase("helpDesk.close.requests", ["count": .number(count)]), at: HelpDeskAddresses.requests())]
    }

    private static func waiting(of account: AccountID, _ conn: Connection) throws -> [String] {
        try conn.rows("SELECT number FROM access_request WHERE account_id = \(account) AND state = 'waiting' ORDER BY id")
            .map { try $0["number"] as String }
    }
}
