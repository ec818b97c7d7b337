internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// "Your searches": those kept under a name, and the last ones made in this browser.
enum SearchesPage {
    static let routes: [Route] = [.get(PublicRecordAddresses.searches, .account, show)]

    /// The parameter that names a search that was just removed, so that it can be put back.
    static let removed = "removed"

    static func show(_ visit: Visit) async throws -> WebResponse {
        guard let account = visit.principal.account, let recent = RecentSearches(visit) else { throw NotFound() }
        let gone = PublicID(visit.query(removed))
        let (saved, last) = try await visit.read { conn in
            (try SavedSearch.all(of: account, conn), try gone.flatMap { try SavedSearch.find($0, of: account, conn) })
        }
        let t = visit.t
        return visit.page(t("publicRecord.saved.title"), crumbs: visit.principal.account == nil ? [] : [myAccountCrumb(t)]) {
            visit.submission.summary(t)
            h1 { t("publicRecord.saved.title") }
            if let last, !saved.contains(where: { $0.parameters == last.parameters }) { undo(last, visit) }
            if !visit.submission.isValid { SaveSearch.view(visit.submission, visit) }
            h2 { t("publicRecord.saved.saved") }
            if saved.isEmpty {
                emptyState(
                    t("publicRecord.saved.none"),
                    action: a(PublicRecordAddresses.search()) { t("publicRecord.search.title") })
            } else {
                listRows(saved.map { row($0, visit) })
            }
            h2 { t("publicRecord.saved.recent") }
            if recent.parameters.isEmpty {
                p(.class("soft")) { t("publicRecord.saved.noRecent") }
            } else {
                SearchShelf.list(recent.parameters.map { (visit.described($0), $0) })
                postForm(PublicRecordAddresses.forgetSearches(), once: visit.once) {
                    submitButton(t("publicRecord.saved.forget"), quiet: true)
                }
            }
            p(.class("note")) { t("publicRecord.saved.privacy") }
        }
    }

    private static func row(_ search: SavedSearch, _ visit: Visit) -> ListRow {
        let described = visit.described(search.parameters)
        return ListRow(
            title: a(PublicRecordAddresses.search(at: search.parameters)) { search.title },
            subtitle: described == search.title ? "" : described,
            action: postForm(PublicRecordAddresses.removeSearch(search.id.description), once: "\(visit.once)\(search.id)") {
                submitButton(
                    visit.t("publicRecord.saved.remove"), quiet: true,
                    accessibleName: visit.t("publicRecord.saved.removeNamed", ["title": .text(search.title)]))
            })
    }

    private static func undo(_ search: SavedSearch, _ visit: Visit) -> HTML {
        group {
            notice(
                Notice(kind: .success, title: visit.t("publicRecord.saved.removed", ["title": .text(search.title)])))
            postForm(PublicRecordAddresses.restoreSearch(search.id.description), once: "\(visit.once)u") {
                submitButton(visit.t("publicRecord.saved.restore"), quiet: true)
            }
        }
    }

    /// The way here from "My account".
    static let accountPanel = AccountPanel(order: 60) { visit in
        panel(title: visit.t("publicRecord.saved.title")) {
            p { a(PublicRecordAddresses.searches()) { visit.t("publicRecord.saved.all") } }
        }
    }
}

/// What the city keeps of it (A7).
extension SavedSearch {
    static let records = AccountRecords("saved_searches", order: 65, title: "publicRecord.saved.saved") { account, visit, conn in
        let all = try SavedSearch.all(of: account, conn)
        return .init(
            view: all.isEmpty
                ? p(.class("soft")) { visit.t("publicRecord.saved.noneKept") }
                : SearchShelf.list(all.map { ($0.title, $0.parameters) }),
            json: .array(all.map { ["title": .string($0.title), "search": .string($0.parameters)] }))
    }
}
