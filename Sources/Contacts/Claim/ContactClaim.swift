public import Core
internal import Database
public import Primitives

/// Somebody shows by other evidence than its email that a record is theirs (C2). What follows is decided by the rules of C1, for the
/// one record that the evidence names.
public struct ContactClaim {
    public enum Outcome: Sendable, Hashable {
        case alreadyYours
        /// A person's record is theirs now.
        case linked
        /// They are the company's first owner.
        case owner
        /// The company's owners were asked.
        case asked
        /// A steward must decide.
        case undecided(UndecidedReason)
    }

    private let change: Change
    public init(_ change: Change) { self.change = change }

    /// - Parameters:
    ///   - evidence: how we know, as a short sentence for the audit. Never the secret itself.
    ///   - doubt: why a steward looks before the record becomes anybody's; nil when the evidence is enough.
    public func take(
        _ contact: ContactID, for account: AccountID, evidence: String, doubt: UndecidedReason? = nil
    ) throws -> Outcome {
        let conn = change.conn
        let survivor = try Contact.survivor(of: contact, conn)
        guard var candidate = try ClaimEvidence.candidate(survivor, account, conn) else { throw NotFound() }
        // Another record of the same person shows its own cases only: having one of them is not having this one.
        candidate.isMine = try ClaimEvidence.isOwn(contact, account, conn)
        let decision = ClaimDecision.decide([candidate], isShared: false)
        if let doubt, [.linkPerson, .firstOwner].contains(decision.outcome.name) { return .undecided(doubt) }
        let writer = ContactWriter(change)
        switch decision.outcome {
        case .nothing, .alreadyYours: return .alreadyYours
        case .linkPerson:
            try writer.link(account, to: contact, how: .claim, evidence: evidence)
            return .linked
        case .firstOwner:
            try writer.join(account, organization: contact, as: .owner, evidence: evidence)
            return .owner
        case .joinRequest:
            // The owner may be that of another record that was found to be the same company.
            guard try Membership.hasOwner(contact, conn) else { return .undecided(.linkedToAnother) }
            try writer.askToJoin(account, organization: contact)
            return .asked
        case .undecided: return .undecided(decision.reason ?? .linkedToAnother)
        }
    }

    /// Takes back that an account became a record's, when it did so since then. Of a company everybody goes who came in since: an
    /// organization that had no owner got all of them from this one.
    /// - Returns: the accounts that acted for it because of this, also those that left before: what they did is taken back too.
    public func undo(_ contact: ContactID, of account: AccountID, since: Instant, why: String) throws -> [AccountID] {
        let conn = change.conn
        guard let found = try Contact.find(contact, conn) else { return [] }
        switch found.kind {
        case .person:
            let isLive = try conn.exists(
                """
                SELECT 1 FROM contact_link
                WHERE account_id = \(account) AND contact_id = \(contact) AND until IS NULL AND since >= \(since)
                """)
            if isLive { try ContactWriter(change).unlink(account, from: contact, why: why) }
            return [account]
        case .company:
            let left: [AccountID] = try conn.rows(
                """
                SELECT DISTINCT account_id FROM membership
                WHERE organization_id = \(contact) AND until IS NOT NULL AND since >= \(since) ORDER BY account_id
                """
            ).map { try $0["account_id"] }
            let members = try Membership.all(in: contact, conn).filter { $0.since >= since }
            for member in members {
                try ContactWriter(change).endMembership(of: member.account, in: contact, why: why)
            }
            return Set([account] + left + members.map(\.account)).sorted()
        }
    }
}

extension ContactWriter {
    /// Unlike leaving, this ends the last owner's membership too: it should never have begun. What the person asked of others is taken
    /// back with it, and what a merge gave because of it ends.
    /// - Returns: false when there was nothing to end.
    @discardableResult
    public func endMembership(of account: AccountID, in organization: ContactID, why: String) throws -> Bool {
        let arguments = try names(organization, account)
        let ended = try change.conn.run(
            """
            UPDATE membership SET until = \(change.now)
            WHERE organization_id = \(organization) AND account_id = \(account) AND until IS NULL
            """)
        guard ended > 0 else { return false }
        try change.record(
            NewFact(.memberLeft, about: .contact(organization), and: [.account(account)], arguments, why: why))
        try withdrawInvitations(by: account, at: organization, nowA: nil)
        try endGivenWithoutGround(to: account, around: organization, why: why)
        return true
    }
}
