internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// "My cases": what needs me, what the city works on, what is active, what happened lately, what I have begun (D4).
enum DashboardPage {
    static let rowsPerBucket = 10

    struct Model: Sendable {
        struct Section: Sendable {
            let bucket: DashboardBucket
            let cases: [CaseSummary]
            let count: Int
        }
        let sections: [Section]
        let hasCases: Bool
        let cards: HTML
    }

    static func show(_ visit: Visit, _ feature: CasesFeature) async throws -> WebResponse {
        guard let mine = MyCases(visit) else { throw NotFound() }
        let model = try await visit.read { conn in try load(mine, visit, conn) }
        let t = visit.t
        return visit.page(t("cases.dashboard.title")) { view(model, visit, feature) }
    }

    private static func load(_ mine: MyCases, _ visit: Visit, _ conn: Connection) throws -> Model {
        let buckets = try mine.buckets(limit: rowsPerBucket, conn)
        let ids = Set(buckets.values.flatMap(\.ids))
        let summaries = try CaseSummary.find(ids.sorted(), for: .party, visit.city, conn)
        let byID = Dictionary(summaries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let sections = DashboardBucket.allCases.map { bucket in
            Model.Section(
                bucket: bucket, cases: (buckets[bucket]?.ids ?? []).compactMap { byID[$0] }, count: buckets[bucket]?.count ?? 0)
        }
        let hasCases = try !ids.isEmpty || mine.page(nil, limit: 1, offset: 0, conn).count > 0
        let cards = try visit.city.caseFeatures.flatMap(\.dashboardCards).sorted { $0.order < $1.order }
            .compactMap { try $0.content(visit, conn) }
        return Model(sections: sections, hasCases: hasCases, cards: cards.reduce(into: .empty) { $0 += $1 })
    }

    // MARK: View

    private static func view(_ model: Model, _ visit: Visit, _ feature: CasesFeature) -> HTML {
        let t = visit.t
        return group {
            pageHeading(t("cases.dashboard.title"), lead: signedInAs(visit))
            columns(
                main: group {
                    if !model.hasCases { welcome(feature, t) }
                    for section in model.sections { sectionView(section, model, visit) }
                    if model.hasCases { p { a(CaseAddresses.list()) { t("cases.dashboard.all") } } }
                },
                aside: group {
                    model.cards
                    missing(visit, feature)
                })
        }
    }

    private static func signedInAs(_ visit: Visit) -> String {
        let name = visit.identity.name
        guard let organization = visit.identity.organization else {
            return visit.t("cases.dashboard.signedIn", ["name": .text(name)])
        }
        return visit.t("cases.dashboard.signedInFor", ["name": .text(name), "organization": .text(organization)])
    }

    private static func sectionView(_ section: Model.Section, _ model: Model, _ visit: Visit) -> HTML {
        let t = visit.t
        return group {
            countedHeading(
                title(section.bucket, t), count: section.count == 0 ? "" : t("cases.count", ["count": .number(section.count)]))
            if section.cases.isEmpty {
                p(.class("soft")) { emptyWords(section.bucket, t) }
            } else {
                rows(section, model, visit)
                if section.count > section.cases.count {
                    p {
                        a(CaseAddresses.list().with([("bucket", section.bucket.rawValue)])) {
                            showAll(section.bucket, section.count, t)
                        }
                    }
                }
            }
        }
    }

    /// What happened lately is mostly told above already: a line for each.
    private static func rows(_ section: Model.Section, _ model: Model, _ visit: Visit) -> HTML {
        let t = visit.t
        guard section.bucket == .recent else {
            let reasons = visit.city.caseFeatures.flatMap(\.attentionReasons)
            return listRows(section.cases.map { caseRow($0, t, reasons: reasons) })
        }
        let others = Set(model.sections.filter { $0.bucket != .recent }.flatMap(\.cases).map(\.id))
        return listRows(
            section.cases.map { compactCaseRow($0, t, showsPlace: !others.contains($0.id)) }, isCompact: true)
    }

    private static func welcome(_ feature: CasesFeature, _ t: Voice) -> HTML {
        emptyState(
            t("cases.dashboard.welcome"),
            action: actions {
                if let search = feature.search { linkButton(t("cases.dashboard.welcomeSearch"), search) }
                linkButton(t("cases.dashboard.welcomeAsk"), feature.accessRequest, quiet: true)
            })
    }

    /// Why cases may be missing, and every way to get at them (C3, C4).
    private static func missing(_ visit: Visit, _ feature: CasesFeature) -> HTML {
        let t = visit.t
        let city = visit.city.pack.city
        return panel(title: t("cases.dashboard.missingTitle")) {
            p { t("cases.dashboard.missingText", ["date": .date(city.cutOver)]) }
            for way in visit.city.waysBeforeAsking { p { a(way.link("")) { t(way.title) } } }
            p { linkButton(t("cases.dashboard.missing"), feature.accessRequest, quiet: true) }
            p {
                t("cases.dashboard.phone")
                " "
                a(Link.telephone(city.inspectionLine)) { city.inspectionLine }
                "."
            }
        }
    }

    static func title(_ bucket: DashboardBucket, _ t: Voice) -> String {
        switch bucket {
        case .attention: t("cases.bucket.attention")
        case .pending: t("cases.bucket.pending")
        case .active: t("cases.bucket.active")
        case .recent: t("cases.bucket.recent")
        case .drafts: t("cases.bucket.drafts")
        }
    }

    static func emptyWords(_ bucket: DashboardBucket, _ t: Voice) -> String {
        switch bucket {
        case .attention: t("cases.empty.attention")
        case .pending: t("cases.empty.pending")
        case .active: t("cases.empty.active")
        case .recent: t("cases.empty.recent", ["count": .number(MyCases.recentDays)])
        case .drafts: t("cases.empty.drafts")
        }
    }

    private static func showAll(_ bucket: DashboardBucket, _ count: Int, _ t: Voice) -> String {
        switch bucket {
        case .attention: t("cases.showAll.attention", ["count": .number(count)])
        case .pending: t("cases.showAll.pending", ["count": .number(count)])
        case .active: t("cases.showAll.active", ["count": .number(count)])
        case .recent: t("cases.showAll.recent", ["count": .number(count)])
        case .drafts: t("cases.showAll.drafts", ["count": .number(count)])
        }
    }
}
