internal import Core
internal import Database

/// Who sees and changes contacts. A contact's own page data is for staff and for whoever acts as it; an organization's people are
/// for its members, and its owners look after them (B2).
enum ContactAccess {
    static let rules: [AccessRule] = [
        AccessRule(
            "contact.view", on: "contact",
            when: .any([.reached(by: [link]), .reached(by: [membership()]), .staff("contact.view"), .program])),
        AccessRule(
            "contact.set-findable", on: "contact",
            when: .any([
                .all([.column("kind", equals: .text("person")), .reached(by: [link])]), .reached(by: [membership(.owner)]),
            ])),
        AccessRule("organization.view", on: "contact", when: .reached(by: [membership()])),
        AccessRule("organization.manage", on: "contact", when: .reached(by: [membership(.owner)])),
        // Inviting, removing and looking after members. What concerns owners and managers is the owners' alone.
        AccessRule("organization.people", on: "contact", when: .reached(by: [membership(.owner, .manager)])),
    ]

    private static let link = Relation("contact_link", from: "account_id", to: "contact_id")

    private static func membership(_ roles: Membership.Role...) -> Relation {
        Relation(
            "membership", from: "account_id", to: "organization_id",
            filters: roles.isEmpty ? [] : [.init("role", in: roles.map(\.sqlValue))])
    }
}
