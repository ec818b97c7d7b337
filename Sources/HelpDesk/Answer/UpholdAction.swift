internal import Core
internal import Primitives
internal import Web

/// Whoever objected was right: the connection ends.
enum UpholdAction {
    static func run(_ visit: Visit) async throws -> WebResponse {
        let number = visit.parameter("number")
        let why = try visit.submission[UpholdForm.grounds]
        guard let seen = Int(try visit.submission[UpholdForm.seen]) else { throw NotFound() }
        return try await visit.change { change in
            let request = try AnswerPage.request(number, visit, change.conn)
            try TicketWriter(change).uphold(request, seen: seen, why: why)
            return .init(HelpDeskAddresses.answer(request.number), say: Phrase("helpDesk.said.upheld"))
        }
    }
}
