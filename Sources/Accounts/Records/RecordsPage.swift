internal import Core
internal import HTML
internal import Primitives
internal import Web

/// "What the city holds on me", to read and to download (A7). Every module with something on people adds its part.
enum RecordsPage {
    static let routes: [Route] = [
        .get(AccountAddresses.records, .account, show),
        .get(AccountAddresses.recordsJSON, .account, download),
    ]

    private typealias Loaded = (records: AccountRecords, part: AccountRecords.Part)

    private static func load(_ visit: Visit) async throws -> [Loaded] {
        guard let id = visit.principal.account else { throw NotFound() }
        let all = visit.city.features.compactMap { $0 as? any AccountFeature }.flatMap(\.accountRecords)
            .sorted { $0.order < $1.order }
        // One look at everything, so that the parts fit together.
        return try await visit.read { conn in try all.map { ($0, try $0.load(id, visit, conn)) } }
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let parts = try await load(visit)
        let t = visit.t
        return visit.page(t("accounts.records.title"), crumbs: [myAccountCrumb(t)]) {
            h1 { t("accounts.records.title") }
            p { t("accounts.records.lead") }
            p { linkButton(t("accounts.records.download"), AccountAddresses.recordsJSON(), quiet: true) }
            for (records, part) in parts {
                h2 { t(records.title) }
                part.view
            }
        }
    }

    private static func download(_ visit: Visit) async throws -> WebResponse {
        var members: [String: JSON] = [
            "format": .string("groundwork-account-1"), "city": .string(visit.city.pack.city.name),
            "made_at": .string(visit.city.cityClock.now.description),
        ]
        for (records, part) in try await load(visit) { members[records.key] = part.json }
        var response = WebResponse.json(JSON.object(members).pretty)
        response.set("content-disposition", "attachment; filename=\"my-records.json\"")
        return response
    }
}
