public import Accounts
public import Core
internal import Database
public import Primitives

// Which of a company's addresses stands for it (I1).
extension ContactWriter {
    /// The address is put on file when it is not there, and is the primary one from now on; another that was is not any more.
    /// - Parameter evidence: how we know, as a short sentence for the audit.
    public func designate(_ email: TypedAddress, asPrimaryOf id: ContactID, evidence: String) throws {
        let conn = change.conn
        guard let contact = try Contact.find(id, conn) else { throw NotFound() }
        let earlier = try ContactDetails.find(id, conn).emails
        try conn.run("UPDATE contact_email SET is_primary = 0 WHERE contact_id = \(id) AND is_primary = 1")
        if !earlier.contains(where: { $0.address.folded == email.folded }) {
            try conn.run(
                """
                INSERT INTO contact_email (contact_id, typed, folded, shared_mailbox)
                VALUES (\(id), \(email.typed), \(email.folded), 0)
                """)
        }
        let row: Int64? = try conn.value(
            "SELECT id FROM contact_email WHERE contact_id = \(id) AND folded = \(email.folded) AND until IS NULL ORDER BY id LIMIT 1"
        )
        try conn.run("UPDATE contact_email SET is_primary = 1 WHERE id = \(row)")
        try change.record(
            NewFact(
                .primaryEmailSet, about: .contact(id),
                ["name": .string(contact.name), "email": .string(email.folded.description)],
                before: .string(earlier.first(where: \.isPrimary)?.address.folded.description ?? ""),
                after: .string(email.folded.description), why: evidence))
    }
}
