internal import CityPack
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// `/staff/roles`: what staff may do and which role carries it, for everybody on the city's side to read (K2).
struct RolesPage: Sendable {
    let desk: Link

    func show(_ visit: Visit) -> WebResponse {
        let t = visit.t
        return visit.page(
            t("administration.roles.title"), crumbs: [Crumb(title: t("administration.desk"), link: desk)]
        ) {
            h1 { t("administration.roles.title") }
            p { t("administration.roles.lead") }
            own(visit)
            RolesView(t: t, roles: visit.city.pack.roles, actions: RolesView.actions(visit.city)).body
        }
    }

    private func own(_ visit: Visit) -> HTML {
        guard case .staff(_, let held) = visit.principal else { return .empty }
        let t = visit.t
        let names = held.map { role in visit.city.pack.role(role.rawValue).map { t($0.name) } ?? role.rawValue }.sorted()
        return p { t("administration.roles.own", ["roles": .text(names.joined(separator: ", "))]) }
    }
}

/// The matrix: an action a row, a role a column.
struct RolesView {
    struct Row: Sendable {
        let action: String
        /// nil for one that has no words.
        let name: WordKey?
    }

    let t: Voice
    let roles: [RoleDeclaration]
    let actions: [Row]

    /// Everything the program asks of staff, in the order of the features.
    static func actions(_ city: CityContext) -> [Row] {
        let declared = city.features.flatMap(\.actions)
        let known = Set(declared.map(\.action.description))
        return declared.map { Row(action: $0.action.description, name: $0.name) }
            + city.programNames.actions.filter { !known.contains($0) }.map { Row(action: $0, name: nil) }
    }

    var body: HTML {
        group {
            h2 { t("administration.roles.matrix") }
            dataTable(
                caption: t("administration.roles.matrix"), captionHidden: true,
                columns: [TableColumn(title: t("administration.column.action"))]
                    + roles.map { TableColumn(title: t($0.name)) },
                rows: actions.map(row))
            h2 { t("administration.roles.purpose") }
            descriptionList(roles.map { Detail(term: t($0.name), value: HTML(t($0.explanation))) })
        }
    }

    private func row(_ action: Row) -> TableRow {
        TableRow(
            cells: [
                group {
                    if let name = action.name { t(name) } else { action.action }
                    if action.name != nil { span(.class("note")) { code { action.action } } }
                }
            ]
                + roles.map { role in
                    role.may.contains(action.action)
                        ? strong { t("administration.yes") } : span(.class("soft")) { t("administration.no") }
                })
    }
}
