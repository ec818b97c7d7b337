@testable import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@Suite struct ContactSearchTests {
    private func names(_ city: TestCity, _ text: String) async throws -> [String] {
        guard case .found(let hits) = try await city.read({ try ContactSearch.search(text, $0) }) else {
            Issue.record("\(text) was not searched for by name")
            return []
        }
        return hits.map(\.name)
    }

    @Test("B5: findable people and companies are found by last name and by any word of the company")
    func found() async throws {
        let city = try await TestCity.make()
        try await city.person("Rosa", "Martínez", findable: true)
        try await city.company("Front Range Electric LLC")
        try await city.company("Martin & Sons")
        #expect(try await names(city, "martinez") == ["Rosa Martínez"])
        #expect(try await names(city, "MARTÍNEZ, Rosa") == ["Rosa Martínez"])
        #expect(try await names(city, "Rosa Martinez") == ["Rosa Martínez"])
        #expect(try await names(city, "elec") == ["Front Range Electric LLC"])
        #expect(try await names(city, "front range") == ["Front Range Electric LLC"])
        #expect(try await names(city, "Martin") == ["Martin & Sons", "Rosa Martínez"])
        #expect(try await names(city, "zzz") == [])
    }

    @Test("B5: who did not choose to be findable is not found, nor by first name")
    func notFindable() async throws {
        let city = try await TestCity.make()
        let hidden = try await city.person("Rosa", "Quimby", email: "rosa@example.org")
        try await city.company("Quimby Holdings", findable: false)
        try await city.person("Quincy", "Adams", findable: true)
        #expect(try await names(city, "quimby") == [])
        #expect(try await names(city, "quincy") == [])
        _ = try await city.write { try ContactWriter($0).setFindable(true, hidden) }
        #expect(try await names(city, "quimby") == ["Rosa Quimby"])
        _ = try await city.write { try ContactWriter($0).setFindable(false, hidden) }
        #expect(try await names(city, "quimby") == [])
    }

    @Test("B5: a result tells name, kind and city, never email, phone or street")
    func privacy() async throws {
        let city = try await TestCity.make()
        _ = try await city.write { change in
            var new = NewContact(.company)
            new.companyName = "Front Range Electric LLC"
            new.isFindable = true
            new.emails = [.init("secret@frontrange.example")]
            new.phones = [.init(kind: "business", typed: "303-555-0199")]
            new.address = .init(street: "77 Hidden Way", city: "Boulder", state: "CO", zip: "80301")
            return try ContactWriter(change).create(new)
        }
        guard case .found(let hits) = try await city.read({ try ContactSearch.search("front", $0) }) else { return }
        let hit = try #require(hits.first)
        #expect(hit.city == "Boulder")
        let everything = String(describing: hit)
        for secret in ["secret@", "0199", "Hidden", "80301"] { #expect(!everything.contains(secret)) }
        // Nor do they find it.
        for text in ["3035550199", "77 Hidden Way", "secret"] { #expect(try await names(city, text) == []) }
    }

    @Test("B5: an exact email never returns a person, the same whether or not it is known")
    func emails() async throws {
        let city = try await TestCity.make()
        try await city.person("Rosa", "Quimby", email: "rosa@example.org", findable: true)
        for typed in ["Rosa@Example.org", "nobody@example.org"] {
            guard case .email(let email) = try await city.read({ try ContactSearch.search(" \(typed) ", $0) }) else {
                Issue.record("\(typed) is an address")
                return
            }
            #expect(email.typed == typed)
            #expect(email.folded.description == typed.lowercased())
        }
    }

    @Test("B5: wildcards and single letters are refused", arguments: ["*", "mart*", "%", "a%b", "_____", "?uimby"])
    func wildcards(_ text: String) async throws {
        let city = try await TestCity.make()
        guard case .wildcard = try await city.read({ try ContactSearch.search(text, $0) }) else {
            Issue.record("\(text) was taken")
            return
        }
    }

    @Test("B5: a text too short finds nobody; two letters are a whole name", arguments: ["", " ", "a", ".", "é"])
    func tooShort(_ text: String) async throws {
        let city = try await TestCity.make()
        try await city.person("Wei", "Li", findable: true)
        try await city.person("Ada", "Lindqvist", findable: true)
        guard case .tooShort = try await city.read({ try ContactSearch.search(text, $0) }) else {
            Issue.record("\(text) was taken")
            return
        }
        #expect(try await names(city, "li") == ["Wei Li"])
    }

    @Test("B5: at most twenty, and a merged record once, with its survivor's name")
    func limits() async throws {
        let city = try await TestCity.make()
        for number in 1...25 { try await city.company("Summit Works \(number)") }
        #expect(try await names(city, "summit").count == ContactSearch.most)
        let one = try await city.company("Aspen Grove Inc")
        let two = try await city.company("Aspen Grove Landscaping Inc")
        _ = try await city.write { change in
            try change.conn.run("UPDATE contact_cluster SET survivor_id = \(two) WHERE contact_id = \(one)")
        }
        #expect(try await names(city, "aspen") == ["Aspen Grove Landscaping Inc"])
    }

    @Test("B5: a name is found among hundreds that share a word with it, and a short last name among longer ones")
    func amongMany() async throws {
        let city = try await TestCity.make()
        try await city.write { change in
            for number in 1...420 {
                var new = NewContact(.company)
                new.companyName = "Alder \(number) Construction"
                new.isFindable = true
                _ = try ContactWriter(change).create(new)
                new.companyName = "Liberty \(number) Works"
                _ = try ContactWriter(change).create(new)
            }
        }
        try await city.company("Zephyr Construction")
        try await city.person("Wei", "Li", findable: true)
        #expect(try await names(city, "zephyr construction") == ["Zephyr Construction"])
        #expect(try await names(city, "construction zephyr") == ["Zephyr Construction"])
        #expect(try await names(city, "li") == ["Wei Li"])
    }

    @Test("B5: the search uses its indexes")
    func plan() async throws {
        let city = try await TestCity.make()
        let plan = try await city.read { conn in try QueryPlan(ContactSearch.candidates(["front"], byIndex: "front"), conn) }
        #expect(plan.uses(index: "contact_search"), "\(plan)")
        #expect(
            plan.whole("contact", as: "contact").isEmpty && plan.whole("findable_word", as: "findable_word").isEmpty, "\(plan)")
    }
}
