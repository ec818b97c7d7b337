public import Core
internal import Database
internal import Primitives

extension ContactWriter {
    /// Says whether several people read an address (C1 d), on every record that has it: a mailbox is shared or it is not. Who acts
    /// for a person by it already stays linked; the history says how, and a steward may end it.
    public func markMailbox(_ id: Int64, isShared: Bool) throws {
        guard
            let row = try change.conn.row(
                "SELECT contact_id, folded FROM contact_email WHERE id = \(id) AND until IS NULL")
        else { throw NotFound() }
        let (contact, email): (ContactID, FoldedEmail) = (try row["contact_id"], try row["folded"])
        let changed = try change.conn.run(
            """
            UPDATE contact_email SET shared_mailbox = \(isShared)
            WHERE folded = \(email) AND until IS NULL AND shared_mailbox <> \(isShared)
            """)
        guard changed > 0 else { return }
        try change.record(
            NewFact(
                .mailboxMarked, about: .contact(contact),
                [
                    "name": .string(try Contact.find(contact, change.conn)?.name ?? ""), "email": .string(email.masked),
                    "shared": .bool(isShared),
                ], before: .bool(!isShared), after: .bool(isShared)))
    }
}
