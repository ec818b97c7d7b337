internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// All my cases, or one bucket of them, in pages that can be shared and come back to.
enum CaseListPage {
    static let rowsPerPage = 25

    struct Model: Sendable {
        let bucket: DashboardBucket?
        let page: Int
        let cases: [CaseSummary]
        let count: Int
    }

    static func show(_ visit: Visit, _ feature: CasesFeature) async throws -> WebResponse {
        guard let mine = MyCases(visit) else { throw NotFound() }
        let bucket = DashboardBucket(rawValue: visit.query("bucket"))
        let page = max(1, min(Int(visit.query("page")) ?? 1, 100_000))
        let model = try await visit.read { conn in
            let listed = try mine.page(bucket, limit: rowsPerPage, offset: (page - 1) * rowsPerPage, conn)
            let cases = try CaseSummary.find(listed.ids, for: .party, visit.city, conn)
            return Model(bucket: bucket, page: page, cases: cases, count: listed.count)
        }
        let t = visit.t
        let title = title(bucket, t)
        return visit.page(title, crumbs: [Crumb(title: t("cases.dashboard.title"), link: CaseAddresses.dashboard())]) {
            view(model, title, visit, feature)
        }
    }

    private static func title(_ bucket: DashboardBucket?, _ t: Voice) -> String {
        bucket.map { DashboardPage.title($0, t) } ?? t("cases.list.title")
    }

    private static func view(_ model: Model, _ title: String, _ visit: Visit, _ feature: CasesFeature) -> HTML {
        let t = visit.t
        let reasons = visit.city.caseFeatures.flatMap(\.attentionReasons)
        return group {
            pageHeading(title, lead: t("cases.count", ["count": .number(model.count)]))
            tabs(label: t("cases.list.filter"), bucketTabs(model.bucket, t))
            if model.cases.isEmpty {
                emptyState(
                    model.bucket.map { DashboardPage.emptyWords($0, t) } ?? t("cases.list.empty"),
                    action: linkButton(t("cases.dashboard.welcomeAsk"), feature.accessRequest, quiet: true))
            } else {
                listRows(model.cases.map { caseRow($0, t, reasons: reasons) })
            }
            if model.count > rowsPerPage { pages(model, t) }
        }
    }

    private static func bucketTabs(_ current: DashboardBucket?, _ t: Voice) -> [Tab] {
        [Tab(title: t("cases.list.all"), link: CaseAddresses.list(), isCurrent: current == nil)]
            + DashboardBucket.allCases.map { bucket in
                Tab(
                    title: DashboardPage.title(bucket, t), link: CaseAddresses.list().with([("bucket", bucket.rawValue)]),
                    isCurrent: bucket == current)
            }
    }

    private static func pages(_ model: Model, _ t: Voice) -> HTML {
        func link(_ page: Int) -> Link {
            CaseAddresses.list().with([("bucket", model.bucket?.rawValue), ("page", page == 1 ? nil : String(page))])
        }
        let first = (model.page - 1) * rowsPerPage + 1
        let last = min(model.page * rowsPerPage, model.count)
        let position = t(
            "cases.list.position", ["first": .number(min(first, last)), "last": .number(last), "total": .number(model.count)])
        return pagination(
            Pagination(
                label: t("cases.list.pages"),
                previous: model.page > 1 ? NavigationItem(title: t("cases.list.previous"), link: link(model.page - 1)) : nil,
                next: last < model.count ? NavigationItem(title: t("cases.list.next"), link: link(model.page + 1)) : nil,
                position: position))
    }
}
