public import Core

// The roles of Boulder's pack, so that a test can name one.
extension StaffRole {
    public static let intake: StaffRole = "intake"
    public static let contactSteward: StaffRole = "contact-steward"
    public static let reviewer: StaffRole = "reviewer"
    public static let inspector: StaffRole = "inspector"
    public static let cashier: StaffRole = "cashier"
    public static let codeOfficer: StaffRole = "code-officer"
    public static let supervisor: StaffRole = "supervisor"
    public static let administrator: StaffRole = "administrator"
    public static let allCases: [StaffRole] = TestCity.pack.roles.map { StaffRole(rawValue: $0.key) }
}
