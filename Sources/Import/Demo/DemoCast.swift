internal import Accounts
internal import Cases
internal import CityPack
internal import Contacts
internal import Core
internal import Primitives

/// The people one signs in as, or registers as, with cases that show what each part can see.
struct DemoCast: Sendable {
    private var homeowner = ContactID(0)
    private var applicant = ContactID(0)
    private(set) var builder = ContactID(0)
    private var electric = ContactID(0)
    private var neighbor = ContactID(0)

    // MARK: - People

    private struct Person: Sendable {
        let role: String
        let first: String
        let last: String
        let email: String
        var name: String { "\(first) \(last)" }

        func contact(_ phone: String) -> NewContact {
            var new = NewContact(.person)
            new.firstName = first
            new.lastName = last
            new.emails = [.init(email)]
            new.phones = [.init(kind: "mobile", typed: phone)]
            return new
        }
    }

    private static let rosa = Person(role: "homeowner", first: "Rosa", last: "Martínez", email: "rosa.martinez@mail.example")
    private static let theo = Person(role: "applicant", first: "Theo", last: "Abernathy", email: "theo.abernathy@mail.example")
    private static let hollis = Person(
        role: "unregistered person", first: "Hollis", last: "Vandermeer", email: "hollis.vandermeer@mail.example")
    private static let builderPeople: [(Person, Membership.Role)] = [
        (
            Person(role: "company owner", first: "Marisol", last: "Quintana", email: "marisol@juniperledge-builders.example"),
            .owner
        ),
        (
            Person(role: "company manager", first: "Ingrid", last: "Solheim", email: "ingrid@juniperledge-builders.example"),
            .manager
        ),
        (Person(role: "company member", first: "Devin", last: "Okafor", email: "devin@juniperledge-builders.example"), .member),
    ]
    private static let builderName = "Juniper Ledge Builders LLC"
    private static let electricName = "Front Range Electric LLC"
    private static let electricEmail = "office@frontrange-electric.example"

    private static let staffNames = [
        "intake": ("Priya", "Halvorsen"), "contact-steward": ("Noor", "Bellweather"), "reviewer": ("Felix", "Oyelaran"),
        "inspector": ("Dana", "Kowalczyk"), "cashier": ("Lena", "Whitcombe"), "code-officer": ("Marcus", "Tanaka"),
        "supervisor": ("Ruth", "Esperanza"), "administrator": ("Sven", "Adeyemi"),
    ]

    /// Somebody for each role of the city pack.
    private static func staff(_ role: StaffRole) -> Person {
        let (first, last) = staffNames[role.rawValue] ?? ("Robin", "Vandersloot")
        let words = role.rawValue.split(separator: "-")
        return Person(
            role: words.joined(separator: " "), first: first, last: last,
            email: "\(words.joined(separator: "."))@city-staff.example")
    }

    private static func roles(_ city: CityContext) -> [StaffRole] { city.pack.roles.map { StaffRole(rawValue: $0.key) } }

    static func enter(passwordHash: String, _ change: Change) throws -> DemoCast {
        var cast = DemoCast()
        let writer = ContactWriter(change)
        var rosa = rosa.contact("303-555-0110")
        rosa.isFindable = true
        rosa.address = .init(street: "2716 Columbine Ridge Ave", city: "Boulder", state: "CO", zip: "80304")
        cast.homeowner = try writer.create(rosa)
        try DemoCrowd.account(rosa, cast.homeowner, passwordHash, change)
        let theo = theo.contact("720-555-0111")
        cast.applicant = try writer.create(theo)
        try DemoCrowd.account(theo, cast.applicant, passwordHash, change)
        var hollis = hollis.contact("303-555-0112")
        hollis.address = .init(street: "3348 14th St", city: "Boulder", state: "CO", zip: "80304")
        cast.neighbor = try writer.create(hollis)

        cast.electric = try writer.create(company(electricName, electricEmail, "303-555-0120"))
        cast.builder = try writer.create(company(builderName, "office@juniperledge-builders.example", "303-555-0121"))
        for (offset, (person, role)) in builderPeople.enumerated() {
            var contact = person.contact("720-555-013\(offset)")
            contact.companyName = builderName
            contact.parent = cast.builder
            let id = try writer.create(contact)
            let account = try DemoCrowd.account(contact, id, passwordHash, change)
            try writer.join(account, organization: cast.builder, as: role, evidence: "demo")
        }
        try DemoCompany.enter(cast.builder, named: builderName, passwordHash: passwordHash, change)
        for role in roles(change.city) { try hire(role, passwordHash, change) }
        return cast
    }

    private static func company(_ name: String, _ email: String, _ phone: String) -> NewContact {
        var new = NewContact(.company)
        new.companyName = name
        new.emails = [.init(email, isShared: true)]
        new.phones = [.init(kind: "business", typed: phone)]
        new.address = .init(
            street: "4900 Flagstone Ave", unit: "Unit \(phone.suffix(1))", city: "Boulder", state: "CO", zip: "80301")
        new.isFindable = true
        return new
    }

    private static func hire(_ role: StaffRole, _ passwordHash: String, _ change: Change) throws {
        let person = staff(role)
        guard let folded = FoldedEmail(person.email) else { return }
        let writer = AccountWriter(change)
        let id = try writer.create(
            firstName: person.first, lastName: person.last, phone: "", email: TypedAddress(typed: person.email, folded: folded),
            language: .english, passwordHash: passwordHash, provesEmail: false)
        try writer.give(role, to: id)
    }

    // MARK: - Their cases

    /// In a large city the builder is a large company: it stands on some five thousand cases.
    func keepBusy(_ plan: inout [PlannedCase]) {
        let trade = "contractor-general"
        let places = plan.indices.filter { place in plan[place].parties.contains { $0.type == trade } }
        let wanted = 5_200
        guard places.count >= 2 * wanted else { return }
        for turn in 0..<wanted {
            let place = places[turn * places.count / wanted]
            plan[place].parties = plan[place].parties.map { party in
                party.type == trade ? .init(contact: builder, type: trade, isPrimary: party.isPrimary) : party
            }
        }
    }

    /// How old, what, and in which bucket.
    private typealias Sketch = (type: String, bucket: Bucket, daysAgo: Int)

    /// The cast's cases. Parents are named by their place in this list.
    func cases(_ planner: inout DemoPlanner) -> [PlannedCase] {
        var cases: [PlannedCase] = []
        let beforeCutOver = planner.pack.city.cutOver.adding(days: -420).days(until: planner.today)

        let electrical: [Sketch] = [
            ("electrical", .active, 9), ("electrical", .active, 34), ("electrical", .active, 61), ("electrical", .active, 118),
            ("electrical", .pending, 4), ("electrical", .pending, 12), ("electrical", .attention, 21),
            ("electrical", .active, beforeCutOver), ("electrical", .closed, 240), ("electrical", .closed, 402),
        ]
        for sketch in electrical {
            var planned = draw(sketch, &planner)
            add(electric, "contractor-electrical", to: &planned, of: .unregisteredCompany, planner: &planner)
            cases.append(planned)
        }
        let hers: [Sketch] = [
            ("roofing-replacement", .active, 26), ("mechanical", .attention, 8), ("plumbing", .closed, 300),
            ("building-accessory", .active, beforeCutOver - 90),
        ]
        for sketch in hers {
            var planned = draw(sketch, &planner)
            add(homeowner, "property-owner", to: &planned, of: .homeowner, planner: &planner)
            cases.append(planned)
        }
        let his: [Sketch] = [
            ("fence-and-wall", .active, 40), ("administrative-review", .pending, 15), ("plumbing", .attention, 11),
            ("mechanical", .draft, 2),
        ]
        for sketch in his {
            var planned = draw(sketch, &planner)
            add(applicant, "applicant", to: &planned, of: .applicant, planner: &planner)
            cases.append(planned)
        }
        let known: [Sketch] = [
            ("building-single-family-detached", .active, 52), ("electrical", .pending, 6), ("roofing-replacement", .closed, 510),
        ]
        for sketch in known {
            var planned = draw(sketch, &planner)
            add(neighbor, "property-owner", to: &planned, of: .unregisteredPerson, planner: &planner)
            cases.append(planned)
        }
        builderCases(&cases, beforeCutOver + 40, &planner)
        confidential(&cases, &planner)
        return cases
    }

    /// The builder's house with its sub-permits, and more.
    private func builderCases(_ cases: inout [PlannedCase], _ longAgo: Int, _ planner: inout DemoPlanner) {
        let house = cases.count
        let theirs: [Sketch] = [
            ("building-single-family-detached", .active, 75), ("building-townhome", .active, 140),
            ("building-accessory", .active, 33),
            ("demolition", .active, 95), ("building-non-residential", .pending, 10),
            ("building-single-family-attached", .attention, 18),
            ("contractor-license", .active, 200), ("building-multifamily", .draft, 1), ("building-accessory", .closed, 420),
            ("building-accessory", .active, longAgo),
        ]
        for sketch in theirs {
            var planned = draw(sketch, &planner)
            let type = planner.pack.caseType(sketch.type)
            let part = type?.contactTypes.contains("contractor-general") ?? false ? "contractor-general" : "applicant"
            add(builder, part, to: &planned, of: .companyOwner, .companyMember, planner: &planner)
            cases.append(planned)
        }
        for type in ["electrical", "plumbing"] {
            var planned = draw((type, .active, 70), &planner)
            planned.parent = house
            planned.new.place = cases[house].new.place
            planned.new.workClass = "\(type)-sub-permit"
            add(builder, "contractor-general", to: &planned, of: .companyOwner, .companyMember, planner: &planner)
            cases.append(planned)
        }
        cases[house].isParent = true
    }

    private func confidential(_ cases: inout [PlannedCase], _ planner: inout DemoPlanner) {
        var planned = draw(("code-case", .active, 30), &planner)
        planned.new.isConfidential = true
        planned.parts = [.confidential]
        cases.append(planned)
    }

    /// A case with only strangers on it who own no account of the cast.
    private func draw(_ sketch: Sketch, _ planner: inout DemoPlanner) -> PlannedCase {
        let pack = planner.pack
        let type = pack.caseType(sketch.type) ?? pack.caseTypes[0]
        let day = planner.workday(planner.today.adding(days: -sketch.daysAgo))
        let status = sketch.bucket == .draft ? planner.status(.pending) : planner.status(sketch.bucket)
        var planned = planner.make(type, status, on: day, withParties: false)
        if sketch.bucket == .draft { planner.makeDraft(&planned) }
        planned.isParent = false
        planned.parties = []
        return planned
    }

    /// Puts somebody of the cast on a case, and a stranger in the other part.
    private func add(
        _ contact: ContactID, _ part: String, to planned: inout PlannedCase, of parts: DemoPart..., planner: inout DemoPlanner
    ) {
        planned.parties = [.init(contact: contact, type: part, isPrimary: true)]
        let other = part == "property-owner" ? "applicant" : "property-owner"
        let offered = planner.pack.caseType(planned.new.type)?.contactTypes ?? []
        if planned.new.isSubmitted, offered.contains(other), let stranger = planner.dice.pick(planner.crowd.persons) {
            planned.parties.append(.init(contact: stranger, type: other, isPrimary: true))
        }
        // Closed cases may have left the dashboard.
        if planner.pack.status(planned.new.status)?.bucket != .closed { planned.parts = parts }
    }

    // MARK: - The list

    /// Everybody, with the numbers of their cases.
    func accounts(_ numbers: [DemoPart: [String]], _ city: CityContext) -> [DemoAccount] {
        func known(_ person: Person, _ part: DemoPart) -> DemoAccount {
            DemoAccount(
                role: person.role, name: person.name, email: person.email, password: DemoCity.password, number: nil,
                cases: numbers[part] ?? [])
        }
        var list = [
            DemoAccount(
                role: "unregistered company", name: DemoCast.electricName, email: DemoCast.electricEmail, password: nil,
                number: nil,
                cases: numbers[.unregisteredCompany] ?? []),
            DemoAccount(
                role: DemoCast.hollis.role, name: DemoCast.hollis.name, email: DemoCast.hollis.email, password: nil, number: nil,
                cases: numbers[.unregisteredPerson] ?? []),
            known(DemoCast.rosa, .homeowner), known(DemoCast.theo, .applicant),
        ]
        list += DemoCast.builderPeople.map { known($0.0, $0.1 == .member ? .companyMember : .companyOwner) }
        list.append(DemoCompany.account(numbers[.companyMember] ?? []))
        list += DemoCast.roles(city).map { role in
            let person = DemoCast.staff(role)
            return DemoAccount(
                role: person.role, name: person.name, email: person.email, password: DemoCity.password, number: nil, cases: [])
        }
        list.append(
            DemoAccount(
                role: "confidential case", name: "", email: "", password: nil, number: numbers[.confidential]?.first, cases: []))
        return list
    }
}
