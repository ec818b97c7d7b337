internal import Accounts
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// A person's own requests with their answers.
enum RequestsPage {
    static func show(_ visit: Visit) async throws -> WebResponse {
        let visible = visit.city.access.visible("access-request.own", to: visit.principal, alias: "r")
        let requests = try await visit.read { conn in try Ticket.own(visible: visible, limit: 100, conn) }
        let t = visit.t
        return visit.page(t("helpDesk.requests.title"), crumbs: [myAccountCrumb(t)]) {
            h1 { t("helpDesk.requests.title") }
            view(t, requests)
        }
    }

    static func view(_ t: Voice, _ requests: [Ticket]) -> HTML {
        let ask = linkButton(t("helpDesk.ask.title"), HelpDeskAddresses.accessRequest(), quiet: !requests.isEmpty)
        guard !requests.isEmpty else { return emptyState(t("helpDesk.requests.empty"), action: ask) }
        return group {
            listRows(
                requests.map { request in
                    ListRow(
                        title: a(HelpDeskAddresses.request(request.number)) { request.number }, subtitle: request.shortSummary(t),
                        status: tag(request.stateWord(t), request.tone),
                        note: t("helpDesk.requests.sent", ["date": .date(request.receivedOn)]))
                }, label: t("helpDesk.requests.title"))
            p { ask }
        }
    }
}
