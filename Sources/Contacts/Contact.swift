public import Core
public import Database
public import Primitives

/// A person or a company as the city knows them: one record, used by all kinds of cases (B1).
public struct Contact: Sendable {
    public enum Kind: String, Sendable, SQLConvertible { case person, company }

    public let id: ContactID
    public let kind: Kind
    public let companyName: String
    public let firstName: String
    public let lastName: String
    /// Whether others may find this contact by name (off for persons, on for license holders).
    public let isFindable: Bool

    /// How the contact is called: the company, or first and last name. A company contact may have no person's name.
    public var name: String {
        if kind == .company, !companyName.isEmpty { return companyName }
        let person = "\(firstName) \(lastName)".trimmed
        return person.isEmpty ? companyName : person
    }

    static let columns: SQL = "c.id, c.kind, c.company_name, c.first_name, c.last_name, c.findable"

    init(row: Row) throws(DatabaseError) {
        id = try row["id"]
        kind = try row["kind"]
        companyName = try row["company_name"]
        firstName = try row["first_name"]
        lastName = try row["last_name"]
        isFindable = try row["findable"]
    }

    public static func find(_ id: ContactID, _ conn: Connection) throws -> Contact? {
        try conn.row("SELECT \(columns) FROM contact c WHERE c.id = \(id)").map(Contact.init)
    }

    /// Live contacts with exactly this address on file, through whatever other spellings it was typed in.
    public static func all(email: FoldedEmail, _ conn: Connection) throws -> [Contact] {
        try conn.rows(
            """
            SELECT DISTINCT \(columns) FROM contact_email e JOIN contact c ON c.id = e.contact_id
            WHERE e.folded = \(email) AND e.until IS NULL AND c.until IS NULL
            ORDER BY c.id
            """
        ).map(Contact.init)
    }
}

extension String {
    var trimmed: String {
        var view = self[...]
        while view.first?.isWhitespace ?? false { view.removeFirst() }
        while view.last?.isWhitespace ?? false { view.removeLast() }
        return String(view)
    }
}

extension FactKind {
    /// Arguments: `name`.
    public static let contactCreated: FactKind = "contact.created"
    /// An account may act as a contact. In the contact's chain, referring to the account. Arguments: `name`, `account`, `how`, `evidence`.
    public static let contactLinked: FactKind = "contact.linked"
    public static let contactUnlinked: FactKind = "contact.unlinked"
    /// Arguments: `name`, `account`, `role`.
    public static let memberJoined: FactKind = "contact.member-joined"
    public static let memberLeft: FactKind = "contact.member-left"
    /// C1 (c). Arguments: `name`, `account`.
    public static let joinRequested: FactKind = "contact.join-requested"
    /// C1 could not decide: a steward must. In the account's chain. Arguments: `email`, `contacts` (ids), `reason`.
    public static let claimUndecided: FactKind = "account.claim-undecided"
    /// How C1 decided, once per proof. Arguments: `email`, `decision`.
    public static let claimDecided: FactKind = "account.claim-decided"
}
