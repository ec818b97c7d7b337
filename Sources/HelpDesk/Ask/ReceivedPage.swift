internal import Core
internal import HTML
internal import Primitives
internal import Web

/// What a guest sees after sending. It looks the same for every number and says nothing of the request but its place in the queue.
enum ReceivedPage {
    static func show(_ visit: Visit) async throws -> WebResponse {
        guard let number = TicketNumber.parse(visit.parameter("number")) else { throw NotFound() }
        let (ticket, place) = try await visit.read { conn in
            let ticket = try Ticket.find(number: number, conn)
            return (ticket, try ticket?.placeInQueue(conn) ?? 0)
        }
        let (t, city) = (visit.t, visit.city.pack.city)
        let due = ticket?.due(city) ?? city.date(after: visit.today, workingDays: city.responseWorkingDays)
        let kind = number.hasPrefix(Ticket.Queue.questions.prefix) ? Ticket.Kind.question : .asked
        return visit.page(t("helpDesk.received.title")) {
            h1 { t("helpDesk.received.title") }
            turnPanel(title: t("helpDesk.received.number", ["number": .text(number)]), tone: .waiting) {
                p { t("helpDesk.received.mail") }
            }
            NextSteps.view(t, city, place: place, due: due, kind: kind, isGuest: true)
        }
    }
}
