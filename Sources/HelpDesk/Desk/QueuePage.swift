internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// What stands in the address of the queue.
enum QueueForm {
    static let show = Field<String>.choice("show", label: "helpDesk.queue.show", isRequired: false)
    static let page = Field<String>.hidden("page", isRequired: false)
    static let form = Form(show, page)
}

/// The access requests: the oldest first, or those that were answered.
enum QueuePage {
    static let pageSize = 25

    struct Model: Sendable {
        let requests: [AccessRequest]
        let isOpen: Bool
        /// From 1.
        let page: Int
        let open: Int
        let answered: Int
        var total: Int { isOpen ? open : answered }
    }

    static func show(_ visit: Visit) async throws -> WebResponse {
        let visible = visit.city.access.visible("access-request.view", to: visit.principal, alias: "r")
        let isOpen = visit.query("show") != "answered"
        let wanted = max(1, Int(visit.query("page")) ?? 1)
        let model = try await visit.read { conn in
            let open = try AccessRequest.count(open: true, visible: visible, conn)
            let answered = try AccessRequest.count(open: false, visible: visible, conn)
            let page = min(wanted, max(1, ((isOpen ? open : answered) + pageSize - 1) / pageSize))
            let requests = try AccessRequest.list(
                open: isOpen, visible: visible, limit: pageSize, offset: (page - 1) * pageSize, conn)
            return Model(requests: requests, isOpen: isOpen, page: page, open: open, answered: answered)
        }
        let t = visit.t
        return visit.page(
            t("helpDesk.queue.title"), crumbs: [Crumb(title: t("helpDesk.desk.title"), link: HelpDeskAddresses.desk())]
        ) {
            h1 { t("helpDesk.queue.title") }
            view(t, visit.city.pack.city, visit.today, model)
        }
    }

    static func view(_ t: Voice, _ city: City, _ today: CivilDate, _ model: Model) -> HTML {
        group {
            tabs(
                label: t("helpDesk.queue.show"),
                [
                    Tab(title: t("helpDesk.queue.open"), count: model.open, link: link(open: true), isCurrent: model.isOpen),
                    Tab(
                        title: t("helpDesk.queue.answered"), count: model.answered, link: link(open: false),
                        isCurrent: !model.isOpen),
                ])
            if model.requests.isEmpty {
                emptyState(model.isOpen ? t("helpDesk.queue.noneOpen") : t("helpDesk.queue.noneAnswered"))
            } else {
                dataTable(
                    caption: model.isOpen ? t("helpDesk.queue.openCaption") : t("helpDesk.queue.answeredCaption"),
                    columns: [
                        TableColumn(title: t("helpDesk.queue.number")), TableColumn(title: t("helpDesk.queue.who")),
                        TableColumn(title: t("helpDesk.queue.what")), TableColumn(title: t("helpDesk.queue.since")),
                        TableColumn(title: t("helpDesk.queue.state")),
                    ], rows: model.requests.map { row(t, city, today, $0) })
                pages(t, model)
            }
        }
    }

    private static func row(_ t: Voice, _ city: City, _ today: CivilDate, _ request: AccessRequest) -> TableRow {
        let due = city.date(after: request.receivedOn, workingDays: city.responseWorkingDays)
        let isLate = request.state == .waiting && due < today
        return TableRow(cells: [
            a(HelpDeskAddresses.answer(request.number), .class("whole")) { request.number },
            group {
                request.asker
                if request.account == nil { span(.class("note")) { t("helpDesk.queue.guest") } }
            },
            group {
                request.shortSummary(t)
                if !request.partText.isEmpty { span(.class("note")) { shortened(request.partText, to: 140) } }
            },
            span(.class("whole")) { time(request.receivedOn.description) { request.receivedOn.short(in: t.language) } },
            isLate
                ? tag(t("helpDesk.queue.late", ["date": .text(due.short(in: t.language))]), .attention)
                : tag(request.stateWord(t), request.tone),
        ])
    }

    private static func link(open: Bool, page: Int = 1) -> Link {
        HelpDeskAddresses.queue().with([("show", open ? nil : "answered"), ("page", page > 1 ? String(page) : nil)])
    }

    private static func pages(_ t: Voice, _ model: Model) -> HTML {
        guard model.total > pageSize else { return .empty }
        let first = (model.page - 1) * pageSize + 1
        let last = first + model.requests.count - 1
        return pagination(
            Pagination(
                label: t("helpDesk.queue.pages"),
                previous: model.page > 1
                    ? NavigationItem(title: t("helpDesk.queue.previous"), link: link(open: model.isOpen, page: model.page - 1))
                    : nil,
                next: last < model.total
                    ? NavigationItem(title: t("helpDesk.queue.next"), link: link(open: model.isOpen, page: model.page + 1)) : nil,
                position: t(
                    "helpDesk.queue.position", ["first": .number(first), "last": .number(last), "total": .number(model.total)])))
    }
}

extension AccessRequest {
    /// How the asker is called: the name, or the address of somebody who gave none.
    var asker: String { name.isEmpty ? email.typed : name }
}
