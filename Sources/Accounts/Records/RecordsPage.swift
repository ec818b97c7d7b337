internal import Core
internal import HTML
internal import Primitives
internal import Web

/// "What the city holds on me", to read part by part and to download whole (A7). Every module with something on people adds its part.
enum RecordsPage {
    static let routes: [Route] = [
        .get(AccountAddresses.records, .account, contents),
        .get(AccountAddresses.recordsPart, .account, show),
        .get(AccountAddresses.recordsJSON, .account, download),
    ]

    private static func parts(_ visit: Visit) -> [AccountRecords] {
        visit.city.features.compactMap { $0 as? any AccountFeature }.flatMap(\.accountRecords).sorted { $0.order < $1.order }
    }

    private static func contents(_ visit: Visit) -> WebResponse {
        let t = visit.t
        return visit.page(t("accounts.records.title"), crumbs: [myAccountCrumb(t)]) {
            h1 { t("accounts.records.title") }
            p { t("accounts.records.lead") }
            p { linkButton(t("accounts.records.download"), AccountAddresses.recordsJSON(), quiet: true) }
            listRows(
                parts(visit).map { part in ListRow(title: a(AccountAddresses.recordsPart(part.name)) { t(part.title) }) },
                label: t("accounts.records.title"), isCompact: true)
        }
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let (parts, name) = (parts(visit), visit.parameter("part"))
        guard let id = visit.principal.account, let place = parts.firstIndex(where: { $0.name == name }) else { throw NotFound() }
        let part = parts[place]
        let loaded = try await visit.read { conn in try part.load(id, visit, conn) }
        let t = visit.t
        let contents = Crumb(title: t("accounts.records.title"), link: AccountAddresses.records())
        return visit.page(t(part.title), crumbs: [myAccountCrumb(t), contents]) {
            h1 { t(part.title) }
            loaded.view
            if let next = parts[(place + 1)...].first {
                p(.class("unprinted")) {
                    a(AccountAddresses.recordsPart(next.name)) { t("accounts.records.next", ["title": .text(t(next.title))]) }
                }
            }
        }
    }

    private static func download(_ visit: Visit) async throws -> WebResponse {
        guard let id = visit.principal.account else { throw NotFound() }
        let parts = parts(visit)
        // One look at everything, so that the parts fit together.
        let loaded = try await visit.read { conn in try parts.map { try $0.load(id, visit, conn).json } }
        var members: [String: JSON] = [
            "format": .string("groundwork-account-1"), "city": .string(visit.city.pack.city.name),
            "made_at": .string(visit.city.cityClock.now.description),
        ]
        for (part, json) in zip(parts, loaded) { members[part.key] = json }
        var response = WebResponse.json(JSON.object(members).pretty)
        response.set("content-disposition", "attachment; filename=\"my-records.json\"")
        return response
    }
}

extension AccountRecords {
    /// In the address of its page: `security-events`.
    fileprivate var name: String { key.replacing("_", with: "-") }
}
