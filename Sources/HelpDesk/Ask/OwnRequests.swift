internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives

/// What somebody asked the help desk, on "What the city holds on me" (A7).
enum OwnRequests {
    static let all = [AccountRecords("requests", order: 70, title: "helpDesk.requests.title", load: load)]

    private static func load(_ id: AccountID, _ visit: Visit, _ conn: Connection) throws -> AccountRecords.Part {
        let t = visit.t
        let visible = visit.city.access.visible("access-request.own", to: visit.principal, alias: "r")
        let requests = try AccessRequest.own(visible: visible, limit: 1000, conn)
        let rows = requests.map { request in
            ListRow(
                title: group {
                    a(HelpDeskAddresses.request(request.number)) { request.number }
                    " "
                    request.shortSummary(t)
                },
                subtitle: request.receivedOn.long(in: t.language), status: tag(request.stateWord(t), request.tone))
        }
        return .init(
            view: rows.isEmpty
                ? p(.class("soft")) { t("helpDesk.requests.recordsNone") } : listRows(rows, label: t("helpDesk.requests.title")),
            json: .array(
                requests.map {
                    [
                        "number": .string($0.number), "kind": .string($0.kind.rawValue), "about": .string($0.caseText),
                        "part": .string($0.partText), "email": .string($0.email.typed), "name": .string($0.name),
                        "phone": .string($0.phone), "received_on": .string($0.receivedOn.description),
                        "state": .string($0.state.rawValue), "answer": .string($0.answer),
                        "answered_on": $0.answeredOn.map { .string($0.description) } ?? .null,
                    ]
                }))
    }
}
