internal import CityPack
internal import HTML
internal import Primitives

/// A pack to read: each list as a table, in the order people see. What is marked as invented says so.
struct PackView {
    let t: Voice
    let pack: CityPack

    var body: HTML {
        group {
            h2 { t("administration.pack.content") }
            p(.class("soft")) {
                t("administration.pack.version", ["version": .text(short(pack.hash)), "count": .number(pack.samples.count)])
            }
            nav(.aria("label", t("administration.pack.content"))) {
                ul(.class("index")) {
                    for section in sections { li { a(.fragment(section.name.rawValue)) { t(sectionTitle(section.name)) } } }
                }
            }
            for section in sections {
                h3(.id(section.name.rawValue)) { t(sectionTitle(section.name)) }
                section.content
            }
        }
    }

    private struct Section {
        let name: PackSection
        let content: HTML
    }

    private var sections: [Section] {
        [
            Section(name: .departments, content: departments), Section(name: .modules, content: modules),
            Section(name: .caseTypes, content: caseTypes), Section(name: .statuses, content: statuses),
            Section(name: .contactTypes, content: contactTypes), Section(name: .fields, content: fields),
            Section(name: .topics, content: topics), Section(name: .macros, content: macros),
            Section(name: .notices, content: notices), Section(name: .roles, content: roles),
        ]
    }

    private var departments: HTML {
        table(
            .departments, ["administration.column.name", "administration.column.reach", "administration.column.hours"],
            pack.departments.map { department in
                [
                    named(t(department.name), department.key, "department"),
                    lines([department.phone, department.email] + department.address),
                    group {
                        t(department.hours)
                        for day in 1...7 {
                            if let hours = department.opening[day] {
                                span(.class("note")) { "\(weekday(day)) \(hours.description)" }
                            }
                        }
                    },
                ]
            })
    }

    private var modules: HTML {
        table(
            .modules, ["administration.column.name", "administration.column.plural", "administration.column.open"],
            pack.modules.map { module in
                [
                    named(t(module.name), module.module.rawValue, "module"), HTML(t(module.plural)),
                    HTML(t(module.isOpen ? "administration.yes" : "administration.no")),
                ]
            })
    }

    private var caseTypes: HTML {
        table(
            .caseTypes,
            [
                "administration.column.name", "administration.column.prefix", "administration.column.workClasses",
                "administration.column.contactTypes",
            ],
            pack.caseTypes.map { type in
                [
                    group {
                        named(t(type.name), type.key, "case type")
                        span(.class("note")) { pack.module(type.module).map { t($0.name) } ?? type.module.rawValue }
                    },
                    span(.class("whole")) { type.prefix }, HTML(type.workClasses.map { t($0.name) }.joined(separator: " · ")),
                    HTML(type.contactTypes.compactMap { pack.contactType($0).map { t($0.name) } }.joined(separator: " · ")),
                ]
            })
    }

    private var statuses: HTML {
        table(
            .statuses,
            [
                "administration.column.name", "administration.column.after", "administration.column.bucket",
                "administration.column.turn", "administration.column.blds",
            ],
            pack.statuses.map { status in
                [
                    named(t(status.name), status.key, "status"), reached(status), HTML(t(name(status.bucket))),
                    HTML(t(name(status.turn))),
                    group {
                        status.blds
                        if let later = status.bldsOnceInspected {
                            span(.class("note")) { t("administration.status.onceInspected", ["value": .text(later)]) }
                        }
                    },
                ]
            })
    }

    private func reached(_ status: Status) -> HTML {
        group {
            if status.isStart { tag(t("administration.status.start"), .good) }
            status.after.compactMap { pack.status($0).map { t($0.name) } }.joined(separator: " · ")
        }
    }

    private var contactTypes: HTML {
        let works = Dictionary(
            pack.caseTypes.flatMap(\.workClasses).map { ($0.key, $0.name) }, uniquingKeysWith: { first, _ in first })
        return table(
            .contactTypes,
            ["administration.column.name", "administration.column.rights", "administration.column.licenses"],
            pack.contactTypes.map { type in
                [
                    group {
                        named(t(type.name), type.key, "contact type")
                        span(.class("note")) { t(type.explanation) }
                    },
                    HTML(type.rights.names.map(right).joined(separator: " · ")),
                    HTML(
                        type.licenses.isEmpty
                            ? t(type.needsLicense ? "administration.yes" : "administration.no")
                            : type.licenses.map { works[$0].map { t($0) } ?? $0 }.joined(separator: " · ")),
                ]
            })
    }

    private var fields: HTML {
        table(
            .fields, ["administration.column.name", "administration.column.class"],
            pack.fields.map { [named(t($0.label), $0.name, "field"), HTML(t(visibility($0.visibility)))] })
    }

    private var topics: HTML {
        table(
            .topics,
            [
                "administration.column.name", "administration.column.answers", "administration.column.days",
                "administration.column.asks",
            ],
            pack.topics.map { topic in
                [
                    group {
                        named(t(topic.name), topic.key, "topic")
                        span(.class("note")) { t(topic.explanation) }
                    },
                    lines([
                        pack.role(topic.role).map { t($0.name) } ?? topic.role,
                        pack.department(topic.department).map { t($0.name) } ?? topic.department,
                    ]),
                    HTML("\(topic.workingDays)"), HTML(t(topic.asksForCase ? "administration.yes" : "administration.no")),
                ]
            })
    }

    private var macros: HTML {
        table(
            .macros,
            ["administration.column.name", "administration.column.text", "administration.column.topics"],
            pack.macros.map { macro in
                [
                    named(t(macro.name), macro.key, "macro"), HTML(t(macro.text)),
                    HTML(macro.topics.compactMap { pack.topic($0).map { t($0.name) } }.joined(separator: " · ")),
                ]
            })
    }

    private var notices: HTML {
        table(
            .notices, ["administration.column.sentence", "administration.column.text"],
            pack.notices.map { notice in [code { notice.key }, HTML(t(notice.text))] })
    }

    private var roles: HTML {
        table(
            .roles, ["administration.column.name", "administration.column.what"],
            pack.roles.map { [named(t($0.name), $0.key, "role"), HTML(t($0.explanation))] })
    }

    private func table(_ section: PackSection, _ columns: [WordKey], _ rows: [[HTML]]) -> HTML {
        guard !rows.isEmpty else { return emptyState(t("administration.pack.emptyList")) }
        return dataTable(
            caption: t(sectionTitle(section)), captionHidden: true, columns: columns.map { TableColumn(title: t($0)) },
            rows: rows.map { TableRow(cells: $0) })
    }

    private func name(_ bucket: Bucket) -> WordKey {
        switch bucket {
        case .attention: "administration.bucket.attention"
        case .pending: "administration.bucket.pending"
        case .active: "administration.bucket.active"
        case .closed: "administration.bucket.closed"
        case .draft: "administration.bucket.draft"
        }
    }

    private func name(_ turn: Turn) -> WordKey {
        switch turn {
        case .applicant: "administration.turn.applicant"
        case .city: "administration.turn.city"
        case .nobody: "administration.turn.nobody"
        }
    }

    /// A thing's name and key, with the mark of a sample.
    private func named(_ name: String, _ key: String, _ kind: String) -> HTML {
        group {
            name
            span(.class("note")) { code { key } }
            switch pack.sample(kind, key) {
            case .whole: tag(t("administration.sample"), .waiting)
            case .part(let keys):
                span(.class("note")) { t("administration.samplePart", ["keys": .text(keys.joined(separator: ", "))]) }
            case nil: HTML.empty
            }
        }
    }

    private func lines(_ lines: [String]) -> HTML {
        group { for line in lines { div { span(.class("break")) { line } } } }
    }

    private func right(_ name: String) -> String {
        switch name {
        case "act": t("administration.right.act")
        case "bill": t("administration.right.bill")
        case "request_inspection": t("administration.right.inspection")
        default: t("administration.right.view")
        }
    }

    private func visibility(_ visibility: Visibility) -> WordKey {
        switch visibility {
        case .public: "administration.class.public"
        case .party: "administration.class.party"
        case .staff: "administration.class.staff"
        case .secret: "administration.class.secret"
        }
    }

    private func weekday(_ day: Int) -> String {
        switch day {
        case 1: t("administration.weekday.monday")
        case 2: t("administration.weekday.tuesday")
        case 3: t("administration.weekday.wednesday")
        case 4: t("administration.weekday.thursday")
        case 5: t("administration.weekday.friday")
        case 6: t("administration.weekday.saturday")
        default: t("administration.weekday.sunday")
        }
    }
}

extension CityPack {
    enum SampleMark: Equatable {
        case whole
        /// These keys of it only.
        case part([String])
    }

    /// Whether the thing is marked as invented, as the checker names it: `contact type`, `architect`.
    func sample(_ kind: String, _ key: String) -> SampleMark? {
        let what = "\(kind) \"\(key)\""
        if samples.contains(where: { $0.what == what }) { return .whole }
        let keys = samples.filter { $0.what.hasSuffix("\" of \(what)") }.compactMap { $0.what.split(separator: "\"").first }
        return keys.isEmpty ? nil : .part(keys.map(String.init))
    }
}
