public import Core
public import Primitives

/// Makes accounts: for registration, for the demo city, for `staff create`.
public struct AccountWriter {
    let change: Change
    public init(_ change: Change) { self.change = change }

    /// A new account with one proven address. Proving it is a fact, and what follows from it (C1, waiting invitations) happens in
    /// the same transaction.
    /// - Parameters:
    ///   - passwordHash: from `PasswordHasher`; nil for staff who sign in by link first.
    ///   - company: as the person typed it; empty for a person alone.
    ///   - provesEmail: false for staff, whose address never links contacts.
    public func create(
        firstName: String, lastName: String, phone: String, email: TypedAddress, company: String = "", language: Language,
        passwordHash: String?, provesEmail: Bool = true
    ) throws -> AccountID {
        let now = change.now
        let id = AccountID(
            try change.conn.insert(
                """
                INSERT INTO account (public_id, first_name, last_name, phone, language, created_at)
                VALUES (\(change.publicID()), \(firstName), \(lastName), \(phone), \(language), \(now))
                RETURNING id
                """))
        try change.conn.run(
            """
            INSERT INTO account_email (account_id, typed, folded, proven_at)
            VALUES (\(id), \(email.typed), \(email.folded), \(now))
            """)
        if let passwordHash { try setPassword(passwordHash, of: id) }
        try change.record(NewFact(.accountCreated, about: .account(id), ["name": .string("\(firstName) \(lastName)")]))
        if provesEmail {
            try change.record(
                NewFact(
                    .emailProven, about: .account(id),
                    ["email": .string(email.folded.description), "company": .string(company)]))
        }
        return id
    }

    /// Replaces the password; the old one ends.
    /// - Parameter isShort: it is only long enough beside a second step.
    public func setPassword(_ hash: String, of id: AccountID, isShort: Bool = false) throws {
        try change.conn.run(
            """
            UPDATE credential SET until = \(change.now), secret = ''
            WHERE account_id = \(id) AND kind = 'password' AND until IS NULL
            """)
        try change.conn.run(
            """
            INSERT INTO credential (account_id, kind, secret, since, is_short)
            VALUES (\(id), 'password', \(hash), \(change.now), \(isShort))
            """)
    }

    /// Does nothing when the account has the role.
    public func give(_ role: StaffRole, to id: AccountID) throws {
        let given = try change.conn.run(
            """
            INSERT INTO staff_role (account_id, role, since) VALUES (\(id), \(role.rawValue), \(change.now))
            ON CONFLICT DO NOTHING
            """)
        guard given > 0 else { return }
        try change.record(NewFact(.roleGiven, about: .account(id), ["role": .string(role.rawValue)]))
    }

    /// Takes the role away. It ends at the person's next request.
    /// - Returns: whether the person had it.
    @discardableResult
    public func end(_ role: StaffRole, of id: AccountID) throws -> Bool {
        let ended = try change.conn.run(
            "UPDATE staff_role SET until = \(change.now) WHERE account_id = \(id) AND role = \(role.rawValue) AND until IS NULL")
        guard ended > 0 else { return false }
        try change.record(NewFact(.roleEnded, about: .account(id), ["role": .string(role.rawValue)]))
        return true
    }
}
