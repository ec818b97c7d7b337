internal import Accounts
internal import Cases
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// What the builder's owner has begun: somebody on site who sees two chosen cases, and an invitation that waits for an answer (B2, B3).
enum DemoCompany {
    static let role = "company crew"
    static let name = "Wren Castellanos"
    private static let (first, last) = ("Wren", "Castellanos")
    private static let email = "wren@juniperledge-builders.example"
    private static let invited = "foreman@juniperledge-builders.example"
    private static let chosenCases = 2

    static func enter(_ company: ContactID, named companyName: String, passwordHash: String, _ change: Change) throws {
        var contact = NewContact(.person)
        (contact.firstName, contact.lastName) = (first, last)
        contact.emails = [.init(email)]
        contact.phones = [.init(kind: "mobile", typed: "720-555-0133")]
        contact.companyName = companyName
        contact.parent = company
        let id = try ContactWriter(change).create(contact)
        let account = try DemoCrowd.account(contact, id, passwordHash, change)
        try ContactWriter(change).join(account, organization: company, as: .member, scope: .chosen, evidence: "demo")
    }

    /// Once the company has cases.
    static func settle(_ company: ContactID, _ numbers: [String], _ change: Change) throws {
        let people = try Membership.all(in: company, change.conn)
        guard let owner = people.first(where: { $0.role == .owner }), let crew = people.first(where: { $0.scope == .chosen }),
            let address = TypedAddress(invited)
        else { return }
        try Associates(change).choose(Set(chosen(numbers)), of: chosen(numbers), for: crew, called: name)
        try ContactWriter(change).invite(
            address, to: company, as: .manager, by: owner.account, days: 30, language: .english)
    }

    static func account(_ numbers: [String]) -> DemoAccount {
        DemoAccount(
            role: role, name: name, email: email, password: DemoCity.password, number: nil, cases: chosen(numbers))
    }

    private static func chosen(_ numbers: [String]) -> [String] { Array(numbers.prefix(chosenCases)) }
}
