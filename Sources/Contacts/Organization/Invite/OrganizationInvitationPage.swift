internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Where the link of an invitation to an organization leads, for anybody who has it (B2). Looking changes nothing: mail scanners
/// open links. Saying no needs no account; saying yes counts only for the account that has proven the invited address.
enum OrganizationInvitationPage {
    static let routes: [Route] = [
        .get(ContactAddresses.invitation, .anyone, show),
        .post(ContactAddresses.acceptInvitation, .anyone, accept),
        .post(ContactAddresses.declineInvitation, .anyone, decline),
    ]

    // MARK: Answering

    private static func accept(_ visit: Visit) async throws -> WebResponse {
        let here = ContactAddresses.invitation(visit.parameter("token"))
        guard let account = visit.principal.account else {
            let found = try await visit.read { conn in try find(visit, conn) }
            guard let found, found.state == .open, visit.principal == .guest else { return .redirect(here) }
            let say = Phrase("contacts.invitation.signIn", ["email": .text(found.email.typed)])
            return visit.redirect(.init(AccountAddresses.signIn(), say: say)).setting(NextPage.remember(here))
        }
        let response = try await visit.change { change in
            try limit(visit, change)
            guard let found = try find(visit, change.conn), try ContactWriter(change).accept(found, by: account) else {
                return .init(here)
            }
            let organization = try Contact.find(found.organization, change.conn)
            return .init(
                organization.map { ContactAddresses.organization($0.publicID.description) } ?? AccountAddresses.account(),
                say: found.scope == .all
                    ? Phrase("contacts.invitation.thanks", ["company": .text(found.organizationName)])
                    : Phrase("contacts.invitation.thanksChosen", ["company": .text(found.organizationName)]))
        }
        return response.setting(NextPage.forget)
    }

    private static func decline(_ visit: Visit) async throws -> WebResponse {
        let response = try await visit.change { change in
            try limit(visit, change)
            if let found = try find(visit, change.conn) { _ = try ContactWriter(change).decline(found) }
            return .init(ContactAddresses.invitation(visit.parameter("token")))
        }
        return response.setting(NextPage.forget)
    }

    private static func limit(_ visit: Visit, _ change: Change) throws {
        guard try change.allows(.invitationAnswer, visit.request.network) else { throw Refusal.tooMany }
    }

    private static func find(_ visit: Visit, _ conn: Connection) throws -> OrganizationInvitation? {
        try OrganizationInvitation.find(visit.parameter("token"), at: visit.now, conn)
    }

    // MARK: The page

    private static func show(_ visit: Visit) async throws -> WebResponse {
        let found = try await visit.read { conn -> (OrganizationInvitation, isTheirs: Bool)? in
            guard let found = try find(visit, conn) else { return nil }
            return (found, try visit.principal.account.map { try found.belongs(to: $0, conn) } ?? false)
        }
        guard let (invitation, isTheirs) = found else { return dead(visit) }
        let title = title(invitation, visit.t)
        var page = visit.page(title) {
            h1 { title }
            content(invitation, isTheirs: isTheirs, visit)
        }
        // The secret of the address stands in its forms.
        page.isCompressible = false
        return visit.principal.account == nil ? page : page.setting(NextPage.forget)
    }

    private static func title(_ invitation: OrganizationInvitation, _ t: Voice) -> String {
        switch invitation.state {
        case .open: t("contacts.invitation.title", ["company": .text(invitation.organizationName)])
        case .accepted: t("contacts.invitation.acceptedTitle")
        case .declined: t("contacts.invitation.declinedTitle")
        case .over: t("contacts.invitation.overTitle")
        }
    }

    private static func content(_ invitation: OrganizationInvitation, isTheirs: Bool, _ visit: Visit) -> HTML {
        let t = visit.t
        func over(_ key: WordKey, _ day: Instant) -> HTML {
            emptyState(
                t(key, ["company": .text(invitation.organizationName), "date": .date(visit.day(of: day))]),
                action: linkButton(t("contacts.invitation.home"), SignInAddresses.home(), quiet: true))
        }
        return switch invitation.state {
        case .open: open(invitation, isTheirs: isTheirs, visit)
        case .accepted(let day): over("contacts.invitation.accepted", day)
        case .declined(let day): over("contacts.invitation.declined", day)
        case .over: over("contacts.invitation.over", invitation.expires)
        }
    }

    private static func open(_ invitation: OrganizationInvitation, isTheirs: Bool, _ visit: Visit) -> HTML {
        let t = visit.t
        let email: [String: WordArgument] = ["email": .text(invitation.email.typed)]
        let isGuest = visit.principal.signedIn == nil
        return group {
            p {
                t(
                    "contacts.invitation.lead",
                    ["name": .text(invitation.inviterName), "company": .text(invitation.organizationName)])
            }
            descriptionList([
                Detail(
                    term: t("contacts.organization.role"),
                    value: group {
                        strong { OrganizationPage.roleName(invitation.role, t) }
                        " "
                        OrganizationPage.roleMeans(invitation.role, t)
                    }),
                Detail(term: t("contacts.scope.cases"), value: HTML(OrganizationPage.scopeName(invitation.scope, t))),
                Detail(term: t("contacts.invitation.for"), value: HTML(invitation.email.typed)),
                Detail(
                    term: t("contacts.invitation.until"),
                    value: HTML(visit.day(of: invitation.expires).long(in: t.language))),
            ])
            if isGuest {
                p { t("contacts.invitation.how", email) }
            } else if !isTheirs {
                p { t("contacts.invitation.otherAccount", email.merging(["name": .text(visit.identity.name)]) { $1 }) }
                if visit.principal.account != nil {
                    p { linkButton(t("contacts.invitation.addAddress"), AccountAddresses.emails(), quiet: true) }
                }
            }
            answers(visit, mayAccept: isGuest || isTheirs)
            p(.class("soft")) { t("contacts.invitation.declineHow") }
        }
    }

    private static func answers(_ visit: Visit, mayAccept: Bool) -> HTML {
        let token = visit.parameter("token")
        return actions {
            if mayAccept {
                postForm(ContactAddresses.acceptInvitation(token), once: "\(visit.once)a") {
                    submitButton(visit.t("contacts.organization.accept"))
                }
            }
            postForm(ContactAddresses.declineInvitation(token), once: "\(visit.once)d") {
                submitButton(visit.t("contacts.organization.decline"), quiet: true, danger: true)
            }
        }
    }

    private static func dead(_ visit: Visit) -> WebResponse {
        let t = visit.t
        return visit.page(t("contacts.invitation.deadTitle"), status: 410) {
            h1 { t("contacts.invitation.deadTitle") }
            p { t("contacts.invitation.dead") }
            p { linkButton(t("contacts.invitation.home"), SignInAddresses.home(), quiet: true) }
        }
    }
}
