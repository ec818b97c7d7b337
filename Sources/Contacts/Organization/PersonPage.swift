internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// One of an organization's people, as its owners see them: their role (B2).
enum PersonPage {
    private static let role = Field<String>.choice(
        "role", radios: true, label: "contacts.invite.role", missing: "contacts.invite.roleMissing")
    private static let form = Form(role)

    static let routes: [Route] = [
        .get(ContactAddresses.person, .account, show),
        .post(ContactAddresses.person, .account, form: form, invalid: show, save),
    ]

    struct Model: Sendable {
        let organization: Contact
        let person: OrganizationPage.Model.Person
        /// Whether somebody else owns the organization too.
        let hasOtherOwner: Bool
    }

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let model = try await visit.read { conn in try load(visit, conn) }
        let t = visit.t
        let answers = visit.request.method == .get ? form.blank(["role": model.person.role.rawValue]) : visit.submission
        return visit.page(model.person.name, crumbs: OrganizationPage.crumbs(model.organization, t)) {
            visit.submission.summary(t)
            pageHeading(
                model.person.name, lead: t("contacts.person.of", ["company": .text(model.organization.name)]))
            if model.person.role == .owner, !model.hasOtherOwner {
                p { t("contacts.person.onlyOwner", ["name": .text(model.person.name)]) }
            } else {
                postForm(
                    ContactAddresses.person(model.organization.publicID.description, model.person.publicID), once: visit.once
                ) {
                    answers.view(role, t, choices: Membership.Role.allCases.map { OrganizationPage.choice($0, t) })
                    submitButton(t("contacts.person.save"))
                }
            }
        }
    }

    private static func load(_ visit: Visit, _ conn: Connection) throws -> Model {
        let organization = try MemberActions.owned(visit, conn)
        let people = try OrganizationPage.people(of: organization.id, visit, conn)
        guard let person = people.first(where: { $0.publicID == visit.parameter("account") }) else { throw NotFound() }
        return Model(
            organization: organization, person: person,
            hasOtherOwner: people.contains { $0.role == .owner && $0.account != person.account })
    }

    private static func save(_ visit: Visit) async throws -> WebResponse {
        guard let wanted = Membership.Role(rawValue: try visit.submission[role]) else {
            throw visit.submission.refusing(role, "contacts.invite.roleMissing")
        }
        _ = try await visit.read { conn in try load(visit, conn) }
        return try await Reauthenticate.first(visit) {
            try await visit.change { change in
                let model = try load(visit, change.conn)
                try ContactWriter(change).setRole(wanted, of: model.person.account, organization: model.organization.id)
                let names: [String: WordArgument] = [
                    "name": .text(model.person.name), "role": .text(OrganizationPage.roleName(wanted, visit.t)),
                ]
                return .init(
                    ContactAddresses.organization(model.organization.publicID.description),
                    say: Phrase("contacts.person.saved", names))
            }
        }
    }
}
