internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/staff/desk/clean-up`: likely duplicates, the likeliest first (B10).
struct PairListPage: Sendable {
    private static let show = Field<String>.choice("show", label: "cleanUp.desk.show", isRequired: false)
    private static let page = Field<String>.hidden("page", isRequired: false)
    private static let form = Form(show, page)
    static let pageSize = 25

    let desk: Link

    var routes: [Route] { [.get(CleanUpAddresses.desk, .staff("contact.merge"), form: PairListPage.form, show)] }

    private struct Model: Sendable {
        let tab: PairTab
        let counts: [PairTab: Int]
        let pairs: [ContactPair]
        let page: Int
        let model: StoredModel?
        let other: OtherWork
        var total: Int { counts[tab] ?? 0 }
    }

    static func link(_ tab: PairTab, page: Int = 1) -> Link {
        CleanUpAddresses.desk().with([
            ("show", tab == .same ? nil : tab.rawValue), ("page", page > 1 ? String(page) : nil),
        ])
    }

    static func crumbs(_ desk: Link, _ t: Voice) -> [Crumb] {
        [
            Crumb(title: t("cleanUp.desk.staffDesk"), link: desk),
            Crumb(title: t("cleanUp.desk.title"), link: CleanUpAddresses.desk()),
        ]
    }

    private func show(_ visit: Visit) async throws -> WebResponse {
        let tab = PairTab(rawValue: visit.query("show")) ?? .same
        let wanted = max(1, Int(visit.query("page")) ?? 1)
        let model = try await visit.read { conn in
            let counts = try PairTab.counts(conn)
            let size = PairListPage.pageSize
            let page = min(wanted, max(1, ((counts[tab] ?? 0) + size - 1) / size))
            return Model(
                tab: tab, counts: counts,
                pairs: try conn.rows(tab.list(limit: size, offset: (page - 1) * size)).map(ContactPair.init),
                page: page, model: try StoredModel.last(conn), other: try OtherWork.waiting(conn))
        }
        let t = visit.t
        return visit.page(
            t("cleanUp.desk.title"), crumbs: [Crumb(title: t("cleanUp.desk.staffDesk"), link: desk)], scripts: ["desk.js"]
        ) {
            pageHeading(t("cleanUp.desk.title"), lead: t("cleanUp.desk.lead"))
            model.other.view(t)
            tabs(
                label: t("cleanUp.desk.show"),
                PairTab.allCases.map { one in
                    Tab(title: t(one.title), count: model.counts[one] ?? 0, link: PairListPage.link(one), isCurrent: one == tab)
                })
            content(model, t, visit)
        }
    }

    @HTMLBuilder
    private func content(_ model: Model, _ t: Voice, _ visit: Visit) -> HTML {
        if let expected = BandWords(t).expected(model.tab, model.model, visit) { p(.class("soft")) { expected } }
        if model.pairs.isEmpty {
            emptyState(t(model.tab.empty))
        } else {
            if model.tab == .same {
                p { linkButton(t("cleanUp.desk.batch"), DeskAddresses.batch(), quiet: true) }
            }
            table(model, t)
            pages(model, t)
            keySwitch(t, t("cleanUp.desk.keysList"))
        }
    }

    private func table(_ model: Model, _ t: Voice) -> HTML {
        let words = PairWords(t)
        return dataTable(
            caption: t(model.tab.title), captionHidden: true,
            columns: [
                TableColumn(title: t("cleanUp.desk.records")), TableColumn(title: t("cleanUp.desk.what")),
                TableColumn(title: t("cleanUp.desk.score"), isNumber: true), TableColumn(title: t("cleanUp.desk.state")),
            ],
            rows: model.pairs.map { pair in
                TableRow(cells: [
                    group {
                        a(DeskAddresses.pair(pair), .data("item", "")) { PairListPage.title(pair, t) }
                        span(.class("note")) { PairListPage.numbers(pair, t) }
                    },
                    HTML(words.differences(pair.weights)), HTML(PairWords.points(pair.tenths)),
                    BandWords(t).state(pair),
                ])
            })
    }

    static func title(_ pair: ContactPair, _ t: Voice) -> String {
        t("cleanUp.desk.both", ["name": .text(pair.names.a), "other": .text(pair.names.b)])
    }

    /// Two of one name are told apart by their numbers.
    static func numbers(_ pair: ContactPair, _ t: Voice) -> String {
        t("cleanUp.desk.numbers", ["a": .text(pair.key.a.description), "b": .text(pair.key.b.description)])
    }

    private func pages(_ model: Model, _ t: Voice) -> HTML {
        guard model.total > PairListPage.pageSize else { return .empty }
        let first = (model.page - 1) * PairListPage.pageSize + 1
        let last = first + model.pairs.count - 1
        func item(_ title: WordKey, _ page: Int) -> NavigationItem {
            NavigationItem(title: t(title), link: PairListPage.link(model.tab, page: page))
        }
        return pagination(
            Pagination(
                label: t("cleanUp.desk.pages"), previous: model.page > 1 ? item("cleanUp.desk.previous", model.page - 1) : nil,
                next: last < model.total ? item("cleanUp.desk.next", model.page + 1) : nil,
                position: t(
                    "cleanUp.desk.position", ["first": .number(first), "last": .number(last), "total": .number(model.total)])))
    }
}

/// What `desk.js` needs: a switch for its keys, which nobody sees where no script runs. Every key presses a button or follows a link
/// that stands on the page.
func keySwitch(_ t: Voice, _ keys: String) -> HTML {
    div(.id("keys"), .hidden(true), .class("actions")) {
        button(.type("button"), .class("button quiet"), .data("on", t("cleanUp.desk.keysOn"))) { t("cleanUp.desk.keysOff") }
        span(.class("soft")) { keys }
    }
}
