@testable import Contacts
import Core
import Primitives
import TestSupport
import Testing

@Suite struct ContactMatchTests {
    @Test("C3: the weights of the evidence add up to the score, and the likeliest record comes first")
    func suggests() async throws {
        let city = try await TestCity.make()
        let right = try await city.write { change in
            var new = NewContact(.person)
            new.firstName = "Robert"
            new.lastName = "Quimby"
            new.emails = [.init("bob@example.org")]
            new.phones = [.init(kind: "home", typed: "(303) 555-0142")]
            new.address = .init(street: "77 Aspen Way", city: "Boulder", state: "CO", zip: "80301")
            return try ContactWriter(change).create(new)
        }
        let son = try await city.person("Leo", "Quimby")
        try await city.person("Ada", "Lindqvist")
        var asker = ContactMatch.Asker()
        asker.firstName = "Bob"
        asker.lastName = "Quimby"
        asker.emails = [FoldedEmail("bob@example.org")].compactMap(\.self)
        asker.hasProven = true
        asker.phones = ["1-303-555-0142"]
        asker.street = "77 Aspen Way"
        asker.zip = "80301-1234"
        asker.onCases = [right: "ELE2026-00001"]
        let (known, contacts) = (asker, [right, son])
        let matches = try await city.read { try MatchPool(for: known, named: [], $0).suggestions(for: known, limit: 8) }
        #expect(matches.map(\.contact.id) == contacts)
        let best = try #require(matches.first)
        #expect(best.reasons.map(\.tenths) == [120, 70, 50, 65, 60])
        #expect(best.tenths == 365)
        #expect(best.band == .strong)
        #expect(matches.last?.band == .weak)
    }

    @Test("C3: a slip in a name still finds the record; another name speaks against it")
    func slips() async throws {
        let city = try await TestCity.make()
        let person = try await city.person("Rosa", "Lindqvist")
        let company = try await city.company("Front Range Electric, LLC")
        func found(_ first: String, _ last: String, _ company: String = "") async throws -> [ContactID] {
            var asker = ContactMatch.Asker()
            asker.firstName = first
            asker.lastName = last
            asker.company = company
            let known = asker
            return try await city.read {
                try MatchPool(for: known, named: [], $0).suggestions(for: known, limit: 8).map(\.contact.id)
            }
        }
        #expect(try await found("Rosa", "Lindqivst") == [person])
        #expect(try await found("", "", "The Front Range Electric Co") == [company])
        #expect(try await found("Rosa", "Lindgren") == [])
        #expect(try await found("", "", "Frontier Electric") == [])
    }

    @Test("C3: a shared mail service says nothing, a company's own domain a little")
    func domains() throws {
        #expect(FoldedEmail("a@gmail.com")?.domain == "gmail.com")
    }

    @Test("C3 Whoever is named is looked up, however many others there are, and takes nobody's place")
    func manyNamed() async throws {
        let city = try await TestCity.make()
        let likely = try await city.person("Ada", "Quimby", email: "ada@example.org")
        var named: Set<ContactID> = []
        for number in 0..<450 { named.insert(try await city.person("Bo", "Sandoval \(number)")) }
        var asker = ContactMatch.Asker()
        asker.emails = [try #require(FoldedEmail("ada@example.org"))]
        asker.hasProven = true
        let (known, all) = (asker, named)
        let pool = try await city.read { try MatchPool(for: known, named: all, $0) }
        #expect(all.allSatisfy { pool[$0] != nil })
        #expect(pool.suggestions(for: known, limit: 8).map(\.contact.id) == [likely])
    }
}
