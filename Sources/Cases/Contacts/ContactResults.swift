internal import Accounts
internal import CityPack
internal import Contacts
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// What a search found, and the favorites that need no search. A contact has its buttons once on the page.
struct ContactResults {
    let view: ContactsView

    private var model: ContactsPage.Model { view.model }
    private var visit: Visit { view.visit }
    private var t: Voice { view.visit.t }

    private var hits: [ContactSearch.Hit] {
        if case .found(let hits)? = model.found { hits } else { [] }
    }

    var content: HTML {
        guard let found = model.found, let type = model.chosen else { return .empty }
        return switch found {
        // Refused at the field.
        case .tooShort, .wildcard: .empty
        case .email(let address): result { email(address, type) }
        case .found(let hits) where hits.isEmpty: result { p { t("cases.contacts.nobody") } }
        case .found(let hits):
            result {
                listRows(hits.map { row($0, type) }, label: t("cases.contacts.results"))
                if hits.count == ContactSearch.most { p(.class("soft")) { t("cases.contacts.more") } }
            }
        }
    }

    private func result(@HTMLBuilder _ content: () -> HTML) -> HTML {
        group {
            h3 { t("cases.contacts.resultsTitle") }
            content()
        }
    }

    /// The same offer whether or not the city knows the address (B5).
    private func email(_ address: TypedAddress, _ type: ContactType) -> HTML {
        let arguments: [String: WordArgument] = ["email": .text(address.typed), "type": .text(t(type.name))]
        return group {
            p { t("cases.contacts.emailOffer") }
            postForm(CaseAddresses.addEmail(view.number), once: "\(visit.once).\(type.key).\(address.folded)") {
                input(.type("hidden"), .name("email"), .value(address.typed))
                input(.type("hidden"), .name("as"), .value(type.key))
                submitButton(t("cases.contacts.addEmail", arguments), quiet: true)
            }
            inviting(address, type)
        }
    }

    /// The same with less, or for another time: beside the one press, for those who want it (B7).
    private func inviting(_ address: TypedAddress, _ type: ContactType) -> HTML {
        let form = ContactForms.Invite.form.blank([
            "may_act": "yes", "may_bill": "yes", "may_request_inspection": "yes", "days": String(InvitationTerms.usualDays),
        ])
        let offered = type.rights.intersection(model.own)
        return details {
            summary { t("cases.invite.open") }
            postForm(CaseAddresses.invite(view.number), once: "\(visit.once).invite.\(type.key).\(address.folded)") {
                input(.type("hidden"), .name("email"), .value(address.typed))
                input(.type("hidden"), .name("as"), .value(type.key))
                if offered.subtracting(.view).isEmpty {
                    p { t("cases.invite.onlySee") }
                } else {
                    fieldset(.class("field")) {
                        legend { t("cases.invite.rights") }
                        p { t("cases.invite.see") }
                        if offered.contains(.act) { form.view(ContactForms.Invite.act, t, marksOptional: false) }
                        if offered.contains(.bill) { form.view(ContactForms.Invite.bill, t, marksOptional: false) }
                        if offered.contains(.requestInspection) {
                            form.view(ContactForms.Invite.requestInspection, t, marksOptional: false)
                        }
                    }
                }
                form.view(
                    ContactForms.Invite.days, t,
                    choices: InvitationTerms.days.map {
                        Choice(value: String($0), title: t("cases.invite.dayCount", ["count": .number(Int($0))]))
                    })
                submitButton(t("cases.invite.button", ["email": .text(address.typed)]), quiet: true)
            }
        }
    }

    private func row(_ hit: ContactSearch.Hit, _ type: ContactType) -> ListRow {
        let isThere = model.parties.contains { $0.stands(for: hit.id) && $0.type == type.key }
        let name = uniqueName(hit)
        let isStarred = model.favorites.contains { $0.contact.id == hit.id }
        let kind = hit.kind == .company ? t("cases.contacts.company") : t("cases.contacts.person")
        return ListRow(
            title: HTML(hit.name),
            subtitle: [kind, hit.city].filter { !$0.isEmpty }.joined(separator: " · "),
            note: isThere ? t("cases.contacts.isThere", ["type": .text(t(type.name))]) : "",
            action: actions {
                if !isThere { addForm(hit.publicID, name, type) }
                starForm(hit.publicID, name, type.key, isOn: isStarred)
            })
    }

    private func addForm(_ contact: PublicID, _ name: String, _ type: ContactType) -> HTML {
        postForm(CaseAddresses.addContact(view.number), once: "\(visit.once).\(contact).\(type.key)") {
            input(.type("hidden"), .name("contact"), .value(contact.description))
            input(.type("hidden"), .name("as"), .value(type.key))
            submitButton(
                t("cases.contacts.add"), quiet: true, accessibleName: t("cases.contacts.addName", ["name": .text(name)]))
        }
    }

    private func starForm(_ contact: PublicID, _ name: String, _ type: String, isOn: Bool) -> HTML {
        let arguments: [String: WordArgument] = ["name": .text(name)]
        return postForm(CaseAddresses.favorite(view.number), once: "\(visit.once).star.\(contact).\(isOn)") {
            input(.type("hidden"), .name("contact"), .value(contact.description))
            input(.type("hidden"), .name("star"), .value(isOn ? "off" : "on"))
            input(.type("hidden"), .name("as"), .value(model.search.values["as"] ?? type))
            input(.type("hidden"), .name("q"), .value(model.search.values["q"] ?? ""))
            starButton(
                accessibleName: isOn ? t("cases.contacts.unstar", arguments) : t("cases.contacts.star", arguments), isOn: isOn)
        }
    }

    /// Picked without searching (B6).
    var favorites: HTML {
        panel(title: t("cases.contacts.favorites")) {
            if model.favorites.isEmpty {
                p { t("cases.contacts.favoritesEmpty") }
            } else {
                listRows(model.favorites.map(favorite))
            }
        }
    }

    private func favorite(_ favorite: Favorites.Favorite) -> ListRow {
        let contact = favorite.contact
        if hits.contains(where: { $0.id == contact.id }) {
            return ListRow(title: HTML(contact.name), note: t("cases.contacts.inResults"))
        }
        // The type it was starred with, unless this kind of case does not have it or another was chosen above.
        let type = model.chosen ?? model.types.first { $0.key == favorite.contactType } ?? model.types.first
        let isThere = model.parties.contains { $0.stands(for: contact.id) && $0.type == type?.key }
        let typeName = type.map { t($0.name) } ?? ""
        let same = model.favorites.filter { $0.contact.name == contact.name }
        let place = same.firstIndex { $0.contact.id == contact.id } ?? 0
        let name = same.count > 1 ? "\(contact.name) (\(place + 1))" : contact.name
        return ListRow(
            title: HTML(contact.name),
            subtitle: isThere ? t("cases.contacts.isThere", ["type": .text(typeName)]) : typeName,
            action: actions {
                if let type, !isThere { addForm(contact.publicID, name, type) }
                starForm(contact.publicID, name, favorite.contactType, isOn: true)
            })
    }

    /// Two of the same name are told apart by where they are.
    private func uniqueName(_ hit: ContactSearch.Hit) -> String {
        let same = hits.filter { $0.name == hit.name }
        guard same.count > 1 else { return hit.name }
        let place = same.firstIndex { $0.id == hit.id } ?? 0
        let inCity = same.filter { $0.city == hit.city }
        return inCity.count == 1 && !hit.city.isEmpty ? "\(hit.name), \(hit.city)" : "\(hit.name) (\(place + 1))"
    }
}

extension ContactSearch.Result {
    var isEmail: Bool { if case .email = self { true } else { false } }
}
