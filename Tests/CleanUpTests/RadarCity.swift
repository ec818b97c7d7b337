import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import CleanUp

/// A city with a few hundred invented contacts, among whom nobody stands twice, so that there is something to learn from.
struct RadarCity {
    let city: TestCity

    private static let firsts = [
        "Abena", "Aiko", "Anders", "Basil", "Calla", "Dario", "Edda", "Emeka", "Farah", "Gideon", "Hana", "Idris", "Jonna",
        "Kaito",
        "Lars", "Marek", "Nerea", "Odile", "Petra", "Quentin", "Rhea", "Selim", "Tamsin", "Ulla", "Wanda", "Yara",
    ]
    private static let begins = [
        "Ash", "Bar", "Cal", "Dun", "Fen", "Gar", "Hol", "Jar", "Lin", "Mar", "Nor", "Pem", "Quin", "Ros",
    ]
    private static let ends = ["ton", "son", "berg", "ford", "well", "stein", "wood", "field", "more", "hurst", "quist", "ano"]
    private static let streets = ["Aspen Way", "Bear Ct", "Cedar St", "Elk Dr", "Iris Ave", "Mesa Ln", "Pine Rd", "Sage Pl"]

    static func make(households: Int = 90, statements: StatementLog? = nil) async throws -> RadarCity {
        let city = try await TestCity.make(statements: statements)
        let crowd = crowd(households)
        try await city.write(origin: .imported) { change in _ = try ContactWriter(change).create(all: crowd) }
        return RadarCity(city: city)
    }

    private static func crowd(_ households: Int) -> [NewContact] {
        var chance = Chance(seed: 7)
        var all: [NewContact] = []
        for home in 0..<households {
            let last = chance.pick(begins) + chance.pick(ends)
            let street = "\(100 + 7 * home) \(chance.pick(streets))"
            let first = chance.below(firsts.count)
            for member in 0..<(1 + home % 3) {
                var new = NewContact(.person)
                (new.firstName, new.lastName) = (firsts[(first + 5 * member) % firsts.count], last)
                new.phones = [.init(kind: "home", typed: "303-441-\(1000 + home)")]
                new.emails = [.init("\(new.firstName.lowercased()).\(home)@mail.example")]
                new.address = .init(street: street, city: "Boulder", state: "CO", zip: "8030\(1 + home % 5)")
                all.append(new)
            }
            guard home % 6 == 0 else { continue }
            var firm = NewContact(.company)
            firm.companyName =
                "\(chance.pick(begins))\(chance.pick(ends)) \(chance.pick(["Electric", "Plumbing", "Roofing"])) LLC"
            firm.phones = [.init(kind: "business", typed: "720-442-\(1000 + home)")]
            firm.address = .init(street: "\(3000 + home) Pearl St", city: "Boulder", state: "CO", zip: "80301")
            all.append(firm)
        }
        return all
    }

    /// Somebody with everything on file.
    static func rosalind(_ change: (inout NewContact) -> Void = { _ in }) -> NewContact {
        var new = NewContact(.person)
        (new.firstName, new.lastName) = ("Rosalind", "Vandermeulen")
        new.emails = [.init("rosalind@mail.example")]
        new.phones = [.init(kind: "home", typed: "303-555-1200")]
        new.address = .init(street: "2101 Larkspur Ct", city: "Boulder", state: "CO", zip: "80302")
        change(&new)
        return new
    }

    static func firm(_ name: String) -> NewContact {
        var new = NewContact(.company)
        new.companyName = name
        new.emails = [.init("office@gray-jay.example")]
        new.phones = [.init(kind: "business", typed: "303-555-1300")]
        new.address = .init(street: "2103 Larkspur Ct", unit: "B", city: "Boulder", state: "CO", zip: "80302")
        return new
    }

    @discardableResult
    func add(_ new: NewContact, origin: Origin = .imported) async throws -> ContactID {
        try await city.write(origin: origin) { try ContactWriter($0).create(new) }
    }

    /// Two records of one person.
    func twice() async throws -> PairKey {
        PairKey(try await add(RadarCity.rosalind()), try await add(RadarCity.rosalind { $0.title = "Owner" }))
    }

    /// A day later everything that is due has been done.
    func night() async throws {
        city.clock.advance(.hours(24))
        try await city.context.worker().runDue()
    }

    func pair(_ key: PairKey) async throws -> ContactPair? {
        try await city.read { conn in try ContactPair.all([key], conn).first }
    }

    /// Band and state of a pair that stands; nil when there is none.
    func standing(_ key: PairKey) async throws -> String? {
        try await city.read { conn in
            try conn.row(
                "SELECT band, state FROM contact_pair WHERE a = \(key.a) AND b = \(key.b) AND until IS NULL"
            ).map { "\(try $0["band"] as String) \(try $0["state"] as String)" }
        }
    }

    func address(_ key: PairKey) async throws -> String {
        DeskAddresses.pair(try #require(try await pair(key))).description
    }

    func steward(_ role: StaffRole = .contactSteward, email: String = "steward@city.example") async throws -> Browser {
        let browser = city.browser()
        try await browser.signIn(try await city.staff(role, email: email), staff: true)
        return browser
    }

    /// Makes two contacts one, as merging leaves them.
    static func merge(_ from: ContactID, _ into: ContactID, _ change: Change) throws -> Int64 {
        let edge = try change.conn.insert(
            """
            INSERT INTO identity_edge (from_contact, to_contact, evidence, actor, since)
            VALUES (\(from), \(into), 'test', \(change.principal.actor), \(change.now)) RETURNING id
            """)
        try change.conn.run("UPDATE contact_cluster SET survivor_id = \(into) WHERE survivor_id = \(from)")
        return edge
    }
}
