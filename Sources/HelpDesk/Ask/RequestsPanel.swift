internal import Core
internal import HTML
internal import Primitives

/// One's own requests on "My account"; nothing for somebody who has not asked.
enum RequestsPanel {
    static func show(_ visit: Visit) async throws -> HTML {
        let visible = visit.city.access.visible("access-request.own", to: visit.principal, alias: "r")
        let requests = try await visit.read { conn in try Ticket.own(visible: visible, limit: 3, conn) }
        guard !requests.isEmpty else { return .empty }
        let t = visit.t
        return panel(title: t("helpDesk.requests.title")) {
            descriptionList(
                requests.map { request in
                    Detail(
                        term: request.shortSummary(t),
                        value: group {
                            a(HelpDeskAddresses.request(request.number)) { request.number }
                            " "
                            tag(request.stateWord(t), request.tone)
                        })
                })
            p { a(HelpDeskAddresses.requests()) { t("helpDesk.requests.all") } }
        }
    }
}
