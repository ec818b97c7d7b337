internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// "How others find you" on the account page: what I act as, and whether others find it by name (B5). Above it, for whom I act.
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
        let organizations = model.entries.filter { $0.role != nil }.map(\.contact)
        return group {
            ActingForPanel.view(organizations, visit)
            view(model, visit)
        }
    }

    /// The contacts that are me, then the organizations I belong to.
    private static func load(_ account: AccountID, _ visit: Visit, _ conn: Connection) throws -> Model {
        let maySet = visit.city.access.visible("contact.set-findable", to: visit.principal, alias: "c")
        let rows = try conn.rows(
            """
            SELECT \(Contact.columns), mine.role, CASE WHEN \(maySet) THEN 1 ELSE 0 END AS may_set
            FROM (
                SELECT m.organization_id AS contact_id, m.role, m.id AS place FROM membership m
                WHERE m.account_id = \(account) AND m.until IS NULL
                UNION ALL
                SELECT l.contact_id, NULL AS role, l.id AS place FROM contact_link l
                WHERE l.account_id = \(account) AND l.until IS NULL AND l.contact_id NOT IN (
                    SELECT organization_id FROM membership WHERE account_id = \(account) AND until IS NULL)
            ) mine JOIN contact c ON c.id = mine.contact_id
            WHERE c.until IS NULL OR mine.role IS NOT NULL
            ORDER BY CASE WHEN mine.role IS NULL THEN 0 ELSE 1 END, mine.place LIMIT 100
            """)
        return Model(
            entries: try rows.map { row in
                Model.Entry(contact: try Contact(row: row), role: try row["role"], maySet: try row["may_set"])
            })
    }

    private static func view(_ model: Model, _ visit: Visit) -> HTML {
        let t = visit.t
        return panel(title: t("contacts.findable.title"), id: "findable") {
            p { t("contacts.findable.lead") }
            if model.entries.isEmpty { p { t("contacts.findable.none") } }
            if model.entries.count > 1 { p { a(ContactAddresses.sameRecords()) { t("contacts.findable.same") } } }
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
                isOnly ? t("contacts.findable.save") : t("contacts.findable.saveName", name), quiet: true)
        }
    }
}
