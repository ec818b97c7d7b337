internal import CityPack
internal import Contacts
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// The Contacts tab as it is shown.
struct ContactsView {
    static let addID = "add-contact"

    let number: String
    let model: ContactsPage.Model
    let pack: CityPack
    let visit: Visit
    let guide: Link

    private var t: Voice { visit.t }

    var content: HTML {
        guard model.mayAct else {
            return group {
                people
                InvitationRows(view: self).content
                ownPeople
            }
        }
        return group {
            people
            InvitationRows(view: self).content
            putBack
            section(.class("unprinted"), .aria("labelledby", ContactsView.addID)) {
                h2(.id(ContactsView.addID)) { t("cases.contacts.addTitle") }
                adding
            }
            ownPeople
        }
    }

    private var ownPeople: HTML { group { for one in model.ownPeople { one.view(of: number, t) } } }

    private var clock: CityClock { visit.city.cityClock }

    // MARK: Whom one can put back

    /// Whether the page tells of somebody who was taken off just now.
    private var isAfterRemoval: Bool { visit.notice?.key == "cases.contacts.removed" }

    /// Right below the notice that somebody was taken off.
    var undo: HTML {
        guard isAfterRemoval, let newest = model.removals.first else { return .empty }
        return actions { putBackForm(newest) }
    }

    private var putBack: HTML {
        let removals = isAfterRemoval ? Array(model.removals.dropFirst()) : model.removals
        guard !removals.isEmpty else { return .empty }
        return details {
            summary { t("cases.contacts.removedLately") }
            actions { for removal in removals { putBackForm(removal) } }
        }
    }

    private func putBackForm(_ removal: Removal) -> HTML {
        let isOnlyOne = model.removals.count { $0.label == removal.label } == 1
        let arguments: [String: WordArgument] = ["name": .text(removal.label), "type": .text(typeName(removal.type))]
        return postForm(CaseAddresses.putBack(number), once: "\(visit.once).back.\(removal.id)") {
            input(.type("hidden"), .name("removal"), .value(String(removal.id)))
            submitButton(
                isOnlyOne
                    ? t("cases.contacts.putBack", ["name": .text(removal.label)]) : t("cases.contacts.putBackAs", arguments),
                quiet: true)
        }
    }

    // MARK: Who is on the case

    /// How often a name stands in the tables of the page.
    var names: [String: Int] { Dictionary(grouping: model.parties, by: \.label).mapValues(\.count) }

    private var people: HTML {
        guard !model.parties.isEmpty else { return emptyState(t("cases.contacts.empty")) }
        let parties = model.parties.filter { !$0.isInvitation }
        guard !parties.isEmpty else { return .empty }
        let canRemove = model.mayAct || parties.contains(where: \.isMine)
        var columns = [TableColumn(title: t("cases.contacts.name")), TableColumn(title: t("cases.contacts.part"))]
        if model.showsRights {
            columns += [TableColumn(title: t("cases.contacts.may")), TableColumn(title: t("cases.contacts.since"))]
        }
        if canRemove { columns.append(TableColumn(title: t("cases.contacts.remove"), isHidden: true)) }
        let names = names
        return dataTable(
            caption: t("cases.contacts.caption"), isSortable: true, columns: columns,
            rows: parties.map { party in
                var cells = [name(party), HTML(typeName(party.type))]
                if model.showsRights {
                    let day = clock.date(of: clock.shown(party.since))
                    cells += [
                        HTML(rightsWords(party.rights, t)),
                        span(.class("whole")) { time(day.description) { day.short(in: t.language) } },
                    ]
                }
                if canRemove { cells.append(buttons(party, isOnlyOne: names[party.label] == 1)) }
                return TableRow(cells: cells)
            })
    }

    func name(_ party: Party) -> HTML {
        group {
            party.label
            if case .accepted(let day) = party.answer {
                div(.class("soft")) { t("cases.contacts.acceptedOn", ["date": .date(visit.day(of: day))]) }
            }
            if let behind = party.behind { div(.class("soft")) { t("cases.contacts.behind", ["name": .text(behind)]) } }
            if party.isMine { div(.class("soft")) { t("cases.contacts.you") } }
        }
    }

    func buttons(_ party: Party, isOnlyOne: Bool) -> HTML {
        guard model.mayAct || party.isMine else { return .empty }
        let arguments: [String: WordArgument] = ["name": .text(party.label), "type": .text(typeName(party.type))]
        return group {
            if party.isMine, party.isEmail {
                postForm(CaseAddresses.showMyName(number), once: "\(visit.once).show.\(party.key)") {
                    input(.type("hidden"), .name("party"), .value(party.key.description))
                    submitButton(t("cases.contacts.showMyName"), quiet: true)
                }
            }
            postForm(CaseAddresses.removeContact(number), once: "\(visit.once).\(party.key)") {
                input(.type("hidden"), .name("party"), .value(party.key.description))
                submitButton(
                    t("cases.contacts.remove"), quiet: true,
                    accessibleName: isOnlyOne
                        ? t("cases.contacts.removeName", arguments) : t("cases.contacts.removeAs", arguments),
                    danger: true)
            }
        }
    }

    func typeName(_ key: String) -> String { pack.contactType(key).map { t($0.name) } ?? key }

    // MARK: Adding somebody

    private var adding: HTML {
        guard model.obstacles.isEmpty else {
            return group { for obstacle in model.obstacles { p { SummaryPage.obstacleView(obstacle, t) } } }
        }
        return columns(
            main: group {
                searchForm
                ContactResults(view: self).content
            },
            aside: group {
                ContactResults(view: self).favorites
                types
            })
    }

    private var searchForm: HTML {
        let choices =
            [Choice(value: "", title: t("cases.contacts.choose"))]
            + model.types.map { Choice(value: $0.key, title: t($0.name)) }
        let address = CaseAddresses.contacts(number).with([], fragment: ContactsView.addID)
        return getForm(address, role: "search") {
            model.search.view(ContactForms.Search.type, t, choices: choices, marksOptional: false)
            if let chosen = model.chosen {
                p(.class("soft")) {
                    strong { "\(t(chosen.name)): " }
                    t(chosen.explanation)
                    " "
                    t("cases.contacts.example", ["example": .text(t(chosen.example))])
                }
            }
            joined {
                model.search.view(ContactForms.Search.text, t, marksOptional: false)
                submitButton(t("cases.contacts.searchButton"))
            }
        }
    }

    /// What every contact type means, where it is chosen (B4).
    private var types: HTML {
        panel(title: t("cases.contacts.whichType")) {
            details {
                summary { t("cases.contacts.typesOpen") }
                descriptionList(
                    model.types.map { type in
                        Detail(
                            term: t(type.name),
                            value: group {
                                t(type.explanation)
                                " "
                                t("cases.contacts.example", ["example": .text(t(type.example))])
                            })
                    })
            }
            p { a(guide) { t("cases.contacts.guide") } }
        }
    }
}
