internal import Accounts
internal import Cases
internal import CityPack
internal import Contacts
internal import Core
internal import Database
internal import Primitives

/// What is wrong, doubled or unusual in real records, so that nobody meets it first in their own city: one person typed three ways, one
/// mailbox on several records, somebody with two records, a company without people, a record that ended, names that are long, accented,
/// apostrophed, and words that run from right to left.
struct DemoTraps: Sendable {
    /// Contacts that stand on some case each; the ended one among them.
    private(set) var contacts: [ContactID] = []

    /// A larger city has more of them.
    static func sets(for cases: Int) -> Int { min(50, 1 + cases / 400) }

    mutating func enter(_ set: Int, dice: inout Dice, passwordHash: String, _ change: Change) throws {
        let scene = Scene(set: set, change: change, passwordHash: passwordHash)
        let phone = DemoNames.phone(&dice)
        let place = DemoNames.place(&dice)
        contacts += try scene.spellings(phone, place)
        contacts += try scene.sharedMailbox(phone)
        contacts.append(try scene.twoRecords(place))
        contacts.append(try scene.companyWithoutPeople(phone))
        contacts.append(try scene.ended())
        contacts += try scene.names(place)
        try scene.doubles()
    }

    /// What somebody wrote into the description of a case.
    static let descriptions = [
        "Owner's note: enter by the back yard. הכניסה מהחצר האחורית, בבקשה לצלצל.",
        "Work at the O'Keefe house: \"tack room\" <north side>, 12' × 14'. الدخول من الباب الخلفي",
        "Ampliación de la cocina; la dueña pide que llamen antes de venir (señora Núñez).",
    ]

    /// A parcel number that a spreadsheet ruined: the case stays without its parcel.
    static let ruinedParcel = "1.46334E+11"
}

/// One set of them. Its number keeps the addresses of the sets apart.
private struct Scene {
    let set: Int
    let change: Change
    let passwordHash: String
    private var writer: ContactWriter { ContactWriter(change) }

    private func person(_ first: String, _ last: String, email: String? = nil, isShared: Bool = false) -> NewContact {
        var new = NewContact(.person)
        new.firstName = first
        new.lastName = last
        if let email { new.emails = [.init(email, isShared: isShared)] }
        return new
    }

    private func company(_ name: String, email: String? = nil) -> NewContact {
        var new = NewContact(.company)
        new.companyName = name
        if let email { new.emails = [.init(email, isShared: true)] }
        return new
    }

    private func address(_ name: String) -> String { "\(name).\(set + 1)@mail.example" }

    /// One person as three clerks typed them: same phone and house, two of them with one email, so that proving it decides nothing (C1).
    func spellings(_ phone: String, _ place: (street: String, unit: String, zip: String)) throws -> [ContactID] {
        let email = address("ximena.iniguez")
        let typed: [(String, String, String?)] = [
            ("Ximena", "Íñiguez Núñez", email), ("Ximena", "Iniguez-Nunez", email), ("Jimena", "Iñiguez", nil),
        ]
        return try typed.map { first, last, email in
            var new = person(first, last, email: email)
            new.phones = [.init(kind: "mobile", typed: phone)]
            new.address = .init(street: place.street, unit: place.unit, city: "Boulder", state: "CO", zip: place.zip)
            return try writer.create(new)
        }
    }

    /// An office whose one mailbox stands on the company and on two of its people.
    func sharedMailbox(_ phone: String) throws -> [ContactID] {
        let email = "office@siltstone-works-\(set + 1).example"
        let office = try writer.create(company("Siltstone Works \(set + 1) LLC", email: email))
        let people = try [("Orla", "Pfeiffer"), ("Dmitri", "Vasquez-Lindholm")].map { first, last in
            var new = person(first, last, email: email, isShared: true)
            new.phones = [.init(kind: "business", typed: phone)]
            new.parent = office
            return try writer.create(new)
        }
        return [office] + people
    }

    /// A person and a company that a clerk entered twice, on no case: the clean-up list shows them as likely the same.
    func doubles() throws {
        let street = "\(2101 + 2 * set) Larkspur Ct"
        var one = person("Rosalind", "Vandermeulen", email: address("rosalind.vandermeulen"))
        one.phones = [.init(kind: "home", typed: "303-555-\(1200 + set)")]
        one.address = .init(street: street, city: "Boulder", state: "CO", zip: "80302")
        var again = one
        again.phones = [.init(kind: "mobile", typed: "(303) 555-\(1200 + set)")]
        again.title = "Owner"
        var firm = company("Gray Jay Tileworks \(set + 1) LLC", email: "office@gray-jay-\(set + 1).example")
        firm.phones = [.init(kind: "business", typed: "303-555-\(1300 + set)")]
        firm.address = .init(street: street, unit: "B", city: "Boulder", state: "CO", zip: "80302")
        var sameFirm = firm
        sameFirm.companyName = "Gray Jay Tileworks \(set + 1)"
        for new in [one, again, firm, sameFirm] { _ = try writer.create(new) }
    }

    /// Somebody on file at home and at work, with one account for both.
    func twoRecords(_ place: (street: String, unit: String, zip: String)) throws -> ContactID {
        var home = person("Renée", "D'Angelo-O'Shea", email: address("renee.dangelo"))
        home.address = .init(street: place.street, city: "Boulder", state: "CO", zip: place.zip)
        let first = try writer.create(home)
        var work = person("Renee", "DAngelo O'Shea", email: "renee@dangelo-drafting-\(set + 1).example")
        work.title = "Architect"
        let second = try writer.create(work)
        let account = try DemoCrowd.account(home, first, passwordHash, change)
        try writer.link(account, to: second, how: .steward, evidence: "demo")
        return second
    }

    func companyWithoutPeople(_ phone: String) throws -> ContactID {
        var new = company("Quarter Moon Masonry \(set + 1)")
        new.phones = [.init(kind: "business", typed: phone)]
        new.isFindable = true
        return try writer.create(new)
    }

    /// The older system says that this record is no longer active; its cases keep it.
    func ended() throws -> ContactID {
        let id = try writer.create(person("Cornelius", "Featherstonehaugh", email: address("cornelius")))
        try change.conn.run("UPDATE contact SET until = \(change.now) WHERE id = \(id)")
        try change.record(NewFact(.contactEnded, about: .contact(id), ["name": .string("Cornelius Featherstonehaugh")]))
        return id
    }

    func names(_ place: (street: String, unit: String, zip: String)) throws -> [ContactID] {
        var long = company(
            "The Front Range Society for the Careful Restoration of Porches, Cornices and Other Woodwork of Historic Houses, "
                + "Incorporated No. \(set + 1)", email: "office@porches-and-cornices-\(set + 1).example")
        long.address = .init(street: place.street, city: "Boulder", state: "CO", zip: place.zip)
        long.isFindable = true
        let people = [
            person("María de los Ángeles", "Echeverría Zubizarreta de la Peña y Montealegre", email: address("maria.echeverria")),
            person("Siobhán", "O'Shaughnessy", email: address("siobhan")),
            person("Nguyễn", "Thị Ánh Tuyết", email: address("nguyen.tuyet")),
            person("يوسف", "الحداد", email: address("yusuf.haddad")),
        ]
        return try [writer.create(long)] + people.map { try writer.create($0) }
    }
}
