internal import Accounts
internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/staff/pack/history/{id}`: one time that a version became live, and what changed with it.
struct PublicationPage: Sendable {
    let desk: Link

    struct Model: Sendable {
        let entry: PublicationEntry
        /// nil for the first version.
        let diff: PackDiff?
    }

    func show(_ visit: Visit) async throws -> WebResponse {
        guard let id = Int64(visit.parameter("id")) else { throw NotFound() }
        let found: Model? = try await visit.read { conn in
            guard let publication = try PackStore.publication(id, conn), let pack = try PackStore.pack(publication.hash, conn)
            else { return nil }
            let before = try PackStore.publication(before: id, conn).flatMap { try PackStore.pack($0.hash, conn) }
            return Model(entry: try PublicationEntry(publication, conn), diff: before.map { PackDiff(from: $0, to: pack) })
        }
        guard let model = found else { throw NotFound() }
        let t = visit.t
        let publication = model.entry.publication
        let mayPublish = visit.city.access.may("pack.publish", visit.principal)
        let title = t("administration.publication.title", ["version": .text(short(publication.hash))])
        return visit.page(title, crumbs: packCrumbs(t, desk)) {
            h1 { title }
            descriptionList([
                Detail(term: t("administration.history.since"), value: visit.momentCell(publication.since)),
                Detail(term: t("administration.history.by"), value: HTML(model.entry.by(t))),
                Detail(
                    term: t("administration.history.why"),
                    value: HTML(publication.why.isEmpty ? t("administration.history.noWhy") : publication.why)),
                Detail(term: t("administration.history.hash"), value: span(.class("break")) { publication.hash }),
            ])
            if publication.until == nil {
                p { tag(t("administration.history.live"), .good) }
            } else if mayPublish, publication.hash != visit.city.pack.hash {
                p { linkButton(t("administration.again.open"), AdministrationAddresses.again(publication.id), quiet: true) }
            }
            h2 { t("administration.history.changes") }
            if let diff = model.diff { DiffView(t: t, diff: diff).body } else { emptyState(t("administration.history.first")) }
        }
    }
}

/// A publication with the name of who did it.
struct PublicationEntry: Sendable {
    let publication: PackStore.Publication
    private let person: String?

    init(_ publication: PackStore.Publication, _ conn: Connection) throws {
        self.publication = publication
        let id = publication.by.hasPrefix("staff:") ? Int64(publication.by.dropFirst("staff:".count)) : nil
        person = try id.flatMap { try Account.find(AccountID($0), conn)?.name }
    }

    func by(_ t: Voice) -> String {
        if let person { return person }
        switch publication.by {
        case "job:start": return t("administration.history.atStart")
        case "job:city publish": return t("administration.history.commandLine")
        case "": return t("administration.history.unknown")
        default: return publication.by
        }
    }
}
