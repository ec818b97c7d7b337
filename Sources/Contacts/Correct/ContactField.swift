internal import Core
public import Database
public import Primitives

/// What can be corrected on a contact's record. Emails are not among it: who proves an email gets what stands on its record.
public enum ContactField: String, Sendable, CaseIterable, Hashable {
    case companyName = "company_name"
    case firstName = "first_name"
    case lastName = "last_name"
    case businessPhone = "business_phone"
    case homePhone = "home_phone"
    case mobilePhone = "mobile_phone"
    case street, unit, city, state, zip

    /// The parts of an address; there is none without a street.
    public static let address: [ContactField] = [.street, .unit, .city, .zip]

    /// Those that a record of this kind has, in the order of a form.
    public static func all(of kind: Contact.Kind) -> [ContactField] {
        switch kind {
        case .company: [.companyName, .businessPhone, .street, .unit, .city, .state, .zip]
        case .person: [.firstName, .lastName, .mobilePhone, .homePhone, .businessPhone, .street, .unit, .city, .state, .zip]
        }
    }

    /// The column of `contact_phone.kind`.
    var phoneKind: String? {
        switch self {
        case .businessPhone: "business"
        case .homePhone: "home"
        case .mobilePhone: "mobile"
        default: nil
        }
    }

    var isAddress: Bool { [.street, .unit, .city, .state, .zip].contains(self) }

    /// What stands on the record now; empty text where nothing does.
    public static func values(of contact: Contact, _ conn: Connection) throws -> [ContactField: String] {
        values(of: contact, try ContactDetails.find(contact.id, conn))
    }

    public static func values(of contact: Contact, _ details: ContactDetails) -> [ContactField: String] {
        var values: [ContactField: String] = [
            .companyName: contact.companyName, .firstName: contact.firstName, .lastName: contact.lastName,
        ]
        for field in allCases {
            if let kind = field.phoneKind { values[field] = details.phones.first { $0.kind == kind }?.typed ?? "" }
        }
        let address = details.addresses.first
        values[.street] = address?.street ?? ""
        values[.unit] = address?.unit ?? ""
        values[.city] = address?.city ?? ""
        values[.state] = address?.state ?? ""
        values[.zip] = address?.zip ?? ""
        return values.filter { all(of: contact.kind).contains($0.key) }
    }
}
