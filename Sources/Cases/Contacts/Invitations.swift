internal import Accounts
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// People added to a case by an exact address (B5, B7). The row is the same whether or not the address is known: where it is
/// proven on an account a grant starts at once beside it, otherwise it starts when the address is proven. What the person answers
/// stands apart from that: until then the row tells the others nothing.
struct Invitations {
    enum Outcome: Sendable { case added, alreadyThere }

    let change: Change
    init(_ change: Change) { self.change = change }

    /// - Parameter language: of the person who adds, for a mail to somebody whose language nobody knows.
    func add(
        _ email: TypedAddress, to id: CaseID, as type: ContactType, language: Language, terms: InvitationTerms = .usual
    ) throws -> Outcome {
        let expires = change.now + terms.lifetime
        let before = try change.conn.row(
            """
            SELECT id, expires_at, answered_at, contact_id FROM case_invitation
            WHERE case_id = \(id) AND folded = \(email.folded) AND contact_type = \(type.key) AND ended_at IS NULL
            """)
        let invitation: Int64
        if let before {
            let (until, answered): (Instant, Instant?) = (try before["expires_at"], try before["answered_at"])
            guard until <= change.now, answered == nil else { return .alreadyThere }
            invitation = try before["id"]
            try change.conn.run(
                """
                UPDATE case_invitation SET expires_at = \(expires), sent_at = \(change.now), rights = \(terms.rights?.stored),
                    state = CASE WHEN state = 'expired' THEN 'waiting' ELSE state END
                WHERE id = \(invitation)
                """)
            if let contact: ContactID = try before["contact_id"] {
                try GrantWriter(change).settle(contact, on: id, as: type)
            }
        } else {
            invitation = try change.conn.insert(
                """
                INSERT INTO case_invitation (case_id, typed, folded, contact_type, state, rights, added_by, on_behalf_of,
                                             created_at, sent_at, expires_at)
                VALUES (\(id), \(email.typed), \(email.folded), \(type.key), 'waiting', \(terms.rights?.stored),
                        \(change.principal.actor), \(change.principal.onBehalfOf), \(change.now), \(change.now), \(expires))
                RETURNING id
                """)
        }
        let mayMail = try change.allows(.mailPerRecipient, "case|\(email.folded)")
        var arguments = Invitations.arguments(invitation, email.folded, type.key)
        arguments["language"] = .string(language.rawValue)
        arguments["mail"] = .bool(mayMail)
        if let rights = terms.rights { arguments["rights"] = .string(rights.stored) }
        try change.record(NewFact(.contactInvited, about: .case(id), arguments))
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
        var arguments = Invitations.arguments(id, email, key)
        arguments["left"] = .bool(isLeaving)
        try change.record(NewFact(.invitationWithdrawn, about: .case(caseID), arguments))
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
        try change.conn.run(
            """
            UPDATE case_invitation SET ended_at = \(change.now), answered_at = COALESCE(answered_at, \(change.now))
            WHERE id = \(id)
            """)
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

    func type(_ key: String, of id: CaseID) throws -> ContactType? {
        let hash: String = try change.conn.value("SELECT pack_hash FROM case_record WHERE id = \(id)") ?? ""
        return try change.city.pack(hash, change.conn).contactType(key) ?? change.city.pack.contactType(key)
    }

    /// What every fact about an invitation says.
    static func arguments(_ id: Int64, _ email: FoldedEmail, _ type: String) -> [String: JSON] {
        ["email": .string(email.masked), "type": .string(type), "invitation": .integer(id)]
    }

    /// What somebody asked of others ends with their account, unless it was answered (A7). Known and unknown addresses alike (A2).
    static let endWithAccount = Reaction(on: .accountClosed) { fact, change in
        let rows = try change.conn.rows(
            """
            SELECT id, case_id FROM case_invitation
            WHERE added_by = \("account:\(fact.subject.id)") AND ended_at IS NULL AND answered_at IS NULL ORDER BY id
            """)
        for row in rows { _ = try Invitations(change).withdraw(row["id"], from: row["case_id"], isLeaving: false) }
    }

    /// In the transaction that proves an address (C1): contacts have been linked by then.
    static let acceptOnProof = Reaction(on: .emailProven) { fact, change in
        guard let email = FoldedEmail(fact.text("email")) else { return }
        try Invitations(change).accept(email)
    }
}
