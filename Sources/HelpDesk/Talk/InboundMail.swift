internal import Accounts
public import Core
internal import Database
public import Mail
internal import Primitives

/// Answers by mail: they come to the ticket whose mail they answer (I1).
public enum InboundMail {
    public enum Outcome: Sendable, Hashable {
        /// On the ticket of that number.
        case taken(String)
        /// From another address than the one we wrote to: kept as a note for the desk, not as the asker's words.
        case noted(String)
        /// It answers no mail of ours, was sent by a program, is empty, or the ticket is over.
        case passedOver
        /// It was delivered before.
        case repeated
    }

    public static func take(_ reply: MailReply, in city: CityContext) async throws -> Outcome {
        guard !reply.isAutomatic, !reply.text.isEmpty, !reply.answers.isEmpty else { return .passedOver }
        return try await city.write(as: .job("mail")) { change in
            for id in reply.answers {
                guard
                    let row = try change.conn.row("SELECT ticket_id, folded FROM ticket_mail WHERE message_id = \(id)"),
                    let ticket = try Ticket.find(row["ticket_id"] as TicketID, change.conn)
                else { continue }
                let key = sha256("mail|\(reply.from?.description ?? "")|\(reply.identity)")
                let isNew = try change.conn.run(
                    "INSERT INTO once_key (hash, result, created_at) VALUES (\(key), '', \(change.now)) ON CONFLICT DO NOTHING")
                guard isNew == 1 else { return .repeated }
                let writer = TicketWriter(change)
                guard try change.allows(.accessRequest, "ticket:\(ticket.id)") else { return .passedOver }
                guard let from = reply.from, try from == FoldedEmail(row["folded"] as String) else {
                    let who = reply.from?.description ?? "?"
                    try writer.note(ticket, "\(who):\n\(reply.text)")
                    return .noted(ticket.number)
                }
                guard ticket.takesAnswers else { return .passedOver }
                try writer.answer(ticket, reply.text, by: .mail)
                return .taken(ticket.number)
            }
            return .passedOver
        }
    }
}
