internal import Core
internal import Primitives
internal import Web

/// Whoever asked no longer asks.
enum Withdrawal {
    static func byGuest(_ visit: Visit) async throws -> WebResponse {
        guard let token = SecretToken(presented: visit.parameter("token")) else { throw NotFound() }
        return try await visit.change { change in
            guard let request = try Ticket.find(token: token, at: change.now, change.conn) else { throw NotFound() }
            try TicketWriter(change).withdraw(request)
            return .init(
                HelpDeskAddresses.accessRequest(), say: Phrase("helpDesk.said.withdrawn", ["number": .text(request.number)]))
        }
    }

    static func byAccount(_ visit: Visit) async throws -> WebResponse {
        let number = visit.parameter("number")
        return try await visit.change { change in
            guard let request = try Ticket.find(number: number, change.conn),
                try visit.may("access-request.own", on: request.id.value, change.conn)
            else { throw NotFound() }
            try TicketWriter(change).withdraw(request)
            return .init(
                HelpDeskAddresses.requests(), say: Phrase("helpDesk.said.withdrawn", ["number": .text(request.number)]))
        }
    }
}
