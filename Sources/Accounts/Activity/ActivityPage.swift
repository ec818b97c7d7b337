internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// What happened with my account, in sentences; beside whatever guards it, "This wasn't me" (A7).
enum ActivityPage {
    private static let most = 200

    static let routes: [Route] = [.get(AccountAddresses.activity, .account, show)] + NotMe.routes

    struct Entry: Sendable {
        let fact: Fact
        let sentence: String

        func when(_ visit: Visit) -> String { visit.t("accounts.activity.when", visit.moment(cityTime: fact.at)) }
        var guardsAccount: Bool { ActivityPage.guarding.contains(fact.kind) }
        /// Staff helped, or looked whether they could.
        var isHelp: Bool { ActivityPage.help.contains(fact.kind) }
    }

    /// What somebody else could have done who knows the password.
    private static let guarding: Set<FactKind> = [
        .signedIn, .passwordChanged, .emailProven, .emailRemoved, .primaryEmailChanged, .detailsChanged, .sessionsEnded,
        .factorAdded, .factorRemoved, .recoveryCodeUsed, .accountHelped,
    ]
    private static let help: Set<FactKind> = [.accountLookedUp, .accountHelped, .secondStepKept, .signInDelayed]

    /// - Parameter reader: the owner, or staff who help.
    static func entries(
        of id: AccountID, limit: Int, for reader: Visibility = .party, _ visit: Visit, _ conn: Connection
    ) throws -> [Entry] {
        try FactLog.timeline(of: .account(id), limit: limit, conn).compactMap { fact in
            visit.city.sentence(of: fact, for: reader, visit.t).map { Entry(fact: fact, sentence: $0) }
        }
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        let entries = try await visit.read { conn in try Self.entries(of: id, limit: most, visit, conn) }
        let t = visit.t
        return visit.page(t("accounts.activity.title"), crumbs: [myAccountCrumb(t)]) {
            h1 { t("accounts.activity.title") }
            p { t("accounts.activity.lead") }
            listRows(entries.map { row($0, visit) }, label: t("accounts.activity.title"))
            if entries.count >= most { p(.class("soft")) { t("accounts.activity.more", ["count": .number(most)]) } }
        }
    }

    private static func row(_ entry: Entry, _ visit: Visit) -> ListRow {
        let when = entry.when(visit)
        return ListRow(
            title: HTML(entry.sentence), subtitle: when,
            action: entry.guardsAccount
                ? a(
                    AccountAddresses.notMe().with([("entry", String(entry.fact.id))]),
                    .aria("label", "\(visit.t("accounts.notMe.link")): \(entry.sentence) \(when)")
                ) { visit.t("accounts.notMe.link") } : .empty)
    }
}
