internal import CityPack
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// Those who were added by address and have not said yes, as a group of their own on the Contacts tab (B7). Nothing here depends on
/// whether somebody has the address.
struct InvitationRows {
    let view: ContactsView

    private var visit: Visit { view.visit }
    private var t: Voice { view.visit.t }

    var content: HTML {
        let invitations = view.model.parties.filter(\.isInvitation)
        guard !invitations.isEmpty else { return .empty }
        let hasButtons = view.model.mayAct || invitations.contains(where: \.isMine)
        var columns = [TableColumn(title: t("cases.contacts.email")), TableColumn(title: t("cases.contacts.part"))]
        columns.append(TableColumn(title: t("cases.pending.answer")))
        if hasButtons { columns.append(TableColumn(title: t("cases.contacts.remove"), isHidden: true)) }
        return dataTable(
            caption: t("cases.pending.caption"), columns: columns,
            rows: invitations.map { party in
                var cells = [address(party), part(party), answer(party)]
                if hasButtons { cells.append(buttons(party)) }
                return TableRow(cells: cells)
            })
    }

    private func part(_ party: Party) -> HTML {
        group {
            view.typeName(party.type)
            if view.model.showsRights { div(.class("soft")) { rightsWords(party.rights, t) } }
        }
    }

    /// Below the address what holds until then, or what came of it.
    private func address(_ party: Party) -> HTML {
        group {
            view.name(party)
            div(.class("soft")) { sentence(party) }
        }
    }

    private func sentence(_ party: Party) -> String {
        if case .declined(let day) = party.answer {
            return t("cases.pending.declinedOn", ["date": .date(visit.day(of: day))])
        }
        let ends = party.invitationEnds ?? visit.now
        let date: [String: WordArgument] = ["date": .date(visit.day(of: ends))]
        return ends > visit.now ? t("cases.contacts.invitationEnds", date) : t("cases.contacts.invitationEnded", date)
    }

    private func answer(_ party: Party) -> HTML {
        party.isDeclined ? tag(t("cases.pending.declined"), .calm) : tag(t("cases.pending.waiting"), .waiting)
    }

    private func buttons(_ party: Party) -> HTML {
        guard !party.isDeclined else { return .empty }
        let isOnlyOne = view.names[party.label] == 1
        let named: [String: WordArgument] = ["name": .text(party.label), "type": .text(view.typeName(party.type))]
        return actions {
            if party.isMine {
                form(CaseAddresses.acceptHere(view.number), party, "yes") {
                    submitButton(
                        t("cases.invitation.accept"), quiet: true,
                        accessibleName: t("cases.pending.acceptAs", named))
                }
            } else if view.model.mayAct {
                form(CaseAddresses.sendAgain(view.number), party, "again") {
                    submitButton(
                        t("cases.pending.sendAgain"), quiet: true,
                        accessibleName: isOnlyOne ? t("cases.pending.sendAgainTo", named) : t("cases.pending.sendAgainAs", named))
                }
            }
            view.buttons(party, isOnlyOne: isOnlyOne)
        }
    }

    private func form(_ link: Link, _ party: Party, _ step: String, @HTMLBuilder _ button: () -> HTML) -> HTML {
        postForm(link, once: "\(visit.once).\(step).\(party.key)") {
            input(.type("hidden"), .name("party"), .value(party.key.description))
            button()
        }
    }
}
