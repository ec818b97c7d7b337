@testable import Matching

/// An invented city in which it is known who is who, with every case in which two records look like one and are not.
struct PlantedContacts {
    private(set) var contacts: [MatchContact] = []
    /// Who each contact is, by position.
    private(set) var entity: [Int] = []
    /// What a trap is about, by position; nil for the crowd.
    private(set) var trap: [String?] = []
    private var dice: UInt64
    private var entities = 0

    private static let firsts = [
        "Mary", "Patricia", "Jennifer", "Linda", "Elizabeth", "Barbara", "Susan", "Jessica", "Karen", "Margaret", "Robert",
        "William",
        "Michael", "James", "Daniel", "Danielle", "Mario", "Maria", "Erica", "Eric", "Guadalupe", "Ignacio", "José", "Zoë",
        "Thora",
        "Otto", "Wanda", "Basil", "Marvin", "Martin",
    ]
    private static let begins = [
        "Ash", "Bar", "Cal", "Dun", "Fen", "Gar", "Hol", "Jar", "Lin", "Mar", "Nor", "Pem", "Quin", "Ros", "Tor",
    ]
    private static let ends = [
        "ton", "son", "berg", "ford", "well", "stein", "wood", "field", "more", "hurst", "quist", "ez", "ano",
    ]
    private static let streets = [
        "Aspen Way", "Bear Ct", "Cedar St", "Elk Dr", "Iris Ave", "Mesa Ln", "Pine Rd", "Sage Pl", "Ute St",
    ]

    init(seed: UInt64, households: Int = 250) {
        dice = seed
        for _ in 0..<households { household() }
        for _ in 0..<(households / 10) { company() }
        for _ in 0..<12 { traps() }
    }

    var records: MatchRecords {
        var builder = MatchRecordsBuilder()
        for contact in contacts { builder.add(contact) }
        return builder.finish()
    }

    private mutating func roll(_ sides: Int) -> Int {
        dice = mixed(dice)
        return Int(dice >> 33) % sides
    }
    private mutating func pick(_ items: [String]) -> String { items[roll(items.count)] }
    private mutating func surname() -> String { pick(PlantedContacts.begins) + pick(PlantedContacts.ends) }
    private mutating func phone() -> String { "303-\(200 + roll(800))-\(1000 + roll(9000))" }

    private mutating func place() -> MatchContact {
        var contact = MatchContact(id: "")
        contact.address = "\(1 + roll(9999)) \(pick(PlantedContacts.streets))"
        (contact.city, contact.state, contact.zip) = ("Boulder", "CO", "8030\(1 + roll(5))")
        return contact
    }

    private mutating func add(_ contact: MatchContact, _ entity: Int, trap: String? = nil) {
        var contact = contact
        contact.id = "c\(contacts.count)"
        contacts.append(contact)
        self.entity.append(entity)
        self.trap.append(trap)
    }

    private mutating func new() -> Int {
        entities += 1
        return entities
    }

    private mutating func household() {
        let home = place()
        let (last, line) = (surname(), phone())
        var taken: Set<String> = []
        for _ in 0..<(1 + roll(3)) {
            let first = pick(PlantedContacts.firsts)
            guard taken.insert(first).inserted else { continue }
            var person = home
            (person.firstName, person.lastName) = (first, last)
            if roll(2) == 0 { person.phones = [line] }
            if roll(2) == 0 { person.phones.append(phone()) }
            if roll(3) > 0 { person.emails = ["\(first).\(last)\(contacts.count)@mail.example"] }
            let someone = new()
            add(person, someone)
            if roll(6) == 0 { add(again(person), someone) }
        }
    }

    /// The same person as somebody else typed it.
    private mutating func again(_ person: MatchContact) -> MatchContact {
        var person = person
        switch roll(6) {
        case 0:
            person.firstName =
                ["Elizabeth": "Liz", "Robert": "Bob", "Margaret": "Peggy", "José": "Jose"][person.firstName] ?? person.firstName
        case 1: person.address = person.address.replacing(" St", with: " Street").replacing(" Ave", with: " Avenue")
        case 2: person.phones = []
        case 3: person.emails = []
        case 4: (person.firstName, person.lastName) = (person.lastName, person.firstName)
        default: person.lastName += "e"
        }
        return person
    }

    private mutating func company() {
        var office = place()
        let core = "\(surname()) \(pick(["Electric", "Plumbing", "Roofing", "Builders"]))"
        office.unit = "Suite \(100 + roll(300))"
        office.phones = [phone()]
        office.emails = ["info@\(core.split(separator: " ")[0])\(contacts.count).example"]
        office.companyName = "\(core) LLC"
        var row = office
        row.kind = .company
        let company = new()
        add(row, company)
        row.companyName = core
        if roll(3) == 0 { add(row, company) }
        for _ in 0..<roll(4) {
            var person = office
            (person.kind, person.firstName, person.lastName) = (.person, pick(PlantedContacts.firsts), surname())
            add(person, new())
        }
    }

    /// Pairs that must never be taken for one. Each kind once.
    private mutating func traps() {
        let last = surname()
        var base = place()
        (base.firstName, base.lastName, base.phones, base.emails) = (
            "Robert", last, [phone()], ["the\(last)\(contacts.count)@mail.example"]
        )
        func changed(_ change: (inout MatchContact) -> Void) -> MatchContact {
            var other = base
            change(&other)
            return other
        }
        put("Jr and Sr at one address", changed { $0.lastName += " Sr" }, changed { $0.lastName += ", Jr." })
        put("only one is a Jr", base, changed { $0.title = "Jr" })
        put("a couple with one mailbox", base, changed { $0.firstName = "Roberta" })
        put("a couple with like names", changed { $0.firstName = "Eric" }, changed { $0.firstName = "Erica" })
        put("two middle names", changed { $0.middleName = "Allen" }, changed { $0.middleName = "B" })
        put(
            "the person and the company", changed { $0.companyName = "\(last) Homes LLC" },
            changed { ($0.kind, $0.companyName, $0.firstName, $0.lastName) = (.company, "\(last) Homes LLC", "", "") })
        put(
            "a mailbox that a successor took over", changed { $0.companyName = "\(last) Homes LLC" },
            changed { ($0.companyName, $0.firstName, $0.lastName) = ("\(last) Homes LLC", "Wanda", "Pemquist") })
        put(
            "a phone that somebody else got", changed { $0.emails = [] },
            changed { ($0.firstName, $0.lastName, $0.emails, $0.address) = ("Thora", "Garano", [], "9 Iris Ave") })
        put(
            "two units of one building", changed { ($0.unit, $0.phones, $0.emails) = ("Apt 4", [], []) },
            changed { ($0.unit, $0.phones, $0.emails) = ("Apt 9", [], []) })
        put(
            "one name in two places", changed { ($0.phones, $0.emails) = ([], []) },
            changed { ($0.phones, $0.emails, $0.address, $0.zip) = ([], [], "8123 Sage Pl", "80302") })
        put(
            "father and son, one phone, a mailbox each", changed { $0.emails = ["elder@mail.example"] },
            changed { $0.emails = ["younger@mail.example"] })
        put(
            "father and son, a phone each", changed { ($0.emails, $0.phones) = ([], ["303-555-1234"]) },
            changed { ($0.emails, $0.phones) = ([], ["720-777-1234"]) })
        put("no first name", base, changed { $0.firstName = "" })
        func company(_ name: String, _ change: (inout MatchContact) -> Void = { _ in }) -> MatchContact {
            changed {
                ($0.kind, $0.firstName, $0.lastName, $0.companyName) = (.company, "", "", name)
                change(&$0)
            }
        }
        put("two companies of one owner", company("\(last) Builders LLC"), company("\(last) Builders Supply LLC"))
        put("two legal forms", company("\(last) Homes LLC"), company("\(last) Homes, Inc."))
        put(
            "two trade names", company("\(last) Holdings LLC dba Summit Roofing"),
            company("\(last) Holdings LLC dba Peak Gutters"))
        put(
            "a trade name and a company of that name", company("\(last) Holdings LLC d/b/a Summit Roofing"),
            company("Summit Roofing"))
        put("numbered companies", company("\(last) Homes 1 LLC"), company("\(last) Homes 2 LLC"))
        put(
            "two branches", company("\(last) Supply"),
            company("\(last) Supply") { ($0.address, $0.phones) = ("400 Mesa Ln", ["720-555-0199"]) })
        let mailbox = "crew\(contacts.count)@mail.example"
        for first in ["Otto", "Basil", "Zoë", "Ignacio"] {
            add(
                changed { ($0.firstName, $0.lastName, $0.emails) = (first, "Lin\(last)", [mailbox]) }, new(),
                trap: "one mailbox of many")
        }
    }

    /// Each pair in a place of its own, so that it does not touch the others.
    private mutating func put(_ name: String, _ one: MatchContact, _ two: MatchContact) {
        let number = contacts.count
        func moved(_ contact: MatchContact) -> MatchContact {
            var contact = contact
            contact.address = "\(number)\(contact.address)"
            contact.emails = contact.emails.map { "\(number)\($0)" }
            contact.phones = contact.phones.map { "\($0.prefix(8))\(1000 + number % 9000)" }
            return contact
        }
        add(moved(one), new(), trap: name)
        add(moved(two), new(), trap: name)
    }
}
