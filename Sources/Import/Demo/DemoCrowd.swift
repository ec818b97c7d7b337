internal import Accounts
internal import CityPack
internal import Contacts
internal import Core
internal import Primitives

/// The people and companies of the city beside those whom one signs in as.
struct DemoCrowd: Sendable {
    private(set) var persons: [ContactID] = []
    /// By the contact type of their trade.
    private(set) var companies: [String: [ContactID]] = [:]
    private(set) var allCompanies: [ContactID] = []

    /// A household, or a company with its people.
    private struct Newcomer: Sendable {
        var contact: NewContact
        var trade = ""
        var people: [NewContact] = []
        /// Whether the person, or the company's people in turn, have accounts.
        var hasAccount = false
        var isAlone: Bool { people.isEmpty && !hasAccount }
    }

    private struct Settled: Sendable {
        var ids: [(trade: String, id: ContactID)] = []
    }

    mutating func settle(
        for cases: Int, dice: inout Dice, passwordHash: String, _ demo: DemoCity, _ progress: @Sendable (String) throws -> Void
    ) async throws {
        let trades = DemoCrowd.trades
        let companies = min(5_000, max(trades.count * 2, cases / 14))
        let persons = min(200_000, max(24, cases / 3))
        var done = 0
        var size = BatchSize()
        while done < companies + persons {
            try Task.checkCancellation()
            let batch = (done..<min(done + size.rows / 2, companies + persons)).map { index in
                index < companies
                    ? DemoCrowd.company(index, trade: trades[index % trades.count], &dice)
                    : DemoCrowd.person(index - companies, &dice)
            }
            done += batch.count
            let settled = try await size.timing {
                try await demo.write { change in
                    // Those without anybody or anything beside them are made together.
                    let alone = batch.filter(\.isAlone)
                    var made = try ContactWriter(change).create(all: alone.map(\.contact)).makeIterator()
                    var settled = Settled()
                    for newcomer in batch {
                        let id = try newcomer.isAlone ? made.next() : DemoCrowd.enter(newcomer, passwordHash, change)
                        if let id { settled.ids.append((newcomer.trade, id)) }
                    }
                    return settled
                }
            }
            for (trade, id) in settled.ids {
                if trade.isEmpty {
                    self.persons.append(id)
                } else {
                    self.companies[trade, default: []].append(id)
                    allCompanies.append(id)
                }
            }
            try progress("\(grouped(done)) of \(grouped(companies + persons)) people and companies")
        }
    }

    private static let trades = [
        "contractor-general", "contractor-electrical", "contractor-mechanical", "contractor-plumbing", "contractor-roofing",
        "contractor-fire", "contractor-right-of-way", "contractor-sign", "contractor-demolition", "contractor-general",
    ]

    private static func person(_ index: Int, _ dice: inout Dice) -> Newcomer {
        var new = NewContact(.person)
        new.firstName = dice.word(DemoNames.first)
        new.lastName = dice.word(DemoNames.last)
        new.emails = [.init("\(DemoNames.slug("\(new.firstName) \(new.lastName)", separator: ".")).\(index + 1)@mail.example")]
        new.phones = [.init(kind: "mobile", typed: DemoNames.phone(&dice))]
        let place = DemoNames.place(&dice)
        new.address = .init(street: place.street, unit: place.unit, city: "Boulder", state: "CO", zip: place.zip)
        new.isFindable = dice.chance(4)
        return Newcomer(contact: new, hasAccount: dice.chance(6) && index < 3000)
    }

    private static func company(_ index: Int, trade: String, _ dice: inout Dice) -> Newcomer {
        var new = NewContact(.company)
        new.companyName = DemoNames.company(trade, &dice)
        let domain = "\(DemoNames.slug(new.companyName, separator: "-"))\(index < 400 ? "" : "-\(index)").example"
        let office = "\(dice.word(["office", "info", "permits"]))@\(domain)"
        new.emails = [.init(office, isShared: true)]
        new.phones = [.init(kind: "business", typed: DemoNames.phone(&dice))]
        let place = DemoNames.place(&dice)
        new.address = .init(street: place.street, unit: place.unit, city: "Boulder", state: "CO", zip: place.zip)
        new.isFindable = true
        var newcomer = Newcomer(contact: new, trade: trade, hasAccount: index % 3 == 0 && index < 600)
        for position in 0..<dice.number(1...3) {
            var person = NewContact(.person)
            person.firstName = dice.word(DemoNames.first)
            person.lastName = dice.word(DemoNames.last)
            person.companyName = new.companyName
            person.title = dice.word(["Project manager", "Office manager", "Estimator", "Master of the trade"])
            // Without a login of their own some read the company's mailbox: it is on several records then.
            let own = "\(DemoNames.slug(person.firstName)).\(DemoNames.slug(person.lastName)).\(index + 1)\(position)@\(domain)"
            person.emails = newcomer.hasAccount || position > 0 ? [.init(own)] : [.init(own), .init(office, isShared: true)]
            newcomer.people.append(person)
        }
        return newcomer
    }

    private static func enter(_ newcomer: Newcomer, _ passwordHash: String, _ change: Change) throws -> ContactID {
        let id = try ContactWriter(change).create(newcomer.contact)
        if newcomer.people.isEmpty, newcomer.hasAccount { try account(newcomer.contact, id, passwordHash, change) }
        for (position, person) in newcomer.people.enumerated() {
            var person = person
            person.parent = id
            let contact = try ContactWriter(change).create(person)
            guard newcomer.hasAccount else { continue }
            let account = try account(person, contact, passwordHash, change)
            let role: Membership.Role = [.owner, .manager, .member][min(position, 2)]
            try ContactWriter(change).join(account, organization: id, as: role, evidence: "demo")
        }
        return id
    }

    /// An account whose email is proven: what follows from that (C1) happens here as it does for everybody.
    @discardableResult
    static func account(_ person: NewContact, _ contact: ContactID, _ passwordHash: String, _ change: Change) throws -> AccountID
    {
        let typed = person.emails.first?.typed ?? ""
        guard let folded = FoldedEmail(typed) else { throw ImportProblem("\(typed) is not an email address.") }
        let account = try AccountWriter(change).create(
            firstName: person.firstName, lastName: person.lastName, phone: person.phones.first?.typed ?? "",
            email: TypedAddress(typed: typed, folded: folded), language: .english, passwordHash: passwordHash)
        try ContactWriter(change).link(account, to: contact, how: .registration, evidence: "demo")
        return account
    }
}
