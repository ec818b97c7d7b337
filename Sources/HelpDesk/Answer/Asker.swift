internal import Accounts
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// Who asks, as far as it is known: what an account proved, or what a guest typed.
struct Asker: Sendable {
    /// The account that would be connected: the asker's own, or the one that proved the address a guest typed.
    let account: AccountID?
    let name: String
    let emails: [TypedAddress]
    /// Whether the addresses are proven.
    let isProven: Bool
    let phone: String
    /// The records the account already acts as.
    let contacts: [Contact]

    init(_ request: Ticket, _ conn: Connection) throws {
        let person = try request.account.flatMap { try Account.find($0, conn) }
        account = try request.account ?? Account.find(email: request.email.folded, conn)?.id
        name = person?.name ?? request.name
        phone = person.map(\.phone) ?? request.phone
        emails = try request.account.map { try Account.emails(of: $0, conn) } ?? [request.email]
        isProven = request.account != nil
        contacts =
            try request.account.map { account in
                try conn.rows(
                    """
                    SELECT contact_id AS id FROM contact_link WHERE account_id = \(account) AND until IS NULL
                    UNION SELECT organization_id FROM membership WHERE account_id = \(account) AND until IS NULL
                    ORDER BY id LIMIT 20
                    """
                ).compactMap { try Contact.find($0["id"] as ContactID, conn) }
            } ?? []
    }

    /// "Quimby" of "Pat Quimby".
    var lastName: String { name.split(separator: " ").last.map(String.init) ?? "" }
    var firstName: String { name.split(separator: " ").dropLast().joined(separator: " ") }
}
