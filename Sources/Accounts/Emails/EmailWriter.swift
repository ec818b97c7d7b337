internal import Core
internal import Database
internal import Primitives

/// An account's addresses (A6). Links to records hang on the account, so no change here ends one.
extension AccountWriter {
    /// One more address, proven by its owner: C1 runs for it as at registration.
    func addEmail(_ email: TypedAddress, to id: AccountID) throws {
        try change.conn.run(
            """
            INSERT INTO account_email (account_id, typed, folded, proven_at)
            VALUES (\(id), \(email.typed), \(email.folded), \(change.now))
            """)
        try change.record(
            NewFact(
                .emailProven, about: .account(id),
                ["email": .string(email.folded.description), "company": .string(""), "added": .bool(true)]))
    }

    /// - Returns: false for an address that is not the account's, or its last one.
    func removeEmail(_ email: FoldedEmail, of id: AccountID) throws -> Bool {
        let emails = try Account.emails(of: id, change.conn)
        guard emails.count > 1, emails.contains(where: { $0.folded == email }) else { return false }
        try change.conn.run(
            """
            UPDATE account_email SET until = \(change.now), is_primary = 0
            WHERE account_id = \(id) AND folded = \(email) AND until IS NULL
            """)
        try EmailToken.endAll(for: email, change)
        try change.record(NewFact(.emailRemoved, about: .account(id), ["email": .string(email.description)]))
        return true
    }

    /// Mail goes there from now on.
    /// - Returns: false for an address that is not the account's.
    func usePrimary(_ email: FoldedEmail, of id: AccountID) throws -> Bool {
        let emails = try Account.emails(of: id, change.conn)
        guard emails.contains(where: { $0.folded == email }) else { return false }
        guard let before = emails.first?.folded, before != email else { return true }
        try change.conn.run(
            """
            UPDATE account_email SET is_primary = CASE WHEN folded = \(email) THEN 1 ELSE 0 END
            WHERE account_id = \(id) AND until IS NULL
            """)
        try change.record(
            NewFact(
                .primaryEmailChanged, about: .account(id), ["email": .string(email.description)],
                before: .string(before.description), after: .string(email.description)))
        return true
    }
}
