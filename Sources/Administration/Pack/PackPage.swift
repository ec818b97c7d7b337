internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// `/staff/pack`: the live city pack to read, what the folder has that is not live, and what was live when.
struct PackPage: Sendable {
    let desk: Link
    private static let most = 50

    func show(_ visit: Visit) async throws -> WebResponse {
        let t = visit.t
        let most = PackPage.most
        let history = try await visit.read { conn in
            try PackStore.history(limit: most, conn).map { try PublicationEntry($0, conn) }
        }
        let pack = visit.city.pack
        let folder = PackFolder.read(visit.city)
        return visit.page(
            t("administration.pack.title"), crumbs: [Crumb(title: t("administration.desk"), link: desk)]
        ) {
            h1 { t("administration.pack.title") }
            p { t("administration.pack.lead") }
            p { a(AdministrationAddresses.roles()) { t("administration.roles.open") } }
            FolderView(visit: visit, live: pack, folder: folder).body
            HistoryView(visit: visit, entries: history).body
            PackView(t: t, pack: pack).body
        }
    }
}

/// The folder against what is live.
struct FolderView {
    let visit: Visit
    let live: CityPack
    let folder: PackFolder
    private var t: Voice { visit.t }

    var body: HTML {
        group {
            h2 { t("administration.folder.title") }
            switch folder {
            case .none: emptyState(t("administration.folder.none"))
            case .bad(let problems): bad(problems)
            case .good(let pack) where pack.hash == live.hash: emptyState(t("administration.folder.same"))
            case .good(let pack): different(pack)
            }
        }
    }

    private func bad(_ problems: [PackProblem]) -> HTML {
        group {
            p { t("administration.folder.bad", ["count": .number(problems.count)]) }
            ul { for problem in problems.prefix(50) { li { span(.class("break")) { problem.description } } } }
        }
    }

    private func different(_ pack: CityPack) -> HTML {
        let diff = PackDiff(from: live, to: pack)
        return group {
            p {
                diff.changes.isEmpty
                    ? t("administration.diff.comments")
                    : t("administration.folder.different", ["count": .number(diff.changes.count)])
            }
            if visit.city.access.may("pack.publish", visit.principal) {
                p { linkButton(t("administration.folder.publish"), AdministrationAddresses.publish()) }
            } else {
                DiffView(t: t, diff: diff).body
            }
        }
    }
}

/// What was live when.
struct HistoryView {
    let visit: Visit
    let entries: [PublicationEntry]
    private var t: Voice { visit.t }

    var body: HTML {
        group {
            h2 { t("administration.history.title") }
            dataTable(
                caption: t("administration.history.caption"), captionHidden: true,
                columns: [
                    TableColumn(title: t("administration.history.version")),
                    TableColumn(title: t("administration.history.since")),
                    TableColumn(title: t("administration.history.by")), TableColumn(title: t("administration.history.why")),
                ],
                rows: entries.map { entry in
                    let publication = entry.publication
                    return TableRow(cells: [
                        group {
                            a(AdministrationAddresses.publication(publication.id), .class("whole")) { short(publication.hash) }
                            if publication.until == nil {
                                " "
                                tag(t("administration.history.live"), .good)
                            }
                        },
                        visit.momentCell(publication.since), HTML(entry.by(t)),
                        HTML(publication.why.isEmpty ? t("administration.history.noWhy") : publication.why),
                    ])
                })
        }
    }
}
