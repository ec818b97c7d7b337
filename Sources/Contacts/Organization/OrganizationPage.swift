internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// An organization as its members see it: who belongs to it, and for its owners who asks to (B2).
enum OrganizationPage {
    struct Model: Sendable {
        struct Person: Sendable {
            let account: AccountID
            let publicID: String
            let name: String
            let role: Membership.Role
            let since: CivilDate
        }
        struct Asker: Sendable {
            let publicID: String
            let name: String
            let email: String
            let since: CivilDate
        }

        let organization: Contact
        let members: [Person]
        /// Only owners see who asks.
        let askers: [Asker]
        let mayManage: Bool
        let reader: AccountID

        /// The reader would leave the organization without an owner.
        var isOnlyOwner: Bool { members.filter { $0.role == .owner }.map(\.account) == [reader] }
    }

    static func show(_ visit: Visit) async throws -> WebResponse {
        let model = try await visit.read { conn in
            let organization = try find(visit, conn)
            return try load(organization, visit, conn)
        }
        return visit.page(model.organization.name, crumbs: [myAccountCrumb(visit.t)]) {
            view(model, visit)
        }
    }

    /// The organization of the address, for those who belong to it; for everybody else there is none.
    static func find(_ visit: Visit, _ conn: Connection) throws -> Contact {
        guard let publicID = PublicID(visit.parameter("id")), let contact = try Contact.find(publicID, conn),
            try visit.may("organization.view", on: contact.id.value, conn)
        else { throw NotFound() }
        return contact
    }

    private static func load(_ organization: Contact, _ visit: Visit, _ conn: Connection) throws -> Model {
        guard let reader = visit.principal.account else { throw NotFound() }
        let mayManage = try visit.may("organization.manage", on: organization.id.value, conn)
        let clock = visit.city.cityClock
        let members = try Membership.all(in: organization.id, conn).compactMap { member -> Model.Person? in
            guard let row = try conn.row("SELECT public_id, first_name, last_name FROM account WHERE id = \(member.account)")
            else { return nil }
            let (first, last): (String, String) = (try row["first_name"], try row["last_name"])
            return Model.Person(
                account: member.account, publicID: try row["public_id"], name: "\(first) \(last)".trimmed, role: member.role,
                since: clock.date(of: clock.shown(member.since)))
        }
        let askers = mayManage ? try JoinRequest.waiting(at: organization.id, conn) : []
        return Model(
            organization: organization, members: members,
            askers: askers.map {
                Model.Asker(
                    publicID: $0.accountPublicID, name: $0.name, email: $0.email, since: clock.date(of: clock.shown($0.since)))
            }, mayManage: mayManage, reader: reader)
    }

    private static func view(_ model: Model, _ visit: Visit) -> HTML {
        let t = visit.t
        return group {
            h1 { model.organization.name }
            p { t("contacts.organization.lead") }
            if !model.askers.isEmpty { askers(model, visit) }
            h2 { t("contacts.organization.members") }
            dataTable(
                caption: t("contacts.organization.members"), captionHidden: true,
                columns: [
                    TableColumn(title: t("contacts.organization.name")), TableColumn(title: t("contacts.organization.role")),
                    TableColumn(title: t("contacts.organization.since")),
                    TableColumn(title: t("contacts.organization.actions"), isHidden: true),
                ],
                rows: model.members.map { member in
                    TableRow(cells: [
                        HTML(member.name), HTML(roleName(member.role, t)),
                        span(.class("whole")) { member.since.short(in: t.language) },
                        memberActions(member, model, visit),
                    ])
                })
            p { t("contacts.organization.joining", ["company": .text(model.organization.name)]) }
            p(.class("soft")) { t("contacts.organization.roles") }
            if model.isOnlyOwner { p(.class("soft")) { t("contacts.organization.onlyOwner") } }
        }
    }

    private static func askers(_ model: Model, _ visit: Visit) -> HTML {
        let t = visit.t
        let id = model.organization.publicID.description
        return group {
            h2 { t("contacts.organization.requests") }
            listRows(
                model.askers.map { asker in
                    let name: [String: WordArgument] = ["name": .text(asker.name)]
                    return ListRow(
                        title: HTML(asker.name), subtitle: asker.email,
                        note: t("contacts.organization.asked", ["day": .date(asker.since)]),
                        action: actions {
                            postForm(ContactAddresses.accept(id, asker.publicID), once: "\(visit.once)a") {
                                submitButton(
                                    t("contacts.organization.accept"),
                                    accessibleName: t("contacts.organization.acceptName", name))
                            }
                            postForm(ContactAddresses.decline(id, asker.publicID), once: "\(visit.once)d") {
                                submitButton(
                                    t("contacts.organization.decline"), quiet: true,
                                    accessibleName: t("contacts.organization.declineName", name))
                            }
                        })
                }, label: t("contacts.organization.requests"))
        }
    }

    private static func memberActions(_ member: Model.Person, _ model: Model, _ visit: Visit) -> HTML {
        let t = visit.t
        let id = model.organization.publicID.description
        let name: [String: WordArgument] = ["name": .text(member.name)]
        let isReader = member.account == model.reader
        guard model.mayManage || isReader, !(isReader && model.isOnlyOwner) else { return .empty }
        return actions {
            if model.mayManage, member.role != .owner {
                postForm(ContactAddresses.makeOwner(id, member.publicID), once: "\(visit.once)o") {
                    submitButton(
                        t("contacts.organization.makeOwner"), quiet: true,
                        accessibleName: t("contacts.organization.makeOwnerName", name))
                }
            }
            postForm(ContactAddresses.remove(id, member.publicID), once: "\(visit.once)r") {
                if isReader {
                    submitButton(t("contacts.organization.leave"), quiet: true, danger: true)
                } else {
                    submitButton(
                        t("contacts.organization.remove"), quiet: true,
                        accessibleName: t("contacts.organization.removeName", name), danger: true)
                }
            }
        }
    }

    static func roleName(_ role: Membership.Role, _ t: Voice) -> String {
        switch role {
        case .owner: t("contacts.role.owner")
        case .manager: t("contacts.role.manager")
        case .member: t("contacts.role.member")
        }
    }
}
