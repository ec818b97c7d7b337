public import Core
internal import Database
public import Primitives

/// Who belongs to an organization (B2): joining, asking to, leaving, roles.
extension ContactWriter {
    /// Makes the account a member of the organization. Does nothing when it is one by itself. Whoever is more by a merge stays that
    /// until the merge is taken back.
    /// - Parameters:
    ///   - evidence: how we know that this is right, for the audit.
    ///   - edge: the merge that it is given by, and ends with.
    @discardableResult
    public func join(
        _ account: AccountID, organization: ContactID, as role: Membership.Role, scope: Membership.Scope = .all,
        evidence: String? = nil, edge: Int64? = nil
    ) throws -> Bool {
        let place = Membership.Place(role: role, scope: role == .member ? scope : .all)
        guard try begin(place, for: account, in: organization, edge: edge) else { return false }
        var arguments = try names(organization, account)
        arguments["role"] = .string(role.rawValue)
        if let evidence { arguments["evidence"] = .string(evidence) }
        if let edge { arguments["edge"] = .integer(edge) }
        try change.record(NewFact(.memberJoined, about: .contact(organization), and: [.account(account)], arguments))
        return true
    }

    private func begin(
        _ place: Membership.Place, for account: AccountID, in organization: ContactID, edge: Int64?
    ) throws -> Bool {
        let before = try Membership.find(account, in: organization, change.conn)
        if edge == nil, let before, before.edge != nil {
            guard before.own == nil else { return false }
            guard before.place.height <= place.height else {
                try change.conn.run(
                    "UPDATE membership SET own_role = \(place.role), own_scope = \(place.scope) WHERE id = \(before.id)")
                return true
            }
            // What was given by a merge and has a ground of its own now stays when the merge is taken back.
            try change.conn.run("UPDATE membership SET until = \(change.now) WHERE id = \(before.id)")
        }
        return try change.conn.run(
            """
            INSERT INTO membership (organization_id, account_id, role, scope, edge_id, since)
            VALUES (\(organization), \(account), \(place.role), \(place.scope), \(edge), \(change.now))
            ON CONFLICT DO NOTHING
            """) > 0
    }

    /// Ends a membership: access ends at the person's next request, the organization keeps everything. What a merge gave because of it
    /// ends with it.
    /// - Parameter isClosing: the account ends; then somebody who is alone in the organization may go.
    /// - Throws: a refusal when this is the last owner, who has to make somebody else an owner first.
    @discardableResult
    public func leave(
        _ account: AccountID, organization: ContactID, why: String? = nil, isClosing: Bool = false
    ) throws -> Bool {
        let members = try Membership.all(in: organization, change.conn)
        guard let leaving = members.first(where: { $0.account == account }) else { return false }
        let isAlone = isClosing && members.count == 1
        if !isAlone, leaving.isLastOwner(among: members) {
            throw Refusal("contacts.organization.lastOwner", ["name": .text(leaving.organizationName)])
        }
        let arguments = try names(organization, account)
        try change.conn.run(
            """
            UPDATE membership SET until = \(change.now)
            WHERE organization_id = \(organization) AND account_id = \(account) AND until IS NULL
            """)
        try change.record(
            NewFact(.memberLeft, about: .contact(organization), and: [.account(account)], arguments, why: why))
        // Whoever was removed does not come back by an invitation of their own.
        let isRemoved = change.principal.signedIn != account
        if isRemoved { try withdrawInvitations(by: account, at: organization, nowA: nil) }
        try endGivenWithoutGround(to: account, around: organization, withdraws: isRemoved, why: why)
        return true
    }

    /// One owner makes another and leaves, as one act: the organization is never without.
    public func handOver(from owner: AccountID, to account: AccountID, organization: ContactID) throws {
        guard owner != account else { throw NotFound() }
        let heir = try Membership.find(account, in: organization, change.conn)
        if heir?.role == .owner, heir?.edge != nil, try isOwnersAct(organization) {
            try join(account, organization: organization, as: .owner, evidence: "an owner handed over")
        } else {
            try setRole(.owner, of: account, organization: organization)
        }
        try leave(owner, organization: organization)
    }

    /// Whether an owner acts, who is one by themselves: what they make of somebody is no gift of a merge.
    private func isOwnersAct(_ organization: ContactID) throws -> Bool {
        guard let actor = change.principal.signedIn else { return false }
        let membership = try Membership.find(actor, in: organization, change.conn)
        return membership?.role == .owner && membership?.edge == nil
    }

    /// The old membership ends and one with the new role begins, so that "who was an owner then?" stays a query. It stands by itself,
    /// not on a merge, when an owner gives it or when the member is one by themselves.
    public func setRole(_ role: Membership.Role, of account: AccountID, organization: ContactID) throws {
        let members = try Membership.all(in: organization, change.conn)
        guard let member = members.first(where: { $0.account == account }) else { throw NotFound() }
        guard member.role != role else { return }
        let edge = try member.own != nil || isOwnersAct(organization) ? nil : member.edge
        if member.isLastOwner(among: members) {
            throw Refusal("contacts.organization.lastOwner", ["name": .text(member.organizationName)])
        }
        try change.conn.run(
            """
            UPDATE membership SET until = \(change.now)
            WHERE organization_id = \(organization) AND account_id = \(account) AND until IS NULL
            """)
        try change.conn.run(
            """
            INSERT INTO membership (organization_id, account_id, role, edge_id, since)
            VALUES (\(organization), \(account), \(role), \(edge), \(change.now))
            """)
        var arguments = try names(organization, account)
        arguments["role"] = .string(role.rawValue)
        try change.record(
            NewFact(
                .memberRoleChanged, about: .contact(organization), and: [.account(account)], arguments,
                before: .string(member.role.rawValue), after: .string(role.rawValue)))
        try withdrawInvitations(by: account, at: organization, nowA: role)
    }

    /// Which cases are open to a member from now on. The old membership ends and a new one begins, as with a role; what was chosen
    /// for the old one ends with it.
    public func setScope(_ scope: Membership.Scope, of account: AccountID, organization: ContactID) throws {
        guard let member = try Membership.find(account, in: organization, change.conn) else { throw NotFound() }
        guard member.scope != scope else { return }
        guard member.role == .member || scope == .all else {
            throw Refusal("contacts.organization.seesAll", ["name": .text(member.organizationName)])
        }
        let edge = member.own == nil ? member.edge : nil
        try change.conn.run("UPDATE membership SET until = \(change.now) WHERE id = \(member.id)")
        try change.conn.run(
            """
            INSERT INTO membership (organization_id, account_id, role, scope, edge_id, since)
            VALUES (\(organization), \(account), \(member.role), \(scope), \(edge), \(change.now))
            """)
        var arguments = try names(organization, account)
        arguments["scope"] = .string(scope.rawValue)
        try change.record(
            NewFact(
                .memberScopeChanged, about: .contact(organization), and: [.account(account)], arguments,
                before: .string(member.scope.rawValue), after: .string(scope.rawValue)))
    }

    /// Asks the owners to let the account in (C1 c). Does nothing when it is a member or has asked already.
    @discardableResult
    public func askToJoin(_ account: AccountID, organization: ContactID) throws -> Bool {
        guard try Membership.find(account, in: organization, change.conn) == nil else { return false }
        let made = try change.conn.run(
            """
            INSERT INTO join_request (organization_id, account_id, state, created_at)
            VALUES (\(organization), \(account), 'waiting', \(change.now))
            ON CONFLICT DO NOTHING
            """)
        guard made > 0 else { return false }
        try change.record(
            NewFact(.joinRequested, about: .contact(organization), and: [.account(account)], try names(organization, account)))
        return true
    }

    /// An owner's answer to a request that waits.
    /// - Returns: false when nothing waits: somebody has answered already.
    public func answerRequest(of account: AccountID, organization: ContactID, accepting: Bool) throws -> Bool {
        let state = accepting ? "accepted" : "declined"
        let answered = try change.conn.run(
            """
            UPDATE join_request SET state = \(state), answered_at = \(change.now)
            WHERE organization_id = \(organization) AND account_id = \(account) AND state = 'waiting'
            """)
        guard answered > 0 else { return false }
        var arguments = try names(organization, account)
        arguments["accepted"] = .bool(accepting)
        try change.record(NewFact(.joinAnswered, about: .contact(organization), and: [.account(account)], arguments))
        if accepting { try join(account, organization: organization, as: .member, evidence: "an owner accepted the request") }
        return true
    }
}
