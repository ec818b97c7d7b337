internal import Accounts
internal import Cases
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// "Cases you follow": what happened last with each, newest first.
enum FollowingPage {
    /// The parameter that names one that was just stopped, so that it can be followed again.
    private static let stopped = "stopped"

    private struct Line: Sendable {
        let follow: Follow
        let summary: CaseSummary
        let news: CaseNews?
    }

    static func routes(search: Link) -> [Route] {
        [
            .get(FollowingAddresses.list, .account) { try await show($0, search: search) },
            .post(FollowingAddresses.stop, .account) { visit in
                try await change(visit) { writer, follow in
                    try writer.end(follow.caseID)
                    return .init(FollowingAddresses.list().with([(stopped, follow.id.description)]))
                }
            },
            .post(FollowingAddresses.again, .account) { visit in
                try await change(visit) { writer, follow in
                    try writer.begin(follow.caseID)
                    return .init(
                        FollowingAddresses.list(), say: Phrase("following.followed", ["number": .text(follow.number)]))
                }
            },
        ]
    }

    private static func change(
        _ visit: Visit, _ what: @escaping @Sendable (FollowWriter, Follow) throws -> Visit.Outcome
    ) async throws -> WebResponse {
        guard let account = visit.principal.account, let id = PublicID(visit.parameter("id")) else { throw NotFound() }
        return try await visit.change { change in
            guard let follow = try Follow.find(id, of: account, change.city, change.conn) else { throw NotFound() }
            try change.countFollowing(account)
            return try what(FollowWriter(change, for: account), follow)
        }
    }

    private static func show(_ visit: Visit, search: Link) async throws -> WebResponse {
        guard let account = visit.principal.account else { throw NotFound() }
        let (lines, last) = try await visit.read { conn in
            (try FollowingPage.lines(of: account, visit, conn), try FollowingPage.last(of: account, visit, conn))
        }
        let t = visit.t
        return visit.page(t("following.list.title"), crumbs: [myAccountCrumb(t)]) {
            pageHeading(t("following.list.title"), lead: t("following.list.lead"))
            if let last, !lines.contains(where: { $0.follow.caseID == last.caseID }) { undo(last, visit) }
            if lines.isEmpty {
                emptyState(t("following.list.empty"), action: linkButton(t("following.find"), search))
            } else {
                listRows(lines.map { row($0, visit) }, label: t("following.list.title"))
            }
            ul {
                li { a(AccountAddresses.mailChoices()) { t("following.list.mail") } }
                li { a(FollowingAddresses.collections()) { t("following.collections.title") } }
            }
            p(.class("note")) { t("following.list.privacy") }
        }
    }

    private static func lines(of account: AccountID, _ visit: Visit, _ conn: Connection) throws -> [Line] {
        let follows = try Follow.all(of: account, visit.city, conn)
        let summaries = try CaseSummary.find(follows.map(\.caseID), for: .public, visit.city, conn)
        let news = try CaseNews.newest(of: summaries, visit.city, visit.t, conn)
        let byCase = Dictionary(follows.map { ($0.caseID, $0) }, uniquingKeysWith: { first, _ in first })
        return summaries.compactMap { summary in
            byCase[summary.id].map { Line(follow: $0, summary: summary, news: news[summary.id]) }
        }.sorted { one, other in
            let (here, there) = (one.news?.at ?? Instant(seconds: 0), other.news?.at ?? Instant(seconds: 0))
            return here == there ? one.follow.since > other.follow.since : here > there
        }
    }

    private static func last(of account: AccountID, _ visit: Visit, _ conn: Connection) throws -> Follow? {
        guard let id = PublicID(visit.query(stopped)) else { return nil }
        return try Follow.find(id, of: account, visit.city, conn)
    }

    private static func row(_ line: Line, _ visit: Visit) -> ListRow {
        let t = visit.t
        let row = caseRow(line.summary, t)
        let news = line.news.map {
            t("following.list.news", ["date": .date($0.day), "what": .text($0.sentence)])
        }
        return ListRow(
            title: row.title, subtitle: row.subtitle, status: row.status, note: news ?? "",
            action: postForm(
                FollowingAddresses.stop(line.follow.id.description), once: "\(visit.once)\(line.follow.id)"
            ) {
                submitButton(
                    t("following.stop"), quiet: true,
                    accessibleName: t("following.stopNamed", ["number": .text(line.summary.number)]))
            })
    }

    private static func undo(_ follow: Follow, _ visit: Visit) -> HTML {
        group {
            notice(
                Notice(
                    kind: .success, title: visit.t("following.stopped", ["number": .text(follow.number)])))
            postForm(FollowingAddresses.again(follow.id.description), once: "\(visit.once)u") {
                submitButton(visit.t("following.again"), quiet: true)
            }
        }
    }
}
