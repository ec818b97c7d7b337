internal import Core
internal import HTML
internal import Primitives
internal import Web

/// What a guest sees after sending. It looks the same for every number and says nothing of the request but its place in the queue.
enum ReceivedPage {
    static func show(_ visit: Visit) async throws -> WebResponse {
        guard let number = RequestNumber.parse(visit.parameter("number")) else { throw NotFound() }
        let place: Int = try await visit.read { conn in
            try conn.value(
                """
                SELECT COUNT(*) FROM access_request
                WHERE state = 'waiting' AND id <= (SELECT id FROM access_request WHERE number = \(number))
                """) ?? 0
        }
        let (t, city) = (visit.t, visit.city.pack.city)
        let due = city.date(after: visit.today, workingDays: city.responseWorkingDays)
        return visit.page(t("helpDesk.received.title")) {
            h1 { t("helpDesk.received.title") }
            turnPanel(title: t("helpDesk.received.number", ["number": .text(number)]), tone: .waiting) {
                p { t("helpDesk.received.mail") }
            }
            NextSteps.view(t, city, place: place, due: due, isGuest: true)
        }
    }
}
