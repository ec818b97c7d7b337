internal import Contacts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/staff/desk/clean-up/undone/{edge}`: what happened while two records were one, after that was taken back.
struct SinceMergePage: Sendable {
    private static let item = Field<String>.hidden("item")
    private static let who = Field<String>.hidden("who", isRequired: false)
    static let form = Form(item, who)
    private static let page = Field<String>.hidden("page", isRequired: false)
    static let list = Form(page)
    static let pageSize = 25

    let desk: Link

    struct Side: Sendable {
        let record: ContactID
        let shown: Contact
    }

    struct Model: Sendable {
        /// The record that stood for both, then the other.
        let sides: [Side]
        let items: [SinceMerge]
        let counts: (all: Int, rest: Int)
        let page: Int
        /// How each fact is told.
        let told: [Int64: ContactHistory.Entry]
    }

    func show(_ visit: Visit) async throws -> WebResponse {
        let found: Model? = try await visit.read { conn in
            guard let id = Int64(visit.parameter("edge")) else { return nil }
            let (size, counts) = (SinceMergePage.pageSize, try SinceMerge.counts(of: id, conn))
            let page = min(max(1, Int(visit.query("page")) ?? 1), max(1, (counts.all + size - 1) / size))
            let items = try SinceMerge.all(of: id, limit: size, offset: (page - 1) * size, conn)
            let entries = try ContactHistory(FactLog.facts(items.map(\.fact), conn), visit, conn).entries
            return Model(
                sides: try SinceMergePage.sides(of: id, conn), items: items, counts: counts, page: page,
                told: Dictionary(entries.map { ($0.fact.id, $0) }, uniquingKeysWith: { first, _ in first }))
        }
        guard let model = found, model.sides.count == 2 else { throw NotFound() }
        let t = visit.t
        let names: [String: WordArgument] = ["name": .text(model.sides[1].shown.name), "other": .text(model.sides[0].shown.name)]
        return visit.page(
            t("cleanUp.since.title"),
            crumbs: [
                Crumb(title: t("cleanUp.staffDesk"), link: desk), Crumb(title: t("cleanUp.queue"), link: CleanUpAddresses.desk()),
            ]
        ) {
            visit.submission.summary(t)
            pageHeading(t("cleanUp.since.title"), lead: t("cleanUp.since.lead", names))
            if model.items.isEmpty {
                emptyState(t("cleanUp.since.nothing"))
            } else {
                listRows(model.items.map { row($0, model, visit) }, label: t("cleanUp.since.title"))
                pages(model, visit)
                if model.counts.rest > 0 {
                    postForm(CleanUpAddresses.undone(visit.parameter("edge")), once: "\(visit.once).rest") {
                        input(.type("hidden"), .name("item"), .value("rest"))
                        submitButton(t("cleanUp.since.seenAll"), quiet: true)
                    }
                }
            }
        }
    }

    /// Of a merge that was undone: both sides as they are shown now.
    private static func sides(of edge: Int64, _ conn: Connection) throws -> [Side] {
        try conn.rows(
            """
            SELECT k.contact_id AS record, c.id, c.public_id, c.findable, \(Contact.face)
            FROM identity_edge e JOIN contact_cluster k ON k.contact_id IN (e.from_contact, e.to_contact)
                JOIN contact c ON c.id = k.survivor_id
            WHERE e.id = \(edge) AND e.until IS NOT NULL
            ORDER BY CASE WHEN k.contact_id = e.to_contact THEN 0 ELSE 1 END
            """
        ).map { Side(record: try $0["record"], shown: try Contact(row: $0)) }
    }

    private func row(_ item: SinceMerge, _ model: Model, _ visit: Visit) -> ListRow {
        let t = visit.t
        let entry = model.told[item.fact]
        let when = entry.map { t("cleanUp.history.when", visit.moment(cityTime: $0.fact.at)) } ?? ""
        return ListRow(
            title: entry?.sentence ?? HTML(t("cleanUp.history.changed")),
            subtitle: [when, entry?.actor ?? ""].filter { !$0.isEmpty }.joined(separator: " · "),
            status: status(item, t), action: item.state == .waiting ? buttons(item, model, visit) : .empty)
    }

    private func status(_ item: SinceMerge, _ t: Voice) -> HTML {
        switch item.state {
        case .waiting: tag(t("cleanUp.since.waiting"), .waiting)
        case .given: tag(t("cleanUp.since.given"), .good)
        case .dropped: tag(t("cleanUp.since.dropped"), .calm)
        case .seen: tag(t("cleanUp.since.seen"), .calm)
        }
    }

    private func buttons(_ item: SinceMerge, _ model: Model, _ visit: Visit) -> HTML {
        let t = visit.t
        func button(_ title: String, _ who: String) -> HTML {
            postForm(CleanUpAddresses.undone(visit.parameter("edge")), once: "\(visit.once).\(item.id).\(who)") {
                input(.type("hidden"), .name("item"), .value(String(item.id)))
                input(.type("hidden"), .name("who"), .value(who))
                submitButton(title, quiet: true)
            }
        }
        guard item.place != nil else { return button(t("cleanUp.since.see"), "") }
        return group {
            for side in model.sides { button(t("cleanUp.since.is", ["name": .text(side.shown.name)]), side.record.description) }
            button(t("cleanUp.since.nobody"), "nobody")
        }
    }

    private func pages(_ model: Model, _ visit: Visit) -> HTML {
        guard model.counts.all > SinceMergePage.pageSize else { return .empty }
        let t = visit.t
        let first = (model.page - 1) * SinceMergePage.pageSize + 1
        let last = first + model.items.count - 1
        func item(_ title: WordKey, _ page: Int) -> NavigationItem {
            NavigationItem(
                title: t(title),
                link: CleanUpAddresses.undone(visit.parameter("edge")).with([("page", page > 1 ? String(page) : nil)]))
        }
        return pagination(
            Pagination(
                label: t("cleanUp.since.pages"), previous: model.page > 1 ? item("cleanUp.since.previous", model.page - 1) : nil,
                next: last < model.counts.all ? item("cleanUp.since.next", model.page + 1) : nil,
                position: t(
                    "cleanUp.desk.position", ["first": .number(first), "last": .number(last), "total": .number(model.counts.all)])
            ))
    }

    /// POST
    func decide(_ visit: Visit) async throws -> WebResponse {
        let (wanted, who) = (try visit.submission[SinceMergePage.item], try visit.submission[SinceMergePage.who])
        return try await visit.change { change in
            guard let id = Int64(visit.parameter("edge")) else { throw NotFound() }
            let sides = try SinceMergePage.sides(of: id, change.conn)
            guard sides.count == 2 else { throw NotFound() }
            let here = CleanUpAddresses.undone(visit.parameter("edge"))
            if wanted == "rest" {
                let count = try SinceMerge.seeRest(of: id, change)
                return .init(here, say: Phrase("cleanUp.since.restSeen", ["count": .number(count)]))
            }
            guard let key = Int64(wanted), let item = try SinceMerge.find(key, change.conn), item.edge == id else {
                throw NotFound()
            }
            let side = sides.first { $0.record.description == who }
            guard item.place == nil || side != nil || who == "nobody" else { throw NotFound() }
            // It was put on the case as whoever stood for both; that is who it is given back to.
            let isKept = side?.record == sides[0].record
            try item.decide(for: side.map { isKept ? item.place?.contact ?? $0.record : $0.record }, change)
            return .init(here, say: Phrase("cleanUp.since.saved"))
        }
    }
}
