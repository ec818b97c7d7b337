internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Asks somebody at an exact address to act for the organization (B2). The page, the row and the email are the same whether or not
/// the address is known (A2).
enum InvitePage {
    private static let email = Field<TypedEmail>.email(
        label: "contacts.invite.email", hint: "contacts.invite.emailHint", autocomplete: "off")
    private static let role = Field<String>.choice(
        "role", radios: true, label: "contacts.invite.role", missing: "contacts.invite.roleMissing")
    private static let days = Field<String>.choice("days", label: "contacts.invite.days")
    private static let scope = Field<String>.choice(
        "scope", radios: true, label: "contacts.scope.which", hint: "contacts.scope.whichHint",
        missing: "contacts.scope.missing")
    private static let form = Form(email, role, scope, days)

    static let routes: [Route] = [
        .get(ContactAddresses.invite, .account, show),
        .post(ContactAddresses.invite, .account, form: form, invalid: show, send).even,
    ]

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let (organization, mine) = try await visit.read { conn in try MemberActions.looking(visit, conn) }
        let t = visit.t
        let usual = [
            "role": Membership.Role.member.rawValue, "scope": Membership.Scope.all.rawValue,
            "days": String(OrganizationInvitation.days[0]),
        ]
        let answers = visit.request.method == .get ? form.blank(usual) : visit.submission
        let company: [String: WordArgument] = ["company": .text(organization.name)]
        return visit.page(t("contacts.invite.title", company), crumbs: OrganizationPage.crumbs(organization, t)) {
            visit.submission.summary(t)
            h1 { t("contacts.invite.title", company) }
            p { t("contacts.invite.lead") }
            postForm(ContactAddresses.invite(organization.publicID.description), once: visit.once) {
                answers.view(email, t)
                answers.view(role, t, choices: mine.mayInvite.map { OrganizationPage.choice($0, t) })
                answers.view(
                    scope, t,
                    choices: Membership.Scope.allCases.map {
                        Choice(value: $0.rawValue, title: OrganizationPage.scopeName($0, t))
                    })
                answers.view(
                    days, t,
                    choices: OrganizationInvitation.days.map {
                        Choice(value: String($0), title: t("contacts.invite.dayCount", ["count": .number(Int($0))]))
                    })
                submitButton(t("contacts.invite.button"))
            }
        }
    }

    private static func send(_ visit: Visit) async throws -> WebResponse {
        let submission = visit.submission
        let typed = try submission[email]
        let address = TypedAddress(typed: typed.typed, folded: typed.folded)
        let wanted = Membership.Role(rawValue: try submission[role])
        guard let open = Membership.Scope(rawValue: try submission[scope]) else {
            throw submission.refusing(scope, "contacts.scope.missing")
        }
        guard let days = Int64(try submission[days]), OrganizationInvitation.days.contains(days) else {
            throw submission.refusing(Self.days, "contacts.invite.chooseDays")
        }
        // What is asked for is no secret, but nobody may ask in somebody else's place (A4).
        _ = try await visit.read { conn in try MemberActions.looking(visit, conn) }
        return try await Reauthenticate.first(visit) {
            try await visit.change { change in
                let (organization, mine) = try MemberActions.looking(visit, change.conn)
                guard let inviter = visit.principal.account, let wanted, mine.mayInvite.contains(wanted) else {
                    throw submission.refusing(role, "contacts.invite.roleMissing")
                }
                guard wanted == .member || open == .all else { throw submission.refusing(scope, "contacts.scope.onlyMembers") }
                try allow(address.folded, change)
                let isNew = try ContactWriter(change).invite(
                    address, to: organization.id, as: wanted, scope: open, by: inviter, days: days, language: visit.language)
                let email: [String: WordArgument] = ["email": .text(address.typed)]
                return .init(
                    ContactAddresses.organization(organization.publicID.description),
                    say: isNew ? Phrase("contacts.invite.sent", email) : Phrase("contacts.invite.already", email))
            }
        }
    }

    /// Nobody floods a mailbox, or asks the whole town.
    static func allow(_ email: FoldedEmail, _ change: Change) throws {
        guard try change.allows(.contactAdd, change.principal.actor),
            try change.allows(.mailPerRecipient, "organization|\(email)")
        else { throw Refusal.tooMany }
    }
}
