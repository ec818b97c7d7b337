internal import Accounts
internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// What stands in the address of a queue.
enum QueueForm {
    static let show = Field<String>.choice("show", label: "helpDesk.queue.show", isRequired: false)
    static let page = Field<String>.hidden("page", isRequired: false)
    static let form = Form(show, page)
}

/// A line of tickets: those that wait for the city, mine, those that wait for whoever asked, and what was answered.
struct QueuePage: Sendable {
    static let pageSize = 25

    struct Model: Sendable {
        let tickets: [Ticket]
        let views: [(view: QueueView, count: Int)]
        let current: QueueView
        /// From 1.
        let page: Int
        /// Who works on them, by account.
        let names: [AccountID: String]
        var total: Int { views.first { $0.view == current }?.count ?? 0 }
    }

    let queue: Ticket.Queue

    func show(_ visit: Visit) async throws -> WebResponse {
        let visible = visit.city.access.visible("ticket.view", to: visit.principal, alias: "r")
        let views = QueueView.all(for: visit.principal.signedIn)
        let current = views.first { $0.name == visit.query("show") } ?? .open
        let wanted = max(1, Int(visit.query("page")) ?? 1)
        let queue = queue
        let model = try await visit.read { conn in
            let counts = try Ticket.counts(views, in: queue, visible: visible, conn)
            let total = counts.first { $0.view == current }?.count ?? 0
            let page = min(wanted, max(1, (total + QueuePage.pageSize - 1) / QueuePage.pageSize))
            let tickets = try Ticket.list(
                current, in: queue, visible: visible, limit: QueuePage.pageSize, offset: (page - 1) * QueuePage.pageSize, conn)
            return Model(
                tickets: tickets, views: counts, current: current, page: page,
                names: try Account.names(tickets.compactMap(\.assignedTo), conn))
        }
        let t = visit.t
        return visit.page(
            t(queue.title), crumbs: [Crumb(title: t("helpDesk.desk.title"), link: HelpDeskAddresses.desk())]
        ) {
            h1 { t(queue.title) }
            view(t, visit.city.pack, visit.today, model)
        }
    }

    func view(_ t: Voice, _ pack: CityPack, _ today: CivilDate, _ model: Model) -> HTML {
        group {
            tabs(
                label: t("helpDesk.queue.show"),
                model.views.map { view, count in
                    Tab(title: t(view.title), count: count, link: link(view), isCurrent: view == model.current)
                })
            if model.tickets.isEmpty {
                emptyState(t(model.current.nothing))
            } else {
                dataTable(
                    caption: t(model.current.caption),
                    columns: [
                        TableColumn(title: t("helpDesk.queue.number")), TableColumn(title: t("helpDesk.queue.who")),
                        TableColumn(title: t("helpDesk.queue.what")), TableColumn(title: t("helpDesk.queue.since")),
                        TableColumn(title: t("helpDesk.queue.state")),
                    ], rows: model.tickets.map { row(t, pack, today, $0, model.names) })
                pages(t, model)
            }
        }
    }

    private func row(
        _ t: Voice, _ pack: CityPack, _ today: CivilDate, _ ticket: Ticket, _ names: [AccountID: String]
    ) -> TableRow {
        let due = ticket.due(pack.city)
        let isLate = ticket.state == .waiting && ticket.turn == .city && due < today
        return TableRow(cells: [
            a(HelpDeskAddresses.answer(ticket.number), .class("whole")) { ticket.number },
            group {
                ticket.asker
                if ticket.account == nil { span(.class("note")) { t("helpDesk.queue.guest") } }
            },
            group {
                ticket.shortSummary(t)
                if !ticket.partText.isEmpty { span(.class("note")) { shortened(ticket.partText, to: 140) } }
            },
            span(.class("whole")) { time(ticket.receivedOn.description) { ticket.receivedOn.short(in: t.language) } },
            group {
                isLate
                    ? tag(t("helpDesk.queue.late", ["date": .text(due.short(in: t.language))]), .attention)
                    : tag(ticket.stateWord(t), ticket.tone)
                if let name = ticket.assignedTo.flatMap({ names[$0] }) {
                    span(.class("note")) { t("helpDesk.queue.with", ["name": .text(name)]) }
                }
            },
        ])
    }

    private func link(_ view: QueueView, page: Int = 1) -> Link {
        queue.address.with([("show", view.name), ("page", page > 1 ? String(page) : nil)])
    }

    private func pages(_ t: Voice, _ model: Model) -> HTML {
        guard model.total > QueuePage.pageSize else { return .empty }
        let first = (model.page - 1) * QueuePage.pageSize + 1
        let last = first + model.tickets.count - 1
        func item(_ title: WordKey, _ page: Int) -> NavigationItem {
            NavigationItem(title: t(title), link: link(model.current, page: page))
        }
        return pagination(
            Pagination(
                label: t("helpDesk.queue.pages"),
                previous: model.page > 1 ? item("helpDesk.queue.previous", model.page - 1) : nil,
                next: last < model.total ? item("helpDesk.queue.next", model.page + 1) : nil,
                position: t(
                    "helpDesk.queue.position", ["first": .number(first), "last": .number(last), "total": .number(model.total)])))
    }
}

extension Ticket.Queue {
    var title: WordKey {
        switch self {
        case .access: "helpDesk.queue.title"
        case .questions: "helpDesk.questions.title"
        }
    }
    var address: Link {
        switch self {
        case .access: HelpDeskAddresses.queue()
        case .questions: HelpDeskAddresses.questions()
        }
    }
}

extension Ticket {
    /// How the asker is called: the name, or the address of somebody who gave none.
    var asker: String { name.isEmpty ? email.typed : name }

    /// The day by which it is answered.
    func due(_ city: City) -> CivilDate { dueOn ?? city.date(after: receivedOn, workingDays: city.responseWorkingDays) }
}
