internal import Core
internal import Database
internal import Primitives

/// A letter with a code to the address of record. Its code is made when it is printed and belongs to the account that asked.
struct MailedCode: Sendable {
    enum State: String, Sendable, SQLConvertible {
        /// Nobody has looked yet whether there is a record.
        case asked
        /// There is none, or it gets no letter.
        case nothing
        case waiting, printed, used
    }

    /// A code works so long after it was printed.
    static let lifetime = Span.days(30)
    /// So many wrong codes, whatever letter was meant.
    static let mostTries = 5
    /// A record gets so many letters within `year`, and so many for one account.
    static let mostLetters = 6
    static let mostForAccount = 2
    static let year = Span.days(365)

    let id: Int64
    let publicID: PublicID
    let account: AccountID
    /// Who asked.
    let person: String
    /// What they named the record by: a license, or a name with a street.
    let about: String
    let state: State
    /// What stands in the window of the envelope.
    let recipient: String
    let address: String
    let requestedAt: Instant
    let printedAt: Instant?
    let expiresAt: Instant?

    /// The letter's code, when it is made from this secret.
    func code(from secret: SecretToken) -> String { PrintedCode.make(from: secret, "letter-\(id)") }

    static func all(of account: AccountID, limit: Int, _ conn: Connection) throws -> [MailedCode] {
        try conn.rows(
            "SELECT \(columns) FROM \(tables) WHERE l.account_id = \(account) ORDER BY l.id DESC LIMIT \(limit)"
        ).map(MailedCode.init)
    }

    /// Letters to print, the oldest first.
    static func toPrint(limit: Int, _ conn: Connection) throws -> [MailedCode] {
        try conn.rows("SELECT \(columns) FROM \(tables) WHERE l.state = 'waiting' ORDER BY l.id LIMIT \(limit)")
            .map(MailedCode.init)
    }

    /// Printed, and the code still works, the newest first.
    /// - Parameter name: beginnings of words of the name on the letter, in any order; empty for all.
    static func printed(to name: String, at now: Instant, limit: Int, _ conn: Connection) throws -> [MailedCode] {
        let typed = foldedForSearch(name).split(separator: " ")
        let letters = try conn.rows(
            """
            SELECT \(columns) FROM \(tables) WHERE l.state = 'printed' AND l.printed_at > \(now - lifetime)
            ORDER BY l.printed_at DESC, l.id DESC LIMIT \(typed.isEmpty ? limit : mostSearched)
            """
        ).map(MailedCode.init)
        let found = letters.filter { letter in
            let words = foldedForSearch(letter.recipient).split(separator: " ")
            return typed.allSatisfy { part in words.contains { $0.hasPrefix(part) } }
        }
        return Array(found.prefix(limit))
    }
    /// No city mails more in thirty days.
    private static let mostSearched = 5000

    /// Those whose codes come from this secret.
    static func printed(batch: SecretToken, since: Instant, _ conn: Connection) throws -> [MailedCode] {
        try conn.rows(
            """
            SELECT \(columns) FROM \(tables)
            WHERE l.state = 'printed' AND l.batch = \(batch.hash) AND l.printed_at > \(since) ORDER BY l.id
            """
        ).map(MailedCode.init)
    }

    /// How many wait to be printed, and since when the oldest does.
    static func waiting(_ conn: Connection) throws -> (count: Int, oldest: Instant?) {
        guard
            let row = try conn.row(
                "SELECT COUNT(*) AS count, MIN(requested_at) AS oldest FROM mailed_code WHERE state = 'waiting'")
        else { return (0, nil) }
        return (try row["count"], try row["oldest"])
    }

    private static let tables: SQL = "mailed_code l JOIN account a ON a.id = l.account_id"
    private static let columns: SQL = """
        l.id, l.public_id, l.account_id, l.license, l.name, l.street, l.state, l.recipient, l.address, l.requested_at, l.printed_at,
        l.expires_at, a.first_name, a.last_name
        """

    private init(row: Row) throws {
        id = try row["id"]
        publicID = try row["public_id"]
        account = try row["account_id"]
        let (first, last): (String, String) = (try row["first_name"], try row["last_name"])
        person = [first, last].filter { !$0.isEmpty }.joined(separator: " ")
        let (license, name, street): (String, String, String) = (try row["license"], try row["name"], try row["street"])
        about = license.isEmpty ? [name, street].filter { !$0.isEmpty }.joined(separator: ", ") : license
        state = try row["state"]
        recipient = try row["recipient"]
        address = try row["address"]
        requestedAt = try row["requested_at"]
        printedAt = try row["printed_at"]
        expiresAt = try row["expires_at"]
    }
}
