internal import Accounts
internal import Core
internal import Database
internal import Primitives

/// Whoever closes their account waits for no answer any more (A7): requests that wait are withdrawn.
enum ClosedAccountRequests {
    static let reaction = Reaction(on: .accountClosed) { fact, change in
        let waiting = waiting(of: AccountID(fact.subject.id))
        for number: String in try change.conn.rows("SELECT number \(waiting) ORDER BY id").map({ try $0["number"] }) {
            guard let request = try Ticket.find(number: number, change.conn) else { continue }
            try TicketWriter(change).withdraw(request)
        }
    }

    static let notes = ClosingNotes(order: 30, counting: { id, _ in ["SELECT COUNT(*) \(waiting(of: id))"] }) { _, counts, _, _ in
        guard counts[0] > 0 else { return [] }
        return [.init(.ends, Phrase("helpDesk.close.requests", ["count": .number(counts[0])]), at: HelpDeskAddresses.requests())]
    }

    private static func waiting(of account: AccountID) -> SQL {
        "FROM access_request WHERE account_id = \(account) AND state = 'waiting'"
    }
}
