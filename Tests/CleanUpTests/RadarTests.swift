import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import CleanUp

@Suite struct RadarTests {
    @Test func `B8 what is clearly one is found at night, and families, fathers and sons are left to a steward`() async throws {
        let radar = try await RadarCity.make()
        let person = try await radar.twice()
        let firm = PairKey(
            try await radar.add(RadarCity.firm("Gray Jay Tileworks LLC")),
            try await radar.add(RadarCity.firm("Gray Jay Tileworks")))
        let wife = try await radar.add(RadarCity.rosalind { $0.firstName = "Thora" })
        let elder = try await radar.add(
            RadarCity.rosalind {
                ($0.firstName, $0.lastName) = ("Basil", "Quarrington Sr")
                $0.phones = [.init(kind: "home", typed: "303-555-1400")]
                $0.emails = [.init("quarrington@mail.example")]
            })
        let younger = try await radar.add(
            RadarCity.rosalind {
                ($0.firstName, $0.lastName) = ("Basil", "Quarrington Jr")
                $0.phones = [.init(kind: "home", typed: "303-555-1400")]
                $0.emails = [.init("quarrington@mail.example")]
            })
        try await radar.night()
        #expect(try await radar.standing(person) == "same open")
        #expect(try await radar.standing(firm) == "same open")
        for key in [PairKey(person.a, wife), PairKey(person.b, wife), PairKey(elder, younger)] {
            #expect(try await radar.standing(key) != "same open")
        }
        // Nobody of the crowd stands twice.
        let (same, edges): (Int?, Int?) = try await radar.city.read { conn in
            (
                try conn.value("SELECT COUNT(*) FROM contact_pair WHERE band = 'same'"),
                try conn.value("SELECT COUNT(*) FROM identity_edge")
            )
        }
        #expect(same == 2)
        #expect(edges == 0)
    }

    @Test func `B8 the weights of every pair add up to its score, as kept and as shown`() async throws {
        let radar = try await RadarCity.make()
        let person = try await radar.twice()
        try await radar.add(RadarCity.rosalind { $0.firstName = "Rosalinda" })
        try await radar.night()
        let rows = try await radar.city.read { conn in
            try conn.rows("SELECT score, weights FROM contact_pair").map { row in
                (try row["score"] as Int, PairWeights(text: try row["weights"])?.sum)
            }
        }
        #expect(rows.count >= 3)
        for (score, sum) in rows { #expect(score == sum) }

        let steward = try await radar.steward()
        let page = await steward.get(try await radar.address(person)).text
        let shown = page.matches(of: /[+−]\d+\.\d</).map { match in
            Int(match.output.dropLast().replacing("+", with: "").replacing("−", with: "-").replacing(".", with: "")) ?? 0
        }
        let pair = try #require(try await radar.pair(person))
        #expect(shown.reduce(0, +) == pair.tenths)
        #expect(page.contains("<strong>\(PairWords.points(pair.tenths))</strong>"))
        #expect(page.contains("The phone is the same"))
    }

    @Test func `B8 the error that is expected of the band is told beside it`() async throws {
        let radar = try await RadarCity.make()
        _ = try await radar.twice()
        let early = try await radar.steward()
        let before = await early.get("/staff/desk/clean-up").text
        #expect(before.contains("We have not looked at the records yet."))
        try await radar.night()
        let model = try #require(try await radar.city.read { conn in try StoredModel.last(conn) })
        #expect(model.samePairs == 1)
        #expect((0...1).contains(model.sameWrong))
        let late = try await radar.steward(email: "second@city.example")
        let after = await late.get("/staff/desk/clean-up").text
        #expect(after.contains("and expect fewer than 0.1 of them to be wrong."))
    }

    @Test func `B8 what a person decided stays decided, until the values change`() async throws {
        let radar = try await RadarCity.make()
        let key = try await radar.twice()
        try await radar.night()
        let steward = try await radar.steward()
        let answer = await steward.post("\(try await radar.address(key))/different", ["why": "Twins"])
        #expect(answer.status == 303)
        try await radar.night()
        try await radar.night()
        #expect(try await radar.standing(key) == "same different")
        let label = try #require(try await radar.pair(key))
        #expect(label.decidedBy == "Sam Steward")
        #expect(label.why == "Twins")

        try await radar.city.write { change in
            try change.conn.run("UPDATE contact_phone SET typed = '303-555-1201' WHERE contact_id = \(key.b)")
        }
        try await radar.night()
        let again = try #require(try await radar.pair(key))
        #expect(again.state == .open)
        #expect(again.decidedAt == nil)
    }

    @Test func `B8 a pair that is likely no more leaves the list, and comes back with its reason`() async throws {
        let radar = try await RadarCity.make()
        let key = try await radar.twice()
        try await radar.night()
        try await radar.city.write { change in
            try change.conn.run("UPDATE contact SET until = \(change.now) WHERE id = \(key.b)")
        }
        // At once, before the next night.
        let steward = try await radar.steward()
        let page = await steward.get("/staff/desk/clean-up").text
        #expect(!page.contains("Vandermeulen"))
        try await radar.night()
        #expect(try await radar.standing(key) == nil)
        try await radar.city.write { change in try change.conn.run("UPDATE contact SET until = NULL WHERE id = \(key.b)") }
        try await radar.night()
        #expect(try await radar.standing(key) == "same open")
    }

    @Test func `B8 records that are one are no pair, and stand for one with the others`() async throws {
        let radar = try await RadarCity.make()
        let key = try await radar.twice()
        let third = try await radar.add(RadarCity.rosalind { $0.emails = [.init("r.vandermeulen@work.example")] })
        try await radar.night()
        try await radar.city.write { change in _ = try RadarCity.merge(key.b, key.a, change) }
        let steward = try await radar.steward()
        let page = await steward.get("/staff/desk/clean-up").text
        #expect(!page.contains("Records \(key.a) and \(key.b)"))
        try await radar.night()
        #expect(try await radar.standing(key) == "same same")
        #expect(try await radar.standing(PairKey(key.b, third)) == nil)
        #expect(try await radar.standing(PairKey(key.a, third)) != nil)
    }

    @Test func `B8 a look that is repeated changes nothing`() async throws {
        let radar = try await RadarCity.make()
        _ = try await radar.twice()
        try await radar.night()
        let rows: @Sendable (Connection) throws -> [String] = { conn in
            try conn.rows("SELECT a, b, score, weights, state, found_at FROM contact_pair ORDER BY a, b").map { row in
                row.all.map { "\($0.value)" }.joined(separator: " ")
            }
        }
        let once = try await radar.city.read(rows)
        try await radar.night()
        #expect(try await radar.city.read(rows) == once)
        #expect(!once.isEmpty)
    }

    @Test func `B8 a handful of records teaches nothing and makes no pair`() async throws {
        let radar = RadarCity(city: try await TestCity.make())
        let key = try await radar.twice()
        try await radar.night()
        #expect(try await radar.standing(key) == nil)
        #expect(try await radar.city.read { conn in try StoredModel.last(conn) } == nil)
    }
}

@Suite struct RadarLookTests {
    @Test func `B8 a duplicate is found right after it was made, without another look at all`() async throws {
        let radar = try await RadarCity.make()
        let first = try await radar.add(RadarCity.rosalind())
        try await radar.night()
        let second = try await radar.add(RadarCity.rosalind { $0.title = "Owner" }, origin: .live)
        try await radar.city.context.worker().runDue()
        let key = PairKey(first, second)
        #expect(try await radar.standing(key) == "same open")
        let soon = try #require(try await radar.pair(key)).tenths
        try await radar.night()
        let later = try #require(try await radar.pair(key)).tenths
        // What was learned the night before says nearly the same.
        #expect(abs(soon - later) <= 30)
    }

    @Test func `B8 a corrected record is looked at again, and is found by its new values`() async throws {
        let radar = try await RadarCity.make()
        let first = try await radar.add(RadarCity.rosalind())
        let second = try await radar.add(
            RadarCity.rosalind {
                ($0.firstName, $0.lastName) = ("Ignacio", "Zubizarreta")
                $0.emails = []
                $0.phones = []
                $0.address = nil
            })
        try await radar.night()
        #expect(try await radar.standing(PairKey(first, second)) == nil)
        try await radar.city.write { change in
            try change.conn.run("UPDATE contact SET first_name = 'Rosalind', last_name = 'Vandermeulen' WHERE id = \(second)")
            try change.conn.run(
                "INSERT INTO contact_phone (contact_id, kind, typed, digits) VALUES (\(second), 'home', '303-555-1200', '3035551200')"
            )
            try change.record(NewFact(.recordCorrected, about: .contact(second), ["name": .string("Ignacio Zubizarreta")]))
        }
        try await radar.city.context.worker().runDue()
        #expect(try await radar.standing(PairKey(first, second)) != nil)
    }

    @Test func `B8 what an import brings waits for the night`() async throws {
        let radar = try await RadarCity.make(households: 20)
        let jobs: @Sendable (Connection) throws -> Int? = { conn in
            try conn.value("SELECT COUNT(*) FROM job WHERE kind = 'contacts.radar-look'")
        }
        let keys: @Sendable (Connection) throws -> Int? = { conn in try conn.value("SELECT COUNT(*) FROM contact_block") }
        #expect(try await radar.city.read(jobs) == 0)
        #expect(try await radar.city.read(keys) == 0)
        try await radar.night()
        #expect(try await radar.city.read(keys) ?? 0 > 100)
    }

    @Test func `B8 a decision is not asked again by whoever corrects something that is not compared`() async throws {
        let radar = try await RadarCity.make()
        let key = try await radar.twice()
        try await radar.night()
        let steward = try await radar.steward()
        await steward.post("\(try await radar.address(key))/different")
        try await radar.city.write { change in
            try change.record(NewFact(.recordCorrected, about: .contact(key.a), ["name": .string("Rosalind Vandermeulen")]))
        }
        try await radar.city.context.worker().runDue()
        #expect(try await radar.standing(key) == "same different")
    }

    @Test func `every list and every look-up is served by an index`() async throws {
        let radar = try await RadarCity.make(households: 30)
        _ = try await radar.twice()
        try await radar.night()
        try await radar.city.read { conn in
            let open = try QueryPlan(PairTab.same.list(limit: 25, offset: 0), conn)
            #expect(open.uses(index: "contact_pair_open"), "\(open)")
            #expect(open.whole("contact_pair", as: "p").isEmpty, "\(open)")
            let later = try QueryPlan(PairTab.later.list(limit: 25, offset: 0), conn)
            #expect(later.uses(index: "contact_pair_later"), "\(later)")
            let decided = try QueryPlan(PairTab.decided.list(limit: 25, offset: 0), conn)
            #expect(decided.uses(index: "contact_pair_decided"), "\(decided)")
            let block = try QueryPlan("SELECT contact_id FROM contact_block WHERE key = \(1 as Int64) LIMIT 201", conn)
            #expect(block.whole("contact_block", as: "contact_block").isEmpty, "\(block)")
            if TestDatabase.current == .sqlite { #expect(!open.sorts && !later.sorts && !decided.sorts) }
        }
    }
}
