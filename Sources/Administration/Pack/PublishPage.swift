internal import CityPack
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// `/staff/pack/publish`: what would change if the folder's pack were live, and why it shall be.
struct PublishPage: Sendable {
    let desk: Link

    func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        guard let new = PackFolder.read(visit.city).pack else { throw Refusal("administration.publish.noFolder") }
        let live = visit.city.pack
        return visit.page(t("administration.publish.title"), crumbs: packCrumbs(t, desk)) {
            visit.submission.summary(t)
            h1 { t("administration.publish.title") }
            if new.hash == live.hash {
                emptyState(t("administration.folder.same"))
            } else {
                p { t("administration.publish.lead") }
                h2 { t("administration.publish.changes") }
                DiffView(t: t, diff: PackDiff(from: live, to: new)).body
                PublishForm.view(
                    visit, at: AdministrationAddresses.publish(), live: live.hash, new: new.hash,
                    button: "administration.publish.button")
            }
        }
    }

    /// POST
    func take(_ visit: Visit) async throws -> WebResponse {
        try await Publishing.take(visit, PackFolder.read(visit.city).pack)
    }
}

/// `/staff/pack/history/{id}/again`: what would change if an earlier version were live once more, and why it shall be.
struct AgainPage: Sendable {
    let desk: Link

    func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        let earlier = try await pack(visit)
        let live = visit.city.pack
        return visit.page(t("administration.again.title"), crumbs: packCrumbs(t, desk)) {
            visit.submission.summary(t)
            h1 { t("administration.again.title") }
            if earlier.hash == live.hash {
                emptyState(t("administration.again.isLive"))
            } else {
                p { t("administration.again.lead", ["version": .text(short(earlier.hash))]) }
                h2 { t("administration.publish.changes") }
                DiffView(t: t, diff: PackDiff(from: live, to: earlier)).body
                PublishForm.view(
                    visit, at: visit.address(AdministrationAddresses.again), live: live.hash, new: earlier.hash,
                    button: "administration.again.button")
            }
        }
    }

    /// POST
    func take(_ visit: Visit) async throws -> WebResponse {
        try await Publishing.take(visit, try await pack(visit))
    }

    private func pack(_ visit: Visit) async throws -> CityPack {
        guard let id = Int64(visit.parameter("id")) else { throw NotFound() }
        let pack: CityPack? = try await visit.read { conn in
            try PackStore.publication(id, conn).flatMap { try PackStore.pack($0.hash, conn) }
        }
        guard let pack else { throw NotFound() }
        return pack
    }
}

extension Visit {
    /// The page's own address.
    fileprivate func address(_ address: Address<Int64>) -> Link { address(Int64(parameter("id")) ?? 0) }
}

/// What stands of a version's hash on pages.
func short(_ hash: String) -> String { String(hash.prefix(12)) }

func packCrumbs(_ t: Voice, _ desk: Link) -> [Crumb] {
    [
        Crumb(title: t("administration.desk"), link: desk),
        Crumb(title: t("administration.pack.title"), link: AdministrationAddresses.pack()),
    ]
}
