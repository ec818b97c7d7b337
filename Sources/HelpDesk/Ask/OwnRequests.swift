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
        let requests = try Ticket.own(visible: visible, limit: 1000, conn)
        let rows = requests.map { request in
            ListRow(
                title: group {
                    a(HelpDeskAddresses.request(request.number)) { request.number }
                    " "
                    request.shortSummary(t)
                },
                subtitle: request.receivedOn.long(in: t.language), status: tag(request.stateWord(t), request.tone))
        }
        let said = try TicketMessage.said(on: requests.map(\.id), conn)
        return .init(
            view: rows.isEmpty
                ? p(.class("soft")) { t("helpDesk.requests.recordsNone") } : listRows(rows, label: t("helpDesk.requests.title")),
            json: .array(requests.map { json($0, said[$0.id] ?? []) }))
    }

    private static func json(_ request: Ticket, _ messages: [TicketMessage]) -> JSON {
        let said: [JSON] = messages.map { message in
            [
                "author": .string(message.author.rawValue), "text": .string(message.text),
                "at": .string(message.writtenAt.description),
            ]
        }
        return [
            "number": .string(request.number), "kind": .string(request.kind.rawValue), "topic": .string(request.topic),
            "about": .string(request.caseText), "part": .string(request.partText), "email": .string(request.email.typed),
            "wish": .object(request.wish.mapValues(JSON.string)), "name": .string(request.name), "phone": .string(request.phone),
            "received_on": .string(request.receivedOn.description), "state": .string(request.state.rawValue),
            "answer": .string(request.answer), "answered_on": request.answeredOn.map { .string($0.description) } ?? .null,
            "messages": .array(said),
        ]
    }
}
