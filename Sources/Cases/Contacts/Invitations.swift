internal import Accounts
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// People added to a case by an exact address (B5, B7). The row is the same whether or not the address is known: where it is
/// proven on an account a grant starts at once beside it, otherwise it starts when the address is proven.
struct Invitations {
    /// How long somebody without an account can answer.
    static let lifetime = Span.days(30)

    enum Outcome: Sendable { case added, alreadyThere }

    private let change: Change
    init(_ change: Change) { self.change = change }

    /// - Parameter language: of the person who adds, for a mail to somebody whose language nobody knows.
    func add(_ email: TypedAddress, to id: CaseID, as type: ContactType, language: Language) throws -> Outcome {
        let expires = change.now + Invitations.lifetime
        let before = try change.conn.row(
            """
            SELECT id, expires_at FROM case_invitation
            WHERE case_id = \(id) AND folded = \(email.folded) AND contact_type = \(type.key) AND ended_at IS NULL
            """)
        let invitation: Int64
        if let before {
            let until: Instant = try before["expires_at"]
            guard until <= change.now else { return .alreadyThere }
            invitation = try before["id"]
            try change.conn.run("UPDATE case_invitation SET expires_at = \(expires) WHERE id = \(invitation)")
        } else {
            invitation = try change.conn.insert(
                """
                INSERT INTO case_invitation (case_id, typed, folded, contact_type, state, added_by, created_at, expires_at)
                VALUES (\(id), \(email.typed), \(email.folded), \(type.key), 'waiting', \(change.principal.actor), \(change.now),
                        \(expires))
                RETURNING id
                """)
        }
        let mayMail = try change.allows(.mailPerRecipient, "case|\(email.folded)")
        try change.record(
            NewFact(
                .contactInvited, about: .case(id),
                [
                    "email": .string(email.folded.masked), "type": .string(type.key), "invitation": .integer(invitation),
                    "language": .string(language.rawValue), "mail": .bool(mayMail),
                ]))
        try accept(email.folded)
        return .added
    }

    /// Waiting invitations to an address become grants once it is proven on an account. Expired ones do not.
    func accept(_ email: FoldedEmail) throws {
        guard let contact = try ContactPeople.recipient(email: email, change.conn) else { return }
        let waiting = try change.conn.rows(
            """
            SELECT id, case_id, contact_type FROM case_invitation
            WHERE folded = \(email) AND state = 'waiting' AND expires_at > \(change.now) ORDER BY id
            """)
        for row in waiting {
            let id: Int64 = try row["id"]
            let caseID: CaseID = try row["case_id"]
            guard let type = try type(row["contact_type"], of: caseID) else { continue }
            try change.conn.run("UPDATE case_invitation SET state = 'accepted', contact_id = \(contact) WHERE id = \(id)")
            try GrantWriter(change).settle(contact, on: caseID, as: type)
        }
    }

    /// Takes somebody added by address off again.
    /// - Parameter isLeaving: whoever has the address does it themselves.
    func withdraw(_ id: Int64, from caseID: CaseID, isLeaving: Bool) throws -> Bool {
        guard
            let row = try change.conn.row(
                """
                SELECT folded, contact_type, contact_id FROM case_invitation
                WHERE id = \(id) AND case_id = \(caseID) AND ended_at IS NULL
                """)
        else { return false }
        let (email, key): (FoldedEmail, String) = (try row["folded"], try row["contact_type"])
        try change.conn.run("UPDATE case_invitation SET state = 'withdrawn', ended_at = \(change.now) WHERE id = \(id)")
        try change.record(
            NewFact(
                .invitationWithdrawn, about: .case(caseID),
                [
                    "email": .string(email.masked), "type": .string(key), "invitation": .integer(id), "left": .bool(isLeaving),
                ]))
        if let contact: ContactID = try row["contact_id"], let type = try type(key, of: caseID) {
            try GrantWriter(change).settle(contact, on: caseID, as: type)
        }
        return true
    }

    /// The person behind an address lets the others on the case see their name: the row by address ends, the grant stays.
    func showName(_ id: Int64, on caseID: CaseID, to account: AccountID) throws -> Bool {
        let row = try change.conn.row(
            """
            SELECT i.contact_id, i.contact_type FROM case_invitation i
            WHERE i.id = \(id) AND i.case_id = \(caseID) AND i.ended_at IS NULL AND i.state = 'accepted'
              AND i.contact_id IN (SELECT contact_id FROM contact_link WHERE account_id = \(account) AND until IS NULL)
            """)
        guard let row else { return false }
        let (contact, key): (ContactID, String) = (try row["contact_id"], try row["contact_type"])
        try change.conn.run("UPDATE case_invitation SET ended_at = \(change.now) WHERE id = \(id)")
        try change.conn.run(
            """
            UPDATE case_grant SET added_as = NULL
            WHERE case_id = \(caseID) AND contact_id = \(contact) AND contact_type = \(key) AND until IS NULL
            """)
        let name = try Contact.find(contact, change.conn)?.name ?? ""
        try change.record(
            NewFact(.nameShown, about: .case(caseID), and: [.contact(contact)], ["name": .string(name), "type": .string(key)]))
        return true
    }

    private func type(_ key: String, of id: CaseID) throws -> ContactType? {
        let hash: String = try change.conn.value("SELECT pack_hash FROM case_record WHERE id = \(id)") ?? ""
        return try change.city.pack(hash, change.conn).contactType(key) ?? change.city.pack.contactType(key)
    }

    /// In the transaction that proves an address (C1): contacts have been linked by then.
    static let acceptOnProof = Reaction(on: .emailProven) { fact, change in
        guard let email = FoldedEmail(fact.text("email")) else { return }
        try Invitations(change).accept(email)
    }
}
