internal import Accounts
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// What becomes of an invitation after it was sent: answered, sent again, or over (B7).
extension Invitations {
    /// Whoever has proven exactly the invited address says yes. Answered once; a second answer changes nothing.
    /// - Returns: false when it is over, was answered, or is another account's.
    func accept(_ invitation: Invitation, by account: AccountID) throws -> Bool {
        guard invitation.state == .open, try invitation.belongs(to: account, change.conn),
            let type = try type(invitation.type, of: invitation.caseID)
        else { return false }
        // Whoever has the address now, who may not be the one it was proven by first.
        guard let contact = try ContactPeople.recipient(email: invitation.email.folded, change.conn) else {
            throw Refusal("cases.invitation.noRecord", ["phone": .text(change.city.pack.city.phone)])
        }
        try change.conn.run(
            """
            UPDATE case_invitation SET state = 'accepted', contact_id = \(contact), answered_at = \(change.now)
            WHERE id = \(invitation.id)
            """)
        try tell(invitation, isAccepted: true)
        if let before = invitation.contact, before != contact {
            try GrantWriter(change).settle(before, on: invitation.caseID, as: type)
        }
        try GrantWriter(change).settle(contact, on: invitation.caseID, as: type)
        return true
    }

    /// Whoever has the link says no: what it gave ends.
    /// - Returns: false when it is over or was answered.
    func decline(_ invitation: Invitation) throws -> Bool {
        guard invitation.state == .open else { return false }
        try change.conn.run(
            """
            UPDATE case_invitation SET state = 'declined', answered_at = \(change.now), ended_at = \(change.now)
            WHERE id = \(invitation.id)
            """)
        try tell(invitation, isAccepted: false)
        if let contact = invitation.contact, let type = try type(invitation.type, of: invitation.caseID) {
            try GrantWriter(change).settle(contact, on: invitation.caseID, as: type)
        }
        return true
    }

    private func tell(_ invitation: Invitation, isAccepted: Bool) throws {
        var arguments = Invitations.arguments(invitation.id, invitation.email.folded, invitation.type)
        arguments["accepted"] = .bool(isAccepted)
        try change.record(NewFact(.invitationAnswered, about: .case(invitation.caseID), arguments))
    }

    /// A new email with a new link, and the time to answer begins again; the old link is dead.
    /// - Returns: the address; nil for one that is over or was answered.
    /// - Throws: a refusal when that address has had too many emails.
    func sendAgain(_ id: Int64, on caseID: CaseID, language: Language) throws -> TypedAddress? {
        guard
            let row = try change.conn.row(
                """
                SELECT typed, folded, contact_type, created_at, sent_at, expires_at FROM case_invitation
                WHERE id = \(id) AND case_id = \(caseID) AND ended_at IS NULL AND answered_at IS NULL
                """)
        else { return nil }
        let address = TypedAddress(typed: try row["typed"], folded: try row["folded"])
        let (created, sent, expires): (Instant, Instant?, Instant) = (
            try row["created_at"], try row["sent_at"], try row["expires_at"]
        )
        guard try change.allows(.mailPerRecipient, "case|\(address.folded)") else { throw Refusal.tooMany }
        let lifetime = min(expires - (sent ?? created), InvitationTerms.usual.lifetime)
        try change.conn.run(
            """
            UPDATE case_invitation SET expires_at = \(change.now + lifetime), sent_at = \(change.now),
                token_hash = NULL, state = CASE WHEN state = 'expired' THEN 'waiting' ELSE state END
            WHERE id = \(id)
            """)
        var arguments = Invitations.arguments(id, address.folded, try row["contact_type"])
        arguments["language"] = .string(language.rawValue)
        arguments["mail"] = .bool(true)
        try change.record(NewFact(.invitationSent, about: .case(caseID), arguments))
        // The address may have been proven after the time was over.
        try accept(address.folded)
        return address
    }

    /// Marks what nobody answered in time. The row stays where it is: to the others on the case it reads as it did, whether or not
    /// somebody has the address.
    /// - Returns: how many there were; there may be more when it is `limit`.
    func expire(limit: Int) throws -> Int {
        let over = try change.conn.rows(
            """
            SELECT id, case_id, folded, contact_type FROM case_invitation
            WHERE state = 'waiting' AND expires_at <= \(change.now) ORDER BY expires_at LIMIT \(limit)
            """)
        for row in over {
            let (id, caseID): (Int64, CaseID) = (try row["id"], try row["case_id"])
            try change.conn.run("UPDATE case_invitation SET state = 'expired' WHERE id = \(id)")
            try change.record(
                NewFact(
                    .invitationExpired, about: .case(caseID),
                    Invitations.arguments(id, try row["folded"], try row["contact_type"])))
        }
        return over.count
    }
}
