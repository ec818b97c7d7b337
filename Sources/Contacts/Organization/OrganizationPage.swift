internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// An organization as its members see it: who belongs to it, and for those who look after its people who asks to and who was
/// invited (B2).
enum OrganizationPage {
    struct Model: Sendable {
        struct Person: Sendable {
            let account: AccountID
            let publicID: String
            let name: String
            let role: Membership.Role
            let scope: Membership.Scope
            let since: CivilDate
        }

        let organization: Contact
        let members: [Person]
        /// Only owners see who asks.
        let askers: [JoinRequest]
        /// Only owners and managers see who was invited.
        let invitations: [OrganizationInvitation]
        let reader: AccountID

        var readersRole: Membership.Role { members.first { $0.account == reader }?.role ?? .member }

        /// The reader would leave the organization without an owner.
        var isOnlyOwner: Bool { members.filter { $0.role == .owner }.map(\.account) == [reader] }
    }

    static func show(_ visit: Visit) async throws -> WebResponse {
        let model = try await visit.read { conn in try load(visit, conn) }
        return visit.page(model.organization.name, crumbs: [myAccountCrumb(visit.t)]) {
            OrganizationView(model: model, visit: visit).content
        }
    }

    private static func load(_ visit: Visit, _ conn: Connection) throws -> Model {
        guard let reader = visit.principal.account else { throw NotFound() }
        let seen = try SeenOrganization.find(visit, conn)
        let id = seen.contact.id
        return Model(
            organization: seen.contact, members: try people(of: id, visit, conn),
            askers: seen.mayManage ? try JoinRequest.waiting(at: id, conn) : [],
            invitations: seen.mayLookAfter ? try OrganizationInvitation.all(at: id, now: visit.now, conn) : [], reader: reader)
    }

    /// Its people, owners first.
    static func people(of organization: ContactID, _ visit: Visit, _ conn: Connection) throws -> [Model.Person] {
        try conn.rows(
            """
            SELECT m.account_id, m.role, m.scope, m.since, a.public_id, a.first_name, a.last_name
            FROM membership m JOIN account a ON a.id = m.account_id
            WHERE m.organization_id = \(organization) AND m.until IS NULL
            ORDER BY CASE m.role WHEN 'owner' THEN 0 WHEN 'manager' THEN 1 ELSE 2 END, m.id
            """
        ).map { row in
            let (first, last): (String, String) = (try row["first_name"], try row["last_name"])
            return Model.Person(
                account: try row["account_id"], publicID: try row["public_id"], name: "\(first) \(last)".trimmed,
                role: try row["role"], scope: try row["scope"], since: visit.day(of: try row["since"]))
        }
    }

    static func crumbs(_ organization: Contact, _ t: Voice) -> [Crumb] {
        [
            myAccountCrumb(t),
            Crumb(title: organization.name, link: ContactAddresses.organization(organization.publicID.description)),
        ]
    }

    static func roleName(_ role: Membership.Role, _ t: Voice) -> String { t(Membership.roleName(role)) }

    static func roleMeans(_ role: Membership.Role, _ t: Voice) -> String {
        switch role {
        case .owner: t("contacts.role.ownerMeans")
        case .manager: t("contacts.role.managerMeans")
        case .member: t("contacts.role.memberMeans")
        }
    }

    static func scopeName(_ scope: Membership.Scope, _ t: Voice) -> String {
        switch scope {
        case .all: t("contacts.scope.all")
        case .chosen: t("contacts.scope.chosen")
        }
    }

    static func choice(_ role: Membership.Role, _ t: Voice) -> Choice {
        Choice(value: role.rawValue, title: roleName(role, t), hint: roleMeans(role, t))
    }
}
