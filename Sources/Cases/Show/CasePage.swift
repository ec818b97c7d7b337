internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// What every page of a case has: the number, its status, the tabs, and the same answer for what is unknown and what is not for
/// this visitor.
enum CasePage {
    struct Head: Sendable {
        let seen: SeenCase
        let tabs: [(tab: CaseTab, count: Int?)]
    }

    static func head(_ visit: Visit, _ conn: Connection) throws -> Head {
        try head(of: SeenCase.find(number: visit.parameter("number"), visit, conn), visit, conn)
    }

    static func head(of seen: SeenCase, _ visit: Visit, _ conn: Connection) throws -> Head {
        let tabs = try visit.city.caseFeatures.flatMap(\.caseTabs).filter {
            try $0.visibility <= seen.audience && ($0.right.map { try seen.may($0, conn) } ?? true)
        }.sorted { $0.order < $1.order }
        // Each column is named by the tab's place in the list.
        let counts = tabs.enumerated().compactMap { index, tab in
            tab.count(seen).map { count -> SQL in "(\(count)) AS count_\(raw: String(index))" }
        }
        let row = try counts.isEmpty ? nil : conn.row("SELECT \(counts.joined(separator: ", "))")
        return Head(
            seen: seen,
            tabs: try tabs.enumerated().map { index, tab in
                (tab: tab, count: tab.count(seen) == nil ? nil : try row?["count_\(index)"] as Int?)
            })
    }

    /// The page of one tab. A number in another case of letters leads to the right address.
    static func show<Model: Sendable>(
        _ visit: Visit, at address: Address<String>, tab: WordKey,
        load: @escaping @Sendable (SeenCase, Connection) throws -> Model, view: (Head, Model) -> HTML
    ) async throws -> WebResponse {
        let (head, model): (Head, Model) = try await visit.read { conn in
            let head = try CasePage.head(visit, conn)
            return (head, try load(head.seen, conn))
        }
        if let elsewhere = canonical(visit, head.seen, address) { return elsewhere }
        await head.seen.note(in: visit)
        return frame(visit, head, current: tab) { view(head, model) }
    }

    /// Where the page really stands, when it was asked for with other letters.
    static func canonical(_ visit: Visit, _ seen: SeenCase, _ address: Address<String>) -> WebResponse? {
        guard visit.request.method == .get, visit.parameter("number") != seen.number else { return nil }
        return .redirect(address(seen.number).with(visit.request.query.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
    }

    /// - Parameter above: stands before the heading, where it goes with a notice of what was just done.
    static func frame(
        _ visit: Visit, _ head: Head, current: WordKey, above: HTML = .empty, @HTMLBuilder content: () -> HTML
    ) -> WebResponse {
        let t = visit.t
        let seen = head.seen
        let isSummary = current == "cases.tab.summary"
        let body = content()
        return visit.page(
            isSummary ? seen.number : "\(t(current)) · \(seen.number)", crumbs: crumbs(visit, seen),
            isIndexed: seen.audience == .public
        ) {
            above
            visit.submission.summary(t)
            pageHeading(seen.number, lead: lead(head, t), status: status(seen, t))
            tabs(
                label: t("cases.tab.navigation"),
                head.tabs.map { item in
                    Tab(
                        title: t(item.tab.title), count: item.count, link: item.tab.link(seen.number),
                        isCurrent: item.tab.title == current)
                })
            body
        }
    }

    /// Where a visitor came from: the list that has the case for them.
    private static func crumbs(_ visit: Visit, _ seen: SeenCase) -> [Crumb] {
        let t = visit.t
        switch seen.audience {
        case .public:
            let search = visit.city.caseFeatures.compactMap { ($0 as? CasesFeature)?.search }.first
            return search.map { [Crumb(title: t("cases.dashboard.welcomeSearch"), link: $0)] } ?? []
        case .party: return [Crumb(title: t("cases.dashboard.title"), link: CaseAddresses.dashboard())]
        case .staff, .secret: return [Crumb(title: t("cases.desk"), link: CaseAddresses.desk())]
        }
    }

    private static func status(_ seen: SeenCase, _ t: Voice) -> HTML {
        if seen.record.isDraft { return draftTag(t) }
        let status = seen.shows("status") ? statusTag(seen.status, key: seen.record.status, t) : .empty
        guard seen.audience == .staff, seen.record.isConfidential else { return status }
        return actions {
            status
            tag(t("cases.confidential"), .calm)
        }
    }

    /// "Electrical Permit · Panel upgrade · 1195 Bear Mountain Dr, Boulder, CO 80305"
    private static func lead(_ head: Head, _ t: Voice) -> String {
        let seen = head.seen
        let type = seen.shows("type") ? seen.type.map { t($0.name) } ?? seen.record.type : ""
        let description = seen.record.description.seen(by: seen.audience) ?? ""
        let short = description.count > 90 ? description.prefix(90).trimmingEnd() + "…" : description
        let plain = short.hasSuffix(".") ? String(short.dropLast()) : short
        return [type, plain, seen.address ?? ""].filter { !$0.isEmpty }.joined(separator: "\u{00A0}· ")
    }
}

extension Substring {
    fileprivate func trimmingEnd() -> String {
        var text = self
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return String(text)
    }
}
