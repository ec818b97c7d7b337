public import Accounts
public import Core
internal import Database
public import Primitives

/// What an organization asks of an address, and what comes of it (B2).
extension ContactWriter {
    /// The same row, whether or not somebody has the address (A2).
    /// - Returns: false when this address has an invitation that waits.
    @discardableResult
    public func invite(
        _ email: TypedAddress, to organization: ContactID, as role: Membership.Role, scope: Membership.Scope = .all,
        by inviter: AccountID, days: Int64, language: Language
    ) throws -> Bool {
        // One whose time is over makes room for the new one.
        try expireInvitation(to: email.folded, at: organization)
        let made = try change.conn.run(
            """
            INSERT INTO organization_invitation (public_id, organization_id, typed, folded, role, scope, state, language, invited_by,
                                                 created_at, sent_at, expires_at)
            VALUES (\(change.publicID()), \(organization), \(email.typed), \(email.folded), \(role), \(scope), 'waiting', \(language),
                    \(inviter), \(change.now), \(change.now), \(change.now + .days(days)))
            ON CONFLICT DO NOTHING
            """)
        guard made > 0 else { return false }
        let id: Int64? = try change.conn.value(
            """
            SELECT id FROM organization_invitation
            WHERE organization_id = \(organization) AND folded = \(email.folded) AND until IS NULL
            """)
        if let invitation = try id.flatMap({ try OrganizationInvitation.find(id: $0, at: change.now, change.conn) }) {
            try record(.memberInvited, invitation)
        }
        return true
    }

    /// A new email with a new link, and the time to answer begins again; the old link is dead.
    func sendAgain(_ invitation: OrganizationInvitation) throws {
        let expires = change.now + (invitation.expires - invitation.sentAt)
        try change.conn.run(
            """
            UPDATE organization_invitation SET sent_at = \(change.now), expires_at = \(expires), token_hash = NULL
            WHERE id = \(invitation.id)
            """)
        try record(.memberInvitationSent, invitation)
    }

    /// - Parameter edge: the merge whose end takes it back.
    func withdraw(_ invitation: OrganizationInvitation, edge: Int64? = nil) throws {
        try end(invitation, "withdrawn", isAnswer: false)
        try record(.memberInvitationWithdrawn, invitation, edge: edge)
    }

    /// Whoever has proven exactly the invited address says yes. Answered once; a second answer changes nothing. Who belongs to the
    /// organization already keeps the role they have.
    /// - Returns: false when it is over, was answered, or is another account's.
    func accept(_ invitation: OrganizationInvitation, by account: AccountID) throws -> Bool {
        guard invitation.state == .open, try invitation.belongs(to: account, change.conn) else { return false }
        try end(invitation, "accepted", isAnswer: true)
        try record(.memberInvitationAnswered, invitation, isAccepted: true)
        try join(
            account, organization: invitation.organization, as: invitation.role, scope: invitation.scope,
            evidence: "accepted the invitation of \(invitation.inviterName)")
        // Who asked to be let in meanwhile is in.
        try change.conn.run(
            """
            UPDATE join_request SET state = 'accepted', answered_at = \(change.now)
            WHERE organization_id = \(invitation.organization) AND account_id = \(account) AND state = 'waiting'
            """)
        return true
    }

    /// Whoever has the link says no.
    /// - Returns: false when it is over or was answered.
    func decline(_ invitation: OrganizationInvitation) throws -> Bool {
        guard invitation.state == .open else { return false }
        try end(invitation, "declined", isAnswer: true)
        try record(.memberInvitationAnswered, invitation, isAccepted: false)
        return true
    }

    /// Marks what nobody answered in time.
    /// - Returns: how many there were; there may be more when it is `limit`.
    func expireInvitations(limit: Int) throws -> Int {
        let ids = try change.conn.rows(
            """
            SELECT id FROM organization_invitation WHERE until IS NULL AND expires_at <= \(change.now)
            ORDER BY expires_at LIMIT \(limit)
            """
        ).map { try $0["id"] as Int64 }
        for id in ids { try expire(id) }
        return ids.count
    }

    private func expireInvitation(to email: FoldedEmail, at organization: ContactID) throws {
        let id: Int64? = try change.conn.value(
            """
            SELECT id FROM organization_invitation
            WHERE organization_id = \(organization) AND folded = \(email) AND until IS NULL AND expires_at <= \(change.now)
            """)
        if let id { try expire(id) }
    }

    private func expire(_ id: Int64) throws {
        guard let invitation = try OrganizationInvitation.find(id: id, at: change.now, change.conn) else { return }
        try end(invitation, "expired", isAnswer: false)
        try record(.memberInvitationExpired, invitation)
    }

    /// What somebody asked of others is taken back when they may no longer ask it.
    /// - Parameters:
    ///   - role: what they are now; nil for somebody who was removed.
    ///   - edge: the merge that made them more, where it ends.
    func withdrawInvitations(
        by account: AccountID, at organization: ContactID, nowA role: Membership.Role?, edge: Int64? = nil
    ) throws {
        let ids = try change.conn.rows(
            """
            SELECT id FROM organization_invitation
            WHERE invited_by = \(account) AND organization_id = \(organization) AND until IS NULL ORDER BY id
            """
        ).map { try $0["id"] as Int64 }
        for id in ids {
            guard let invitation = try OrganizationInvitation.find(id: id, at: change.now, change.conn),
                !(role?.mayInvite.contains(invitation.role) ?? false)
            else { continue }
            try withdraw(invitation, edge: edge)
        }
    }

    /// All that somebody asked of others, wherever.
    func withdrawInvitations(by account: AccountID) throws {
        let ids = try change.conn.rows(
            "SELECT id FROM organization_invitation WHERE invited_by = \(account) AND until IS NULL ORDER BY id"
        ).map { try $0["id"] as Int64 }
        for id in ids {
            guard let invitation = try OrganizationInvitation.find(id: id, at: change.now, change.conn) else { continue }
            try withdraw(invitation)
        }
    }

    private func end(_ invitation: OrganizationInvitation, _ state: String, isAnswer: Bool) throws(DatabaseError) {
        try change.conn.run(
            """
            UPDATE organization_invitation SET state = \(state), until = \(change.now),
                answered_at = \(isAnswer ? change.now : nil)
            WHERE id = \(invitation.id) AND until IS NULL
            """)
    }

    private func record(
        _ kind: FactKind, _ invitation: OrganizationInvitation, isAccepted: Bool? = nil, edge: Int64? = nil
    ) throws {
        var arguments = invitation.arguments
        if let edge { arguments["edge"] = .integer(edge) }
        if let isAccepted { arguments["accepted"] = .bool(isAccepted) }
        try change.record(
            NewFact(kind, about: .contact(invitation.organization), and: [.account(invitation.inviter)], arguments))
    }
}

extension Membership.Role {
    /// Whom somebody with this role may invite: nobody invites anybody above themselves.
    var mayInvite: [Membership.Role] {
        switch self {
        case .owner: [.member, .manager, .owner]
        case .manager: [.member]
        case .member: []
        }
    }

    /// Whom somebody with this role may remove, and whose cases they may choose.
    func looksAfter(_ other: Membership.Role) -> Bool { self == .owner || self == .manager && other == .member }
}
