internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// What owners and managers do with an invitation that waits.
enum InvitationActions {
    static let routes: [Route] = [
        .post(ContactAddresses.sendAgain, .account, sendAgain), .post(ContactAddresses.withdraw, .account, withdraw),
    ]

    private static func sendAgain(_ visit: Visit) async throws -> WebResponse {
        try await act(visit) { change, invitation in
            try InvitePage.allow(invitation.email.folded, change)
            try ContactWriter(change).sendAgain(invitation)
            return Phrase("contacts.invite.sentAgain", ["email": .text(invitation.email.typed)])
        }
    }

    private static func withdraw(_ visit: Visit) async throws -> WebResponse {
        try await act(visit) { change, invitation in
            try ContactWriter(change).withdraw(invitation)
            return Phrase("contacts.invite.withdrawn", ["email": .text(invitation.email.typed)])
        }
    }

    private static func act(
        _ visit: Visit, _ body: @escaping @Sendable (Change, OrganizationInvitation) throws -> Phrase
    ) async throws -> WebResponse {
        let page = ContactAddresses.organization(visit.parameter("id"))
        _ = try await visit.read { conn in try MemberActions.looking(visit, conn) }
        return try await Reauthenticate.first(visit, from: page) {
            try await visit.change { change in
                let (organization, mine) = try MemberActions.looking(visit, change.conn)
                let found = try OrganizationInvitation.waiting(
                    visit.parameter("invitation"), at: organization.id, now: change.now, change.conn)
                guard let found else { return .init(page, say: Phrase("contacts.invite.gone")) }
                guard mine.mayInvite.contains(found.role) else { throw NotFound() }
                return .init(page, say: try body(change, found))
            }
        }
    }
}
