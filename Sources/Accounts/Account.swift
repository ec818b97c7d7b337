public import Core
public import Database
public import Primitives

/// A way to sign in: one person's name, languages and proven addresses. What the city knows of somebody is a contact.
public struct Account: Sendable {
    public let id: AccountID
    public let firstName: String
    public let lastName: String
    public let phone: String
    public let language: Language
    public var name: String { "\(firstName) \(lastName)" }

    init(row: Row) throws(DatabaseError) {
        id = try row["id"]
        firstName = try row["first_name"]
        lastName = try row["last_name"]
        phone = try row["phone"]
        language = try row["language"]
    }

    public static func find(_ id: AccountID, _ conn: Connection) throws -> Account? {
        try conn.row(
            "SELECT id, first_name, last_name, phone, language FROM account WHERE id = \(id) AND closed_at IS NULL"
        ).map(Account.init)
    }

    /// The account and its proven addresses, in the order of `emails(of:)`: one question.
    static func withEmails(_ id: AccountID, _ conn: Connection) throws -> (Account, [TypedAddress])? {
        let rows = try conn.rows(
            """
            SELECT a.id, a.first_name, a.last_name, a.phone, a.language, e.typed, e.folded
            FROM account a LEFT JOIN account_email e ON e.account_id = a.id AND e.until IS NULL
            WHERE a.id = \(id) AND a.closed_at IS NULL ORDER BY e.is_primary DESC, e.id
            """)
        guard let first = rows.first else { return nil }
        let emails = try rows.compactMap { row -> TypedAddress? in
            guard let folded: FoldedEmail = try row["folded"] else { return nil }
            return TypedAddress(typed: try row["typed"], folded: folded)
        }
        return (try Account(row: first), emails)
    }

    /// How accounts are called, at once.
    public static func names(_ ids: [AccountID], _ conn: Connection) throws -> [AccountID: String] {
        guard !ids.isEmpty else { return [:] }
        let rows = try conn.rows(
            """
            SELECT id, first_name, last_name, phone, language FROM account
            WHERE id IN \(list: Set(ids).map(\.value).sorted()) AND closed_at IS NULL
            """)
        return Dictionary(try rows.map(Account.init).map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    /// The live account that proved this address.
    public static func find(email: FoldedEmail, _ conn: Connection) throws -> Account? {
        try conn.row(
            """
            SELECT a.id, a.first_name, a.last_name, a.phone, a.language
            FROM account_email e JOIN account a ON a.id = e.account_id
            WHERE e.folded = \(email) AND e.until IS NULL AND a.closed_at IS NULL
            """
        ).map(Account.init)
    }

    /// The proven addresses of an account: first the one that mail goes to, then the oldest first.
    public static func emails(of id: AccountID, _ conn: Connection) throws -> [TypedAddress] {
        try conn.rows(
            """
            SELECT typed, folded FROM account_email WHERE account_id = \(id) AND until IS NULL ORDER BY is_primary DESC, id
            """
        ).map { TypedAddress(typed: try $0["typed"], folded: try $0["folded"]) }
    }
}

public struct TypedAddress: Sendable, Hashable {
    public let typed: String
    public let folded: FoldedEmail
    public init(typed: String, folded: FoldedEmail) {
        self.typed = typed
        self.folded = folded
    }
    /// nil when it cannot be an address.
    public init?(_ typed: String) {
        let trimmed = tidied(typed)
        guard let folded = FoldedEmail(trimmed) else { return nil }
        self.init(typed: trimmed, folded: folded)
    }
}

extension FactKind {
    /// An account began. Arguments: `name`.
    public static let accountCreated: FactKind = "account.created"
    /// An address was proven by its owner (C1 runs on this). Arguments: `email` (folded), `company` (as typed, may be empty), `added`
    /// (true when the account had another before).
    public static let emailProven: FactKind = "account.email-proven"
    /// Arguments: `email` (folded).
    public static let emailRemoved: FactKind = "account.email-removed"
    /// Mail goes to another of the account's addresses. Arguments: `email` (folded).
    public static let primaryEmailChanged: FactKind = "account.primary-email-changed"
    /// Name or phone; both stand in `before` and `after`.
    public static let detailsChanged: FactKind = "account.details-changed"
    /// Arguments: `kind` (`MailKind`), `wanted` (true or false).
    public static let mailChoiceChanged: FactKind = "account.mail-choice-changed"
    /// Somebody said of an entry in their activity that it was not them; other sessions ended. Arguments: `count`.
    public static let activityDisowned: FactKind = "account.activity-disowned"
    /// The account ends, by its owner. Its addresses have ended already, so that nothing more is mailed; its name can still be read.
    /// Arguments: `name`.
    public static let accountClosed: FactKind = "account.closed"
    public static let passwordChanged: FactKind = "account.password-changed"
    /// A session began. Arguments: `device`, `new` (true for a browser that an account with others had not used lately).
    public static let signedIn: FactKind = "account.signed-in"
    /// Sessions ended, by their owner. Arguments: `count`.
    public static let sessionsEnded: FactKind = "account.sessions-ended"
    public static let languageChanged: FactKind = "account.language-changed"
    /// Arguments: `role`.
    public static let roleGiven: FactKind = "account.role-given"
    public static let roleEnded: FactKind = "account.role-ended"
}
