import Accounts
import Cases
import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

/// Somebody who comes to the portal: a guest, people in every relation to a case, and the city's own people.
struct Comer: Sendable {
    let name: String
    let browser: Browser
    let principal: Principal
}

/// A word that stands in one place of the city only, and who may read it.
struct Canary: Sendable {
    let word: String
    /// Names of comers.
    let readers: Set<String>
}

/// A city in which everything that is not everybody's carries a word of its own.
///
/// Pia is a person on two cases; her company is on two, of which one is chosen for a member who sees chosen cases only; Otto and his
/// company stand on a case that is nobody else's.
struct LeakCity: Sendable {
    let city: TestCity
    let comers: [Comer]
    let canaries: [Canary]
    /// Everything that stands in an address somewhere: numbers, public ids, keys.
    let names: [String]
    let numbers: [String]
    let stranger: AccountID

    func comer(_ name: String) throws -> Comer { try #require(comers.first { $0.name == name }) }

    static let roles: [StaffRole] = [.intake, .contactSteward, .inspector, .supervisor, .administrator]

    /// - Parameter statements: hears what the city asks its database.
    init(statements: StatementLog? = nil) async throws {
        let city = try await TestCity.make(statements: statements)
        self.city = city
        let people = try await LeakCity.people(city)
        let cases = try await LeakCity.cases(city, people)
        let comers = try await LeakCity.comers(city, people)
        self.comers = comers
        stranger = people.stranger
        try await LeakCity.act(city, comers, cases)
        var (numbers, readers): ([String], [CaseID: Set<String>]) = ([], [:])
        let access = city.context.access
        for id in cases.all {
            numbers.append(try await city.number(of: id))
            for comer in comers {
                let sees = try await city.read { try access.may("case.view", comer.principal, on: id.value, $0) }
                if sees { readers[id, default: []].insert(comer.name) }
            }
        }
        let found = numbers
        self.numbers = found
        let staff = comers.filter { access.may("case.view", $0.principal) }.map(\.name)
        let desk = comers.filter { access.may("contact.view", $0.principal) }.map(\.name)
        let tickets = comers.filter { access.may("ticket.view", $0.principal) || access.may("access-request.view", $0.principal) }
            .map(\.name)
        // Whoever looks after the system sees to whom mail could not be delivered.
        let operators = comers.filter { access.may("system.operate", $0.principal) }.map(\.name)
        // Whoever helps with accounts looks one up by its exact address.
        let helpers = comers.filter { access.may("account.support", $0.principal) }.map(\.name)
        let firm: Set<String> = ["owner", "manager", "member", "chosen member"]
        canaries = [
            Canary(word: "Kestrelquill", readers: readers[cases.secret] ?? []),
            Canary(word: "Lanternbrook", readers: readers[cases.secret] ?? []),
            Canary(word: "Marlspire", readers: readers[cases.firms] ?? []),
            Canary(word: "Nettlewick", readers: readers[cases.chosen] ?? []),
            Canary(word: "Ottercombe", readers: readers[cases.others] ?? []),
            Canary(word: "Pinderhollow", readers: readers[cases.draft] ?? []),
            // The name of a person on a public case: those on it, the city, and Pia's colleagues, who know her.
            Canary(word: "Quenbyrose", readers: firm.union(["person"]).union(staff).union(desk).union(tickets).union(helpers)),
            Canary(word: "rookfern@", readers: Set(["person"] + staff + desk + tickets + operators + helpers)),
            Canary(word: "sedgemoor@", readers: firm.union(desk).union(tickets).union(operators)),
            Canary(word: "Thistlegate", readers: Set(["person"] + tickets)),
            Canary(word: "Umberfield", readers: Set(tickets)),
            Canary(word: "Vetchlow", readers: ["person"]),
            Canary(word: "Wrenmarsh", readers: Set(["other owner"] + staff + desk + tickets + helpers)),
            Canary(word: "303-555-0147", readers: Set(["person"] + desk + tickets + helpers)),
        ]
        names = try await city.read { conn in
            let ids: [String] = try conn.rows(
                "SELECT public_id FROM contact UNION SELECT public_id FROM account ORDER BY 1"
            ).map { try $0["public_id"] }
            let tickets: [String] = try conn.rows("SELECT number FROM access_request").map { try $0["number"] }
            return found + ids + tickets + ["1", "2", "en", "question"]
        }
    }

    private struct People {
        let pia, otto: ContactID
        let firm, others: ContactID
        let accounts: [(name: String, id: AccountID)]
        let stranger: AccountID
    }

    private struct Cases {
        let open, secret, firms, chosen, others, draft: CaseID
        var all: [CaseID] { [open, secret, firms, chosen, others, draft] }
    }

    private static func people(_ city: TestCity) async throws -> People {
        var pia = NewContact(.person)
        (pia.firstName, pia.lastName) = ("Pia", "Quenbyrose")
        pia.emails = [.init("rookfern@example.org")]
        pia.phones = [.init(kind: "mobile", typed: "303-555-0147")]
        let new = pia
        let person = try await city.write(origin: .imported) { try ContactWriter($0).create(new) }
        let otto = try await city.person("Otto", "Wrenmarsh", email: "otto@example.org")
        let firm = try await city.company("Sedgemoor Electric LLC", email: "sedgemoor@example.org")
        let others = try await city.company("Yarrow Tile LLC", email: "yarrow@example.org")
        var accounts: [(String, AccountID)] = []
        for (name, first, last, email) in [
            ("person", "Pia", "Quenbyrose", "rookfern@example.org"), ("owner", "Olga", "Finch", "olga@example.org"),
            ("manager", "Mads", "Finch", "mads@example.org"), ("member", "Mina", "Finch", "mina@example.org"),
            ("chosen member", "Cy", "Finch", "cy@example.org"), ("former member", "Fay", "Gone", "fay@example.org"),
            ("other owner", "Otto", "Wrenmarsh", "otto@example.org"), ("stranger", "Sten", "Strange", "sten@example.org"),
        ] {
            accounts.append((name, try await city.account(first, last, email: email)))
        }
        func id(_ name: String) throws -> AccountID { try #require(accounts.first { $0.0 == name }).1 }
        for (name, role, scope) in [
            ("owner", Membership.Role.owner, Membership.Scope.all), ("manager", .manager, .all), ("member", .member, .all),
            ("chosen member", .member, .chosen), ("former member", .member, .all),
        ] {
            let account = try id(name)
            try await city.write {
                _ = try ContactWriter($0).join(account, organization: firm, as: role, scope: scope, evidence: "hired")
            }
        }
        let (gone, other) = (try id("former member"), try id("other owner"))
        try await city.write { change in
            _ = try ContactWriter(change).leave(gone, organization: firm)
            _ = try ContactWriter(change).join(other, organization: others, as: .owner, evidence: "founded it")
        }
        return People(
            pia: person, otto: otto, firm: firm, others: others, accounts: accounts, stranger: try id("stranger"))
    }

    private static func cases(_ city: TestCity, _ people: People) async throws -> Cases {
        let cases = Cases(
            open: try await city.aCase(description: "Panel upgrade"),
            secret: try await city.aCase(description: "Kestrelquill repair", street: "9 Lanternbrook Way", confidential: true),
            firms: try await city.aCase(description: "Marlspire wiring", street: "8 Canyon Blvd", confidential: true),
            chosen: try await city.aCase(description: "Nettlewick wiring", street: "7 Canyon Blvd", confidential: true),
            others: try await city.aCase(description: "Ottercombe tiles", street: "6 Canyon Blvd", confidential: true),
            draft: try await city.aCase(description: "Pinderhollow deck", street: "5 Canyon Blvd", submitted: false))
        try await city.grant(people.pia, on: cases.open)
        try await city.grant(people.firm, on: cases.open, as: "contractor-electrical")
        for id in [cases.secret, cases.draft] { try await city.grant(people.pia, on: id) }
        for id in [cases.firms, cases.chosen] { try await city.grant(people.firm, on: id, as: "contractor-electrical") }
        try await city.grant(people.otto, on: cases.others)
        try await city.grant(people.others, on: cases.others, as: "contractor-general")
        let chosen = cases.chosen
        let member = try #require(people.accounts.first { $0.name == "chosen member" }).id
        try await city.write { change in
            let (grant, membership): (Int64?, Int64?) = (
                try change.conn.value("SELECT id FROM case_grant WHERE case_id = \(chosen) AND until IS NULL"),
                try change.conn.value("SELECT id FROM membership WHERE account_id = \(member) AND until IS NULL")
            )
            guard let grant, let membership else { throw NotFound() }
            try change.conn.run(
                """
                INSERT INTO case_associate (membership_id, grant_id, added_by, since)
                VALUES (\(membership), \(grant), 'job:test', \(change.now))
                """)
        }
        return cases
    }

    private static func comers(_ city: TestCity, _ people: People) async throws -> [Comer] {
        var comers = [Comer(name: "guest", browser: city.browser(), principal: .guest)]
        for (name, account) in people.accounts {
            let browser = city.browser()
            try await browser.signIn(account)
            comers.append(Comer(name: name, browser: browser, principal: .account(account, actingFor: nil)))
        }
        for role in roles {
            let account = try await city.staff(role, email: "\(role.rawValue)@city.example")
            let browser = city.browser()
            try await browser.signIn(account, staff: true)
            comers.append(Comer(name: role.rawValue, browser: browser, principal: .staff(account, roles: [role])))
        }
        return comers
    }

    /// What people wrote: a request with a note of the city's, a search that is kept.
    private static func act(_ city: TestCity, _ comers: [Comer], _ cases: Cases) async throws {
        let person = try #require(comers.first { $0.name == "person" }).browser
        let steward = try #require(comers.first { $0.name == StaffRole.contactSteward.rawValue }).browser
        #expect(await person.post("/access-request", ["case": "1 Elsewhere St", "part": "I own Thistlegate"]).status == 303)
        #expect(await person.post("/searches", ["title": "Vetchlow", "search": "q=kitchen"]).status < 500)
        let number: String? = try await city.read { try $0.value("SELECT number FROM access_request ORDER BY id DESC LIMIT 1") }
        let asked = try #require(number)
        #expect(await steward.post("/staff/desk/access-requests/\(asked)/note", ["note": "Call Umberfield"]).status == 303)
        // What was said to them is shown once.
        for browser in [person, steward] { await browser.get("/search") }
    }
}

extension LeakCity {
    /// `EveryPlanTests` compares them with the page that lists them.
    static let recordParts = [
        "account", "emails", "contacts", "organizations", "organization-invitations", "cases", "favorites", "followed-cases",
        "collections", "requests", "claims", "merge-proposals", "saved-searches", "sessions", "security-events", "mail",
        "activity",
    ]

    /// Addresses of a route with each name that could stand in it; of two, the pairs of the first few.
    static func addresses(_ route: Route, _ names: [String]) -> [String] {
        let parts = route.template.split(separator: "/", omittingEmptySubsequences: false)
        let holes = parts.filter { $0.hasPrefix("{") }.count
        func filled(_ values: [String]) -> String {
            var rest = values[...]
            return parts.map { $0.hasPrefix("{") ? rest.popFirst() ?? "" : String($0) }.joined(separator: "/")
        }
        // Names of its own, and no other has them.
        if route.template == "/account/records/{part}" { return recordParts.map { filled([$0]) } }
        switch holes {
        case 0: return [route.template]
        case 1: return names.map { filled([$0]) }
        default:
            let few = names.filter { $0.count > 12 }
            return few.enumerated().map { index, name in
                filled([name] + (1..<holes).map { few[(index + $0) % few.count] })
            }
        }
    }
}
