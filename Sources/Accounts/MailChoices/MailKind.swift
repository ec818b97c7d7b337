public import Core
public import Database
public import Primitives

/// Kinds of mail that somebody may do without. Mail that guards an account or answers what somebody asked is none of them: it is
/// always sent.
public enum MailKind: String, Sendable, CaseIterable {
    /// Being added to a case or taken off it.
    case cases
    /// That the status of a case changed which they follow without being on it (C5).
    case following
    /// That a request has arrived; never its answer.
    case requests
    /// Before a day that matters. Nothing sends any yet; whoever writes the first one asks here.
    case reminders

    /// Ask before queueing a mail of this kind to somebody with an account.
    public func isWanted(by account: AccountID, _ conn: Connection) throws(DatabaseError) -> Bool {
        try !conn.exists(
            "SELECT 1 FROM mail_choice WHERE account_id = \(account) AND kind = \(rawValue) AND is_wanted = 0")
    }

    /// What somebody with an account does not want.
    static func unwanted(by account: AccountID, _ conn: Connection) throws(DatabaseError) -> Set<MailKind> {
        let kinds = try conn.rows("SELECT kind FROM mail_choice WHERE account_id = \(account) AND is_wanted = 0")
            .map { row throws(DatabaseError) in try row["kind"] as String }
        return Set(kinds.compactMap(MailKind.init(rawValue:)))
    }

    /// Keeps what somebody chose; nothing when it was so before.
    public func set(_ isWanted: Bool, by account: AccountID, _ change: Change) throws {
        guard try self.isWanted(by: account, change.conn) != isWanted else { return }
        try change.conn.run(
            """
            INSERT INTO mail_choice (account_id, kind, is_wanted, since)
            VALUES (\(account), \(rawValue), \(isWanted), \(change.now))
            ON CONFLICT (account_id, kind) DO UPDATE SET is_wanted = excluded.is_wanted, since = excluded.since
            """)
        try change.record(
            NewFact(
                .mailChoiceChanged, about: .account(account), ["kind": .string(rawValue), "wanted": .bool(isWanted)],
                before: .bool(!isWanted), after: .bool(isWanted)))
    }

    static func tell(_ fact: Fact) -> Phrase {
        let isWanted = fact.arguments["wanted"] == .bool(true)
        return switch MailKind(rawValue: fact.text("kind")) {
        case .cases, nil: isWanted ? Phrase("accounts.fact.mailCasesOn") : Phrase("accounts.fact.mailCasesOff")
        case .following: isWanted ? Phrase("accounts.fact.mailFollowingOn") : Phrase("accounts.fact.mailFollowingOff")
        case .requests: isWanted ? Phrase("accounts.fact.mailRequestsOn") : Phrase("accounts.fact.mailRequestsOff")
        case .reminders: isWanted ? Phrase("accounts.fact.mailRemindersOn") : Phrase("accounts.fact.mailRemindersOff")
        }
    }
}
