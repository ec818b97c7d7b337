internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// "Who you act for" on the account page: one of somebody's organizations, or nobody but themselves. It stands in the header and, with
/// what they do, in the history (K3); it opens nothing and closes nothing.
enum ActingForPanel {
    private static let organization = Field.choice("organization", label: "contacts.actingFor.label")
    static let form = Form(organization)
    /// The choice of somebody who acts for nobody else.
    private static let oneself = "myself"

    /// - Parameter organizations: those that the visitor belongs to.
    static func view(_ organizations: [Contact], _ visit: Visit) -> HTML {
        guard !organizations.isEmpty else { return .empty }
        let t = visit.t
        let choices =
            organizations.map { Choice(value: $0.publicID.description, title: $0.name) }
            + [Choice(value: oneself, title: t("contacts.actingFor.myself"))]
        let now = organizations.first { $0.id == visit.principal.onBehalfOf }?.publicID.description
        let answers = form.blank([organization.definition.name: now ?? oneself])
        return panel(title: t("contacts.actingFor.title"), id: "acting-for") {
            p { t("contacts.actingFor.lead") }
            postForm(ContactAddresses.actingFor(), once: "\(visit.once)a") {
                answers.view(organization, t, choices: choices, marksOptional: false)
                submitButton(t("contacts.actingFor.save"), quiet: true)
            }
        }
    }

    static func save(_ visit: Visit) async throws -> WebResponse {
        let chosen = try visit.submission[organization]
        return try await visit.change { change in
            guard let account = visit.principal.account else { throw NotFound() }
            guard chosen != oneself else {
                try ActingFor.choose(nil, on: visit, change)
                return .init(AccountAddresses.account(), say: Phrase("contacts.actingFor.nobody"))
            }
            let memberships = try Membership.all(of: account, change.conn)
            guard let one = memberships.first(where: { $0.organizationPublicID.description == chosen }) else { throw NotFound() }
            try ActingFor.choose(one.organization, on: visit, change)
            let name: [String: WordArgument] = ["company": .text(one.organizationName)]
            return .init(AccountAddresses.account(), say: Phrase("contacts.actingFor.saved", name))
        }
    }
}
