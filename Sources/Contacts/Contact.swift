public import Core
public import Database
public import Primitives

/// A person or a company as the city knows them: one record, used by all kinds of cases (B1).
public struct Contact: Sendable {
    public enum Kind: String, Sendable, SQLConvertible { case person, company }

    public let id: ContactID
    /// The contact's name in addresses and forms.
    public let publicID: PublicID
    public let kind: Kind
    public let companyName: String
    public let firstName: String
    public let lastName: String
    /// Whether others may find this contact by name (off for persons, on for license holders).
    public let isFindable: Bool

    /// How the contact is called: the company, or first and last name. A company contact may have no person's name.
    public var name: String { Contact.name(kind, companyName, firstName, lastName) }

    /// How the contact of a row with `kind`, `company_name`, `first_name`, `last_name` is called.
    public static func name(row: Row) throws(DatabaseError) -> String {
        name(try row["kind"], try row["company_name"], try row["first_name"], try row["last_name"])
    }

    static func name(_ kind: Kind, _ companyName: String, _ firstName: String, _ lastName: String) -> String {
        if kind == .company, !companyName.isEmpty { return companyName }
        let person = "\(firstName) \(lastName)".trimmed
        return person.isEmpty ? companyName : person
    }

    /// Of `contact c`, for `init(row:)`.
    public static let columns: SQL = "c.id, c.public_id, c.kind, c.company_name, c.first_name, c.last_name, c.findable"

    public init(row: Row) throws(DatabaseError) {
        id = try row["id"]
        publicID = try row["public_id"]
        kind = try row["kind"]
        companyName = try row["company_name"]
        firstName = try row["first_name"]
        lastName = try row["last_name"]
        isFindable = try row["findable"]
    }

    init(
        id: ContactID, publicID: PublicID, kind: Kind, companyName: String, firstName: String, lastName: String, isFindable: Bool
    ) {
        self.id = id
        self.publicID = publicID
        self.kind = kind
        self.companyName = companyName
        self.firstName = firstName
        self.lastName = lastName
        self.isFindable = isFindable
    }

    public static func find(_ id: ContactID, _ conn: Connection) throws -> Contact? {
        try conn.row("SELECT \(columns) FROM contact c WHERE c.id = \(id)").map(Contact.init)
    }

    public static func find(_ ids: [ContactID], _ conn: Connection) throws -> [Contact] {
        try conn.rows("SELECT \(columns) FROM contact c WHERE c.id IN \(list: ids.map(\.value)) ORDER BY c.id").map(Contact.init)
    }

    /// How others see the contact: the face of the record that it belongs to (`model.md` 4), the contact itself unless it was merged.
    public static func shown(_ id: ContactID, _ conn: Connection) throws -> Contact? {
        try conn.row(
            """
            SELECT c.id, c.public_id, c.findable, \(face) FROM contact_cluster k JOIN contact c ON c.id = k.survivor_id
            WHERE k.contact_id = \(id)
            """
        ).map(Contact.init)
    }

    /// The name of a record that others stand under, of `contact c` and its row `contact_cluster k`: what was chosen, or its own.
    public static let face: SQL = """
        c.kind, COALESCE(k.company_name, c.company_name) AS company_name, COALESCE(k.first_name, c.first_name) AS first_name,
        COALESCE(k.last_name, c.last_name) AS last_name
        """

    /// A contact that is not ended.
    static func live(_ id: ContactID, _ conn: Connection) throws -> Contact? {
        try conn.row("SELECT \(columns) FROM contact c WHERE c.id = \(id) AND c.until IS NULL").map(Contact.init)
    }

    /// How many contacts are called, at once.
    public static func names(_ ids: [ContactID], _ conn: Connection) throws -> [ContactID: String] {
        var names: [ContactID: String] = [:]
        for row in try conn.rows(
            """
            SELECT k.contact_id, \(face) FROM contact_cluster k JOIN contact c ON c.id = k.survivor_id
            WHERE k.contact_id IN \(list: Set(ids.map(\.value)).sorted())
            """)
        {
            names[try row[0]] = try name(row: row)
        }
        return names
    }

    /// A live contact by its outside name.
    public static func find(_ publicID: PublicID, _ conn: Connection) throws -> Contact? {
        try conn.row("SELECT \(columns) FROM contact c WHERE c.public_id = \(publicID) AND c.until IS NULL").map(Contact.init)
    }

    /// Which contact shows the face of the record that this one belongs to (`model.md` 4); itself unless it was merged.
    public static func survivor(of id: ContactID, _ conn: Connection) throws(DatabaseError) -> ContactID {
        try conn.value("SELECT survivor_id FROM contact_cluster WHERE contact_id = \(id)") ?? id
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
