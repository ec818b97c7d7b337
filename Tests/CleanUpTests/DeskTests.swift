import Contacts
import Core
import Database
import Matching
import Primitives
import TestSupport
import Testing

@testable import CleanUp

@Suite struct CleanUpDeskTests {
    @Test func `B10 only who may merge contacts sees the list, its pairs and its batches`() async throws {
        let radar = try await RadarCity.make()
        let key = try await radar.twice()
        try await radar.night()
        let pair = try await radar.address(key)
        let pages = ["/staff/desk/clean-up", pair, "/staff/desk/clean-up/batch"]
        let (steward, inspector, guest) = (
            try await radar.steward(), try await radar.steward(.inspector, email: "inspector@city.example"), radar.city.browser()
        )
        for page in pages {
            #expect(await steward.get(page).status == 200, "\(page)")
            #expect(await inspector.get(page).status != 200, "\(page)")
            #expect(await guest.get(page).status != 200, "\(page)")
        }
        for act in ["different", "later", "undo"] {
            #expect(await inspector.post("\(pair)/\(act)").status != 303)
        }
        #expect(try await radar.standing(key) == "same open")
        #expect(await steward.get("/staff/desk").text.contains("/staff/desk/clean-up"))
    }

    @Test func `B10 the likeliest stand first, each with what differs and the way to both`() async throws {
        let radar = try await RadarCity.make()
        let key = try await radar.twice()
        try await radar.add(RadarCity.rosalind { $0.emails = [.init("rosalinde@mail.example")] })
        try await radar.night()
        let steward = try await radar.steward()
        let list = await steward.get("/staff/desk/clean-up").text
        #expect(list.contains("Rosalind Vandermeulen and Rosalind Vandermeulen"))
        #expect(list.contains("Records \(key.a) and \(key.b)"))
        #expect(list.contains("Nothing differs but how it is written") || list.contains("Differs: "))
        let review = await steward.get("/staff/desk/clean-up?show=review").text
        let scores = review.matches(of: />(\d+\.\d)</).compactMap { Double($0.output.1) }
        #expect(scores == scores.sorted(by: >))
        let page = await steward.get(try await radar.address(key)).text
        for told in ["rosalind@<wbr>mail.example", "303-555-1200", "2101 Larkspur Ct, Boulder, CO 80302", "Owner", "Merge…"] {
            #expect(page.contains(told), "\(told)")
        }
        let pair = try #require(try await radar.pair(key))
        #expect(page.contains(CleanUpAddresses.compare(pair.publicIDs.a, pair.publicIDs.b).description))
    }

    @Test func `B8 K3 a decision leads to the next pair, says who and when, and can be undone`() async throws {
        let radar = try await RadarCity.make()
        let key = try await radar.twice()
        let firm = PairKey(
            try await radar.add(RadarCity.firm("Gray Jay Tileworks LLC")),
            try await radar.add(RadarCity.firm("Gray Jay Tileworks")))
        try await radar.night()
        let steward = try await radar.steward()
        let (pair, other) = (try await radar.address(key), try await radar.address(firm))

        let decided = await steward.post("\(pair)/different", ["why": "Twins, both called us"])
        #expect(decided.location == other)
        #expect(await steward.follow(decided).text.contains("stay apart"))
        let again = await steward.get(pair).text
        #expect(again.contains("Sam Steward decided this on July 7, 2026."))
        #expect(again.contains("Twins, both called us"))
        #expect(!again.contains("Merge…"))
        #expect(await steward.get("/staff/desk/clean-up?show=decided").text.contains(pair))
        // The one who comes too late hears so, and nothing changes.
        #expect(await steward.post("\(pair)/later").status == 409)

        let undone = await steward.post("\(pair)/undo")
        #expect(undone.location == pair)
        #expect(try await radar.standing(key) == "same open")

        let facts = try await radar.city.read { conn in try FactLog.timeline(of: .contact(key.b), limit: 10, conn) }
        let told = facts.compactMap { radar.city.context.sentence(of: $0, for: .staff, radar.city.context.voice(.english)) }
        #expect(told.contains("Rosalind Vandermeulen and Rosalind Vandermeulen are two, and their records stay apart."))
        #expect(facts.allSatisfy { radar.city.context.sentence(of: $0, for: .party, radar.city.context.voice(.english)) == nil })
    }

    @Test func `B10 what is put off waits under Later and can be decided there`() async throws {
        let radar = try await RadarCity.make()
        let key = try await radar.twice()
        try await radar.night()
        let steward = try await radar.steward()
        let pair = try await radar.address(key)
        #expect(await steward.post("\(pair)/later").location == "/staff/desk/clean-up")
        let open = await steward.get("/staff/desk/clean-up").text
        #expect(!open.contains(pair))
        #expect(await steward.get("/staff/desk/clean-up?show=later").text.contains(pair))
        try await radar.night()
        #expect(try await radar.standing(key) == "same later")
        let morning = try await radar.steward(email: "second@city.example")
        #expect(await morning.post("\(pair)/different").status == 303)
        #expect(try await radar.standing(key) == "same different")
    }

    @Test func `WCAG 2.1.4 every key has a button or a link, and the keys can be switched off`() async throws {
        let radar = try await RadarCity.make()
        let key = try await radar.twice()
        _ = PairKey(
            try await radar.add(RadarCity.firm("Gray Jay Tileworks LLC")),
            try await radar.add(RadarCity.firm("Gray Jay Tileworks")))
        try await radar.night()
        let steward = try await radar.steward()
        let page = await steward.get(try await radar.address(key)).text
        for mark in ["Enter", "d", "l"] { #expect(page.contains("data-key=\"\(mark)\""), "\(mark)") }
        #expect(page.contains("data-key=\"j\"") || page.contains("data-key=\"k\""))
        #expect(page.contains("Turn keyboard shortcuts off</button>"))
        #expect(await steward.get("/staff/desk/clean-up").text.contains("data-item"))
    }

    @Test func `P1 no page of the clean-up takes more than six statements`() async throws {
        let log = StatementLog()
        let radar = try await RadarCity.make(statements: log)
        let key = try await radar.twice()
        _ = PairKey(
            try await radar.add(RadarCity.firm("Gray Jay Tileworks LLC")),
            try await radar.add(RadarCity.firm("Gray Jay Tileworks")))
        try await radar.night()
        let steward = try await radar.steward()
        let batch = await steward.post(
            "/staff/desk/clean-up/batch", ["shown": "\(key.a)-\(key.b)", BatchPage.box(key): "yes"])
        for page in [
            "/staff/desk", "/staff/desk/clean-up", "/staff/desk/clean-up?show=review", "/staff/desk/clean-up?show=later",
            "/staff/desk/clean-up?show=decided", try await radar.address(key), "/staff/desk/clean-up/batch",
            try #require(batch.location),
        ] {
            _ = await steward.get(page)
            _ = log.take()
            #expect(await steward.get(page).status == 200, "\(page)")
            let statements = log.take()
            #expect(statements.count <= 6, "\(page): \(statements.count)")
        }
    }
}

@Suite struct BatchTests {
    private struct Scene {
        let radar: RadarCity
        let keys: [PairKey]
        let steward: Browser

        /// Two pairs that are likely the same.
        static func make() async throws -> Scene {
            let radar = try await RadarCity.make()
            let person = try await radar.twice()
            let firm = PairKey(
                try await radar.add(RadarCity.firm("Gray Jay Tileworks LLC")),
                try await radar.add(RadarCity.firm("Gray Jay Tileworks")))
            try await radar.night()
            return Scene(radar: radar, keys: [person, firm], steward: try await radar.steward())
        }

        var shown: String { keys.map { "\($0.a)-\($0.b)" }.joined(separator: " ") }

        /// Ticks them all.
        func ticked() async throws -> String {
            var fields = ["shown": shown]
            for key in keys { fields[BatchPage.box(key)] = "yes" }
            return try #require(await steward.post("/staff/desk/clean-up/batch", fields).location)
        }

        func batch(_ address: String) async throws -> Batch {
            let name = String(address.split(separator: "/").last ?? "")
            return try #require(
                try await radar.city.read { conn in
                    let account: AccountID? = try conn.value("SELECT account_id FROM merge_batch ORDER BY id DESC LIMIT 1")
                    return try Batch.find(name, of: account, conn)
                })
        }

        func run(_ batch: Batch, _ merge: @escaping BatchMerge.Merge) async throws {
            try await BatchMerge(
                city: radar.city.context, principal: .staff(batch.account, roles: [.contactSteward]), merge: merge
            ).run(batch)
        }
    }

    @Test func `B8 nothing is ticked beforehand, every difference is told, and nothing is merged by ticking`() async throws {
        let scene = try await Scene.make()
        let page = await scene.steward.get("/staff/desk/clean-up/batch").text
        for key in scene.keys { #expect(page.contains(BatchPage.box(key))) }
        #expect(!page.contains(" checked"))
        #expect(page.contains("Gray Jay Tileworks LLC / Gray Jay Tileworks"))
        #expect(page.contains("– / Owner"))
        let none = await scene.steward.post("/staff/desk/clean-up/batch", ["shown": scene.shown])
        #expect(none.status == 422)
        #expect(none.text.contains("Tick at least one pair."))

        let address = try await scene.ticked()
        let confirm = await scene.steward.get(address).text
        #expect(confirm.contains("Merge 2 pairs?"))
        #expect(try await scene.radar.standing(scene.keys[0]) == "same open")
        // Without having looked: no.
        let unlooked = await scene.steward.post(address)
        #expect(unlooked.status == 422)
        #expect(try await scene.batch(address).confirmedAt == nil)
    }

    @Test func `B10 only pairs of the band same can be merged together, whatever a browser sends`() async throws {
        let scene = try await Scene.make()
        let third = try await scene.radar.add(RadarCity.rosalind { $0.firstName = "Thora" })
        try await scene.radar.night()
        let steward = try await scene.radar.steward(email: "second@city.example")
        let family = PairKey(scene.keys[0].a, third)
        let sent = await steward.post(
            "/staff/desk/clean-up/batch", ["shown": "\(family.a)-\(family.b)", BatchPage.box(family): "yes"])
        #expect(sent.status == 409)
        #expect(try await scene.radar.city.read { conn in try conn.value("SELECT COUNT(*) FROM merge_batch") } == 0 as Int?)
    }

    @Test func `A4 the password is asked before a batch is merged, and nobody else confirms it`() async throws {
        let scene = try await Scene.make()
        let address = try await scene.ticked()
        let other = try await scene.radar.steward(email: "second@city.example")
        #expect(await other.get(address).status == 404)
        #expect(await other.post(address, ["looked": "yes"]).status == 404)
        scene.radar.city.clock.advance(.minutes(16))
        let answer = await scene.steward.post(address, ["looked": "yes"])
        #expect(answer.location?.contains("/account/confirm-password") == true)
        #expect(try await scene.batch(address).confirmedAt == nil)
    }

    @Test func `B8 each pair is merged by itself, with its evidence; one that cannot be stops no other`() async throws {
        let scene = try await Scene.make()
        let batch = try await scene.batch(try await scene.ticked())
        let firm = scene.keys[1]
        try await scene.run(batch) { from, into, evidence, change in
            guard from != firm.b else { throw Refusal("cleanUp.desk.refused.changed") }
            #expect(evidence.contains("The phone is the same +"))
            return try RadarCity.merge(from, into, change)
        }
        #expect(try await scene.radar.standing(scene.keys[0]) == "same same")
        #expect(try await scene.radar.standing(firm) == "same open")
        let survivor = try await scene.radar.city.read { conn in try Contact.survivor(of: scene.keys[0].b, conn) }
        #expect(survivor == scene.keys[0].a)
        let page = await scene.steward.get(DeskAddresses.oneBatch(batch.publicID.description).description).text
        #expect(page.contains("1 of 2 pairs are merged."))
        #expect(page.contains("Somebody has decided this meanwhile"))
        // Pressed again it merges nothing twice.
        let merged = try await scene.radar.city.read { conn in
            try conn.value("SELECT COUNT(*) FROM identity_edge") as Int?
        }
        try await scene.run(try await scene.batch("/\(batch.publicID)")) { _, _, _, _ in
            Issue.record("merged again")
            return 0
        }
        #expect(try await scene.radar.city.read { conn in try conn.value("SELECT COUNT(*) FROM identity_edge") } == merged)
    }

    @Test func `B8 a pair that somebody decided meanwhile is left alone`() async throws {
        let scene = try await Scene.make()
        let batch = try await scene.batch(try await scene.ticked())
        _ = await scene.steward.post("\(try await scene.radar.address(scene.keys[0]))/different")
        try await scene.run(batch) { from, into, _, change in try RadarCity.merge(from, into, change) }
        #expect(try await scene.radar.standing(scene.keys[0]) == "same different")
        #expect(try await scene.radar.standing(scene.keys[1]) == "same same")
        let outcomes = try await scene.batch("/\(batch.publicID)").pairs.map(\.outcome)
        #expect(Set(outcomes) == [.changed, .merged])
    }
}
