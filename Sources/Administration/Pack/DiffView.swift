internal import CityPack
internal import HTML
internal import Primitives

/// What would change, list by list: added, removed, changed with old and new value.
struct DiffView {
    let t: Voice
    let diff: PackDiff

    var body: HTML {
        guard !diff.changes.isEmpty else {
            return emptyState(t(diff.isSame ? "administration.diff.nothing" : "administration.diff.comments"))
        }
        return group {
            for section in PackSection.allCases {
                let own = diff.changes.filter { $0.section == section }
                if !own.isEmpty {
                    h3 { t(sectionTitle(section)) }
                    table(section, own)
                }
            }
        }
    }

    private func table(_ section: PackSection, _ changes: [PackChange]) -> HTML {
        dataTable(
            caption: t(sectionTitle(section)), captionHidden: true,
            columns: [
                TableColumn(title: t("administration.diff.what")), TableColumn(title: t("administration.diff.how")),
                TableColumn(title: t("administration.diff.before")), TableColumn(title: t("administration.diff.after")),
            ],
            rows: changes.flatMap(rows))
    }

    private func rows(_ change: PackChange) -> [TableRow] {
        switch change.kind {
        case .added: [TableRow(cells: [named(change), tag(t("administration.diff.added"), .good), .empty, .empty])]
        case .removed: [TableRow(cells: [named(change), tag(t("administration.diff.removed"), .attention), .empty, .empty])]
        case .reordered:
            [
                TableRow(cells: [
                    HTML(t("administration.diff.order")), tag(t("administration.diff.changed"), .waiting), .empty, .empty,
                ])
            ]
        case .changed(let values):
            values.map { value in
                TableRow(cells: [
                    group {
                        named(change)
                        span(.class("note")) { code { value.key } }
                    },
                    tag(t("administration.diff.changed"), .waiting), said(value.old), said(value.new),
                ])
            }
        }
    }

    private func named(_ change: PackChange) -> HTML {
        group {
            if change.name.isEmpty { change.key } else { change.name }
            if !change.name.isEmpty { span(.class("note")) { code { change.key } } }
        }
    }

    private func said(_ text: String) -> HTML {
        text.isEmpty ? span(.class("soft")) { t("administration.diff.notSaid") } : HTML(text)
    }
}

func sectionTitle(_ section: PackSection) -> WordKey {
    switch section {
    case .city: "administration.section.city"
    case .departments: "administration.section.departments"
    case .modules: "administration.section.modules"
    case .workClasses: "administration.section.workClasses"
    case .caseTypes: "administration.section.caseTypes"
    case .statuses: "administration.section.statuses"
    case .contactTypes: "administration.section.contactTypes"
    case .fields: "administration.section.fields"
    case .roles: "administration.section.roles"
    case .topics: "administration.section.topics"
    case .macros: "administration.section.macros"
    case .notices: "administration.section.notices"
    case .samples: "administration.section.samples"
    }
}
