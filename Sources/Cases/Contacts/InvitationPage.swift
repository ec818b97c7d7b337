internal import Accounts
internal import CityPack
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Where the link of an invitation leads, for anybody who has it (B7). Looking changes nothing: mail scanners open links. Saying no
/// needs no account; saying yes counts only for the account that has proven the invited address.
enum InvitationPage {
    static let routes: [Route] = [
        .get(CaseAddresses.invitation, .anyone, show),
        .post(CaseAddresses.acceptInvitation, .anyone, accept),
        .post(CaseAddresses.declineInvitation, .anyone, decline),
    ]

    struct Model: Sendable {
        let invitation: Invitation
        let number: String
        let caseType: LocalizedText
        let part: ContactType?
        /// Whether whoever looks sees the case anyhow.
        let maySee: Bool
        /// Whether whoever looks has proven the address.
        let isTheirs: Bool
    }

    // MARK: Answering

    private static func accept(_ visit: Visit) async throws -> WebResponse {
        let here = CaseAddresses.invitation(visit.parameter("token"))
        guard let account = visit.principal.account else {
            let model = try await visit.read { conn in try load(visit, conn) }
            guard let model, model.invitation.state == .open, visit.principal == .guest else { return .redirect(here) }
            let say = Phrase("cases.invitation.signIn", ["email": .text(model.invitation.email.typed)])
            return visit.redirect(.init(AccountAddresses.signIn(), say: say)).setting(NextPage.remember(here))
        }
        let response = try await visit.change { change in
            try limit(visit, change)
            guard let invitation = try Invitation.find(visit.parameter("token"), at: change.now, change.conn),
                try Invitations(change).accept(invitation, by: account)
            else { return .init(here) }
            let number: String = try change.conn.value("SELECT number FROM case_record WHERE id = \(invitation.caseID)") ?? ""
            return .init(CaseAddresses.show(number), say: Phrase("cases.invitation.thanks", ["number": .text(number)]))
        }
        return response.setting(NextPage.forget)
    }

    private static func decline(_ visit: Visit) async throws -> WebResponse {
        let response = try await visit.change { change in
            try limit(visit, change)
            if let invitation = try Invitation.find(visit.parameter("token"), at: change.now, change.conn) {
                _ = try Invitations(change).decline(invitation)
            }
            return .init(CaseAddresses.invitation(visit.parameter("token")))
        }
        return response.setting(NextPage.forget)
    }

    private static func limit(_ visit: Visit, _ change: Change) throws {
        guard try change.allows(.invitationAnswer, visit.request.network) else { throw Refusal.tooMany }
    }

    // MARK: The page

    private static func show(_ visit: Visit) async throws -> WebResponse {
        guard let model = try await visit.read({ conn in try load(visit, conn) }) else { return dead(visit) }
        let t = visit.t
        var page = visit.page(title(model, t)) {
            h1 { title(model, t) }
            InvitationView(model: model, visit: visit).content
        }
        // The secret of the address stands in its forms.
        page.isCompressible = false
        return visit.principal.account == nil ? page : page.setting(NextPage.forget)
    }

    private static func load(_ visit: Visit, _ conn: Connection) throws -> Model? {
        guard let invitation = try Invitation.find(visit.parameter("token"), at: visit.now, conn),
            let row = try conn.row(
                """
                SELECT c.number, c.type, c.pack_hash,
                    CASE WHEN \(visit.city.access.visible("case.view", to: visit.principal, alias: "c", isOne: true)) THEN 1 ELSE 0 END AS may_see
                FROM case_record c WHERE c.id = \(invitation.caseID)
                """)
        else { return nil }
        let pack = try visit.city.pack(row["pack_hash"], conn)
        let type: String = try row["type"]
        return Model(
            invitation: invitation, number: try row["number"],
            caseType: pack.caseType(type)?.name ?? LocalizedText(english: type, spanish: type),
            part: pack.contactType(invitation.type), maySee: try row["may_see"],
            isTheirs: try visit.principal.account.map { try invitation.belongs(to: $0, conn) } ?? false)
    }

    private static func title(_ model: Model, _ t: Voice) -> String {
        switch model.invitation.state {
        case .open: t("cases.invitation.title", ["number": .text(model.number)])
        case .accepted: t("cases.invitation.acceptedTitle")
        case .declined: t("cases.invitation.declinedTitle")
        case .over: t("cases.invitation.overTitle")
        }
    }

    private static func dead(_ visit: Visit) -> WebResponse {
        let t = visit.t
        return visit.page(t("cases.invitation.deadTitle"), status: 410) {
            h1 { t("cases.invitation.deadTitle") }
            p { t("cases.invitation.dead") }
            p { linkButton(t("cases.invitation.home"), SignInAddresses.home(), quiet: true) }
        }
    }
}
