public import Core
public import Database
public import Primitives

/// Somebody on the city's side, by the address they were given the role for, or go by now.
public struct StaffMember: Sendable {
    public let email: String
    public let role: StaffRole
    public let since: Instant

    /// Everybody with a role, by address.
    public static func all(_ conn: Connection) throws -> [StaffMember] {
        try conn.rows(
            """
            SELECT r.role, r.since, MIN(e.typed) AS email FROM staff_role r
            JOIN account_email e ON e.account_id = r.account_id AND e.until IS NULL
            WHERE r.until IS NULL GROUP BY r.account_id, r.role, r.since ORDER BY 3, 1
            """
        ).map { StaffMember(email: try $0["email"], role: StaffRole(rawValue: try $0["role"]), since: try $0["since"]) }
    }

    /// Takes one role away, or all. Without any the account is one of the public's from the next sign-in on.
    /// - Returns: what ended.
    public static func end(_ role: StaffRole?, of email: FoldedEmail, _ change: Change) throws -> [StaffRole] {
        guard let account = try Account.find(email: email, change.conn) else { return [] }
        let had = try AccountsFeature.roles(of: account.id, change.conn).sorted { $0.rawValue < $1.rawValue }
        let writer = AccountWriter(change)
        return try had.filter { role == nil || role == $0 }.filter { try writer.end($0, of: account.id) }
    }
}
