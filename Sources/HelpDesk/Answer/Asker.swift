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
    let contacts: [ContactID]

    /// Beside the columns of a ticket `r`, with `joins`: a row for each proven address.
    static let columns: SQL = """
        p.first_name AS asker_first, p.last_name AS asker_last, p.phone AS asker_phone, e.typed AS asker_typed,
        e.folded AS asker_folded, (
            SELECT f.account_id FROM account_email f JOIN account a ON a.id = f.account_id AND a.closed_at IS NULL
            WHERE f.folded = r.folded AND f.until IS NULL LIMIT 1) AS typed_account,
        (SELECT \(sqlite: "group_concat(x.id, ' ')", postgres: "string_agg(CAST(x.id AS TEXT), ' ')") FROM (
            SELECT l.contact_id AS id FROM contact_link l WHERE l.account_id = r.account_id AND l.until IS NULL
            UNION SELECT m.organization_id FROM membership m WHERE m.account_id = r.account_id AND m.until IS NULL
            ORDER BY id LIMIT 20) x) AS acts_as
        """
    static let joins: SQL = """
        LEFT JOIN account p ON p.id = r.account_id AND p.closed_at IS NULL
        LEFT JOIN account_email e ON e.account_id = r.account_id AND e.until IS NULL
        """

    init(_ request: Ticket, _ row: Row, _ rows: [Row]) throws {
        let (first, last): (String?, String?) = (try row["asker_first"], try row["asker_last"])
        let (phone, typedAccount): (String?, AccountID?) = (try row["asker_phone"], try row["typed_account"])
        let contacts: String? = try row["acts_as"]
        account = request.account ?? typedAccount
        name = first.map { "\($0) \(last ?? "")" } ?? request.name
        self.phone = phone ?? request.phone
        emails =
            request.account == nil
            ? [request.email]
            : try rows.compactMap { row in
                guard let typed: String = try row["asker_typed"] else { return nil }
                return TypedAddress(typed: typed, folded: try row["asker_folded"])
            }
        isProven = request.account != nil
        self.contacts = (contacts ?? "").split(separator: " ").compactMap { Int64($0) }.map { ContactID($0) }
    }

    /// "Quimby" of "Pat Quimby".
    var lastName: String { name.split(separator: " ").last.map(String.init) ?? "" }
    var firstName: String { name.split(separator: " ").dropLast().joined(separator: " ") }
}
