internal import Accounts
internal import Core
internal import Database
internal import HTML
internal import Primitives

/// Somebody closes their account (A7): their organizations go on without them, their records are nobody's sign-in any more, and what
/// they asked of others ends.
enum ClosedAccount {
    static let reaction = Reaction(on: .accountClosed) { fact, change in
        let id = AccountID(fact.subject.id)
        let writer = ContactWriter(change)
        try writer.withdrawInvitations(by: id)
        for membership in try Membership.all(of: id, change.conn) {
            try writer.leave(id, organization: membership.organization, why: "closed the account", isClosing: true)
        }
        let records = try change.conn.rows(
            "SELECT contact_id FROM contact_link WHERE account_id = \(id) AND until IS NULL ORDER BY id"
        ).map { try $0["contact_id"] as ContactID }
        for contact in records { try writer.unlink(id, from: contact, why: "closed the account") }
        try change.conn.run(
            """
            UPDATE join_request SET state = 'declined', answered_at = \(change.now)
            WHERE account_id = \(id) AND state = 'waiting'
            """)
        try change.conn.run("DELETE FROM favorite WHERE account_id = \(id)")
    }

    /// The last owner hands over first. Whoever is alone in an organization has nobody to hand it to: its records stay, and the next one
    /// who shows that the company is theirs becomes its owner.
    static let notes = ClosingNotes(order: 10) { id, _, _, conn in
        try Membership.all(of: id, withMembers: conn).map { membership, members -> ClosingNotes.Note in
            let names: [String: WordArgument] = ["name": .text(membership.organizationName)]
            let link = ContactAddresses.organization(membership.organizationPublicID.description)
            if members.count == 1 { return .init(.ends, Phrase("contacts.close.alone", names), at: link) }
            return membership.isLastOwner(among: members)
                ? .init(.first, Phrase("contacts.close.lastOwner", names), at: link)
                : .init(.ends, Phrase("contacts.close.leaves", names), at: link)
        }
    }
}
