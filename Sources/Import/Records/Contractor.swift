internal import Cases
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import Primitives

extension ContractorState {
    /// What city exports write where a company's name should stand.
    init?(placeholder name: String) {
        switch foldedForSearch(name) {
        case "contractor of record not designated": self = .notDesignated
        case "waiting for licensed contractor": self = .waitingForLicensed
        case "gc assumes responsibility for subcontracted work": self = .generalAssumes
        default: return nil
        }
    }

    static let repair = "This is not a company. The case says so instead of naming a contractor."
}

/// The contractor that a permit names: a licensed company, or an owner who does the work.
struct Contractor: Sendable, Hashable {
    let kind: Contact.Kind
    let name: String
    let contactType: String
    /// One contact for each of these (B1). A company is known by its name; two people of one name at two addresses are two people.
    let key: String
    /// The format it came in: under it the contact is remembered.
    let format: String

    /// - Parameter place: the address of the work, as it is compared.
    init(name: String, type: ContactType, place: String, format: String) {
        self.format = format
        let folded = foldedForSearch(name)
        let words = Set(folded.split(separator: " ").map(String.init))
        kind = type.needsLicense || !words.isDisjoint(with: Contractor.companyWords) ? .company : .person
        self.name = name
        contactType = type.key
        key = kind == .company ? folded : "\(folded)|\(place)"
    }

    private static let companyWords: Set<String> = [
        "llc", "inc", "corp", "corporation", "co", "company", "ltd", "lp", "llp", "construction", "builders", "services",
    ]

    /// The contact, made when this import has not met it before. License holders can be found by name (B5), owners not.
    func contact(_ change: Change) throws -> ContactID {
        if let known = try ImportRows.find(format, "contractors", key, change.conn)?.record { return ContactID(known) }
        var new = NewContact(kind)
        switch kind {
        case .company:
            new.companyName = name
            new.isFindable = true
        case .person:
            let words = name.split(separator: " ")
            new.firstName = words.dropLast().joined(separator: " ")
            new.lastName = words.last.map(String.init) ?? name
        }
        let id = try ContactWriter(change).create(new)
        try ImportRows.remember(format, "contractors", key, hash: sha256(name), record: id.value, change)
        return id
    }

    /// Makes this the contractor of the case; one from an earlier export of the same permit goes.
    static func set(_ contractor: Contractor?, on id: CaseID, _ change: Change) throws {
        let writer = GrantWriter(change)
        let contact = try contractor?.contact(change)
        let earlier = try change.conn.rows(
            """
            SELECT contact_id, contact_type FROM case_grant
            WHERE case_id = \(id) AND added_by = \(change.principal.actor) AND until IS NULL ORDER BY id
            """)
        for row in earlier {
            let (old, type): (ContactID, String) = (try row["contact_id"], try row["contact_type"])
            if old != contact || type != contractor?.contactType { try writer.remove(old, from: id, type: type) }
        }
        guard let contractor, let contact, let type = change.city.pack.contactType(contractor.contactType) else { return }
        try writer.add(contact, to: id, as: type, isPrimary: true)
    }
}
