internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// "How others find me" on the account page: what I act as, and whether others find it by name (B5).
enum FindablePanel {
    struct Model: Sendable {
        struct Entry: Sendable {
            let contact: Contact
            /// My place in the organization; nil for a contact that is me.
            let role: Membership.Role?
            let maySet: Bool
        }
        let entries: [Entry]
    }

    static func show(_ visit: Visit) async throws -> HTML {
        guard let account = visit.principal.account else { return .empty }
        let model = try await visit.read { conn in try load(account, visit, conn) }
        return view(model, visit)
    }

    private static func load(_ account: AccountID, _ visit: Visit, _ conn: Connection) throws -> Model {
        let linked = try conn.rows(
            """
            SELECT \(Contact.columns) FROM contact_link l JOIN contact c ON c.id = l.contact_id
            WHERE l.account_id = \(account) AND l.until IS NULL AND c.until IS NULL ORDER BY l.id LIMIT 50
            """
        ).map(Contact.init)
        let memberships = try Membership.all(of: account, conn)
        var entries: [Model.Entry] = []
        for contact in linked where !memberships.contains(where: { $0.organization == contact.id }) {
            let maySet = try visit.may("contact.set-findable", on: contact.id.value, conn)
            entries.append(Model.Entry(contact: contact, role: nil, maySet: maySet))
        }
        for membership in memberships {
            guard let contact = try Contact.find(membership.organization, conn) else { continue }
            let maySet = try visit.may("contact.set-findable", on: contact.id.value, conn)
            entries.append(Model.Entry(contact: contact, role: membership.role, maySet: maySet))
        }
        return Model(entries: entries)
    }

    private static func view(_ model: Model, _ visit: Visit) -> HTML {
        let t = visit.t
        return panel(title: t("contacts.findable.title"), id: "findable") {
            p { t("contacts.findable.lead") }
            if model.entries.isEmpty { p { t("contacts.findable.none") } }
            for (index, entry) in model.entries.enumerated() {
                h3 { entry.contact.name }
                p {
                    if let role = entry.role {
                        t("contacts.findable.role", ["role": .text(OrganizationPage.roleName(role, t))])
                        " "
                        a(ContactAddresses.organization(entry.contact.publicID.description)) {
                            t("contacts.findable.people", ["company": .text(entry.contact.name)])
                        }
                    } else {
                        t("contacts.findable.me")
                    }
                }
                if entry.maySet {
                    checkbox(entry.contact, index: index, isOnly: model.entries.count(where: \.maySet) == 1, visit)
                }
            }
        }
    }

    private static func checkbox(_ contact: Contact, index: Int, isOnly: Bool, _ visit: Visit) -> HTML {
        let t = visit.t
        let name: [String: WordArgument] = ["name": .text(contact.name)]
        let isCompany = contact.kind == .company
        return postForm(ContactAddresses.findable(), once: "\(visit.once)f\(index)") {
            input(.type("hidden"), .name(FindableForm.contact.definition.name), .value(contact.publicID.description))
            field(
                FieldModel(
                    id: "findable-\(index + 1)", name: FindableForm.findable.definition.name,
                    label: isCompany ? t("contacts.findable.companyLabel", name) : t("contacts.findable.label"),
                    hint: isCompany ? nil : t("contacts.findable.hint"), kind: .checkbox, value: contact.isFindable ? "yes" : ""))
            submitButton(
                t("contacts.findable.save"), quiet: true,
                accessibleName: isOnly ? nil : t("contacts.findable.saveName", name))
        }
    }
}
