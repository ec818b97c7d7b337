internal import Accounts
internal import CityPack
internal import Core
internal import Database
internal import Primitives
internal import Web

/// Makes a version live when nothing has moved since somebody looked at the difference.
enum Publishing {
    static func take(_ visit: Visit, _ pack: CityPack?) async throws -> WebResponse {
        try await Reauthenticate.first(visit) { try await publish(visit, pack) }
    }

    private static func publish(_ visit: Visit, _ pack: CityPack?) async throws -> WebResponse {
        let (why, live, new) = try (
            visit.submission[PublishForm.why], visit.submission[PublishForm.live], visit.submission[PublishForm.new]
        )
        guard let pack, pack.hash == new else { throw Refusal("administration.publish.moved") }
        let response = try await visit.change { change in
            guard try PackStore.liveHash(change.conn) == live else { throw Refusal("administration.publish.moved") }
            let isNew = try PackStore.publish(pack, why: why, change)
            return .init(
                AdministrationAddresses.pack(),
                say: Phrase(isNew ? "administration.publish.done" : "administration.publish.already"))
        }
        // Whoever published sees it at once; the other processes hear of it.
        _ = try await visit.city.refreshPack()
        return response
    }
}

/// What the operator's folder holds.
enum PackFolder: Sendable {
    /// Nobody named one.
    case none
    case good(CityPack)
    case bad([PackProblem])

    static func read(_ city: CityContext) -> PackFolder {
        guard let folder = city.cityFolder else { return .none }
        do { return .good(try CityPack.load(directory: folder, knowing: city.programNames)) } catch {
            return .bad(error.problems)
        }
    }

    var pack: CityPack? { if case .good(let pack) = self { pack } else { nil } }
}
