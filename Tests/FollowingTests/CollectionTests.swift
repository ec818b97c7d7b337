import Cases
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Following

/// One's own folders over cases (C5).
@Suite struct CollectionTests {
    private func make(_ title: String, _ browser: Browser) async throws -> String {
        let made = await browser.post("/account/collections", ["title": title])
        return try #require(made.location?.split(separator: "/").last.map(String.init))
    }

    /// Puts the case into exactly these.
    private func put(_ number: String, into ids: [String], of all: [String], _ browser: Browser) async -> Browser.Answer {
        var fields = ["shown": all.joined(separator: " "), "title": ""]
        for id in ids { fields["in-\(id)"] = "yes" }
        return await browser.post("/cases/\(number)/collections", fields)
    }

    @Test("C5 A collection is made, filled from the page of a case, counted, renamed, and a case taken out and put back")
    func fill() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2026-00001", description: "Panel upgrade")
        try await city.aCase(number: "ELE2026-00002", description: "Kitchen remodel")
        let (nia, account) = try await city.somebody("nia@example.org")
        #expect(await nia.get("/account/collections").has("You have no collection yet."))
        let street = try await make("Our street", nia)
        let page = await nia.get("/account/collections/\(street)")
        #expect(page.has("There is no case in it.") && page.has("0 cases"))

        #expect(await nia.get("/cases/ELE2026-00001").has("Add to a collection"))
        let choose = await nia.get("/cases/ELE2026-00001/collections")
        #expect(choose.has("Our street") && choose.has("in-\(street)"))
        let saved = await nia.follow(await put("ELE2026-00001", into: [street], of: [street], nia))
        #expect(saved.has("Your collections are saved.") && saved.has("In your collections:") && saved.has(">Our street</a>"))
        // A name makes one more at the same moment.
        await nia.post(
            "/cases/ELE2026-00002/collections", ["shown": street, "in-\(street)": "yes", "title": "Kitchens"])
        let all = await nia.get("/account/collections")
        #expect(all.has(">Our street</a>") && all.has("2 cases") && all.has(">Kitchens</a>") && all.has("1 case<"))

        let renamed = await nia.follow(await nia.post("/account/collections/\(street)", ["title": "Bear Mountain Drive"]))
        #expect(renamed.has("The collection is now called “Bear Mountain Drive”.") && Set(renamed.numbers).count == 2)
        let out = await nia.follow(await nia.post("/account/collections/\(street)/cases/ELE2026-00001/take-out"))
        #expect(out.has("ELE2026-00001 is no longer in this collection.") && out.has("1 case<"))
        let back = await nia.follow(await nia.post("/account/collections/\(street)/cases/ELE2026-00001/put-back"))
        #expect(back.has("2 cases"))
        _ = await put("ELE2026-00001", into: [], of: [street], nia)
        #expect(await nia.get("/account/collections/\(street)").numbers == ["ELE2026-00002"])
        let kinds = try await city.kinds(of: account).filter { $0.hasPrefix("collection.") }
        #expect(
            kinds == [
                "collection.made", "collection.case-added", "collection.case-added", "collection.made",
                "collection.case-added", "collection.renamed", "collection.case-removed", "collection.case-added",
                "collection.case-removed",
            ])
        #expect(await nia.get("/account/activity").has("The collection “Our street” was given the name “Bear Mountain Drive”."))
        let records = await nia.get("/account/records.json")
        #expect(records.has("Bear Mountain Drive") && records.has("ELE2026-00002"))
    }

    @Test("C5 A collection that was removed is put back with what was in it")
    func remove() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2026-00001")
        try await city.aCase(number: "ELE2026-00002")
        let (nia, _) = try await city.somebody("nia@example.org")
        let id = try await make("Our street", nia)
        for number in ["ELE2026-00001", "ELE2026-00002"] { _ = await put(number, into: [id], of: [id], nia) }
        // Out before the end: not there when it is put back.
        city.clock.advance(.minutes(1))
        await nia.post("/account/collections/\(id)/cases/ELE2026-00001/take-out")
        city.clock.advance(.minutes(1))
        let gone = await nia.follow(await nia.post("/account/collections/\(id)/remove"))
        #expect(gone.has("“Our street” is removed.") && gone.has("You have no collection yet."))
        #expect(await nia.get("/account/collections/\(id)").status == 404)
        #expect(await nia.post("/account/collections/\(id)", ["title": "Other"]).status == 404)
        #expect(await nia.post("/account/collections/\(id)/cases/ELE2026-00001/put-back").status == 404)
        #expect(!(await nia.get("/cases/ELE2026-00002").has("In your collections:")))
        let back = await nia.follow(await nia.post("/account/collections/\(id)/restore"))
        #expect(back.status == 200 && back.has("Our street") && back.numbers == ["ELE2026-00002"])
        #expect(await nia.get("/account/collections/\(id)").numbers == ["ELE2026-00002"], "It is the same one.")
        #expect(await nia.get("/account/activity").has("The collection “Our street” was put back."))
    }

    @Test("C5 Put back however often, a collection is one; not while another one has its name")
    func putBackOnce() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2026-00001")
        let (nia, _) = try await city.somebody("nia@example.org")
        let id = try await make("Our street", nia)
        // In, out and in again at the same moment: once in it is enough.
        for ids in [[id], [], [id]] { _ = await put("ELE2026-00001", into: ids, of: [id], nia) }
        await nia.post("/account/collections/\(id)/remove")
        for _ in 0..<3 {
            let back = await nia.follow(await nia.post("/account/collections/\(id)/restore"))
            #expect(back.numbers == ["ELE2026-00001"])
        }
        #expect(try await city.count("SELECT COUNT(*) FROM collection") == 1)
        #expect(try await city.count("SELECT COUNT(*) FROM collection_case WHERE until IS NULL") == 1)

        city.clock.advance(.minutes(1))
        await nia.post("/account/collections/\(id)/remove")
        let other = try await make("our STREET", nia)
        let refused = await nia.post("/account/collections/\(id)/restore")
        #expect(refused.status == 409 && refused.has("You have another collection “Our street” by now."))
        #expect(await nia.get("/account/collections/\(id)").status == 404)
        await nia.post("/account/collections/\(other)", ["title": "Another street"])
        #expect(await nia.post("/account/collections/\(id)/restore").status == 303)
        #expect(try await city.count("SELECT COUNT(*) FROM collection WHERE until IS NULL") == 2)
    }

    @Test("C5 Names differ, are not empty, and there are only so many collections and cases in one")
    func limits() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2026-00001")
        let (nia, account) = try await city.somebody("nia@example.org")
        let id = try await make("Our street", nia)
        for (address, title) in [
            ("/account/collections", "our STREET"), ("/account/collections", " "),
            ("/account/collections", String(repeating: "x", count: 81)), ("/account/collections/\(id)", ""),
            ("/cases/ELE2026-00001/collections", "Our street"),
        ] {
            let answer = await nia.post(address, ["title": title])
            #expect(answer.status == 422, "\(address) \(title)")
        }
        #expect(await nia.post("/account/collections/\(id)", ["title": "OUR STREET"]).status == 303, "Its own name is free.")
        let (type, status) = (city.context.pack.caseTypes[0].key, "issued")
        let cases = try await city.write(origin: .imported) { change in
            try CaseWriter(change).create(
                all: (0...CaseCollection.mostCases).map {
                    NewCase(number: "BLD2025-\(10_000 + $0)", type: type, status: status)
                })
        }
        try await city.write { change in
            let writer = CollectionWriter(change, for: account)
            for number in 2...CaseCollection.most { try writer.make("Number \(number)") }
            let collection = try #require(try CaseCollection.all(of: account, change.conn).first)
            for one in cases.dropLast() { try writer.add(one, to: collection) }
            #expect(throws: Refusal.self) { try writer.add(cases[CaseCollection.mostCases], to: collection) }
        }
        let full = await nia.post("/account/collections", ["title": "One more"])
        #expect(full.status == 409 && full.has("Remove one first."))
        #expect(try await city.count("SELECT COUNT(*) FROM collection WHERE until IS NULL") == CaseCollection.most)
    }

    @Test("C5 Nobody reaches a collection of somebody else, whatever they send")
    func others() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2026-00001")
        let (nia, _) = try await city.somebody("nia@example.org")
        let id = try await make("Our street", nia)
        _ = await put("ELE2026-00001", into: [id], of: [id], nia)
        let (eve, _) = try await city.somebody("eve@example.org")
        #expect(await eve.get("/account/collections/\(id)").status == 404)
        for step in ["", "/remove", "/restore", "/cases/ELE2026-00001/take-out", "/cases/ELE2026-00001/put-back"] {
            #expect(await eve.post("/account/collections/\(id)\(step)", ["title": "Mine"]).status == 404, "\(step)")
        }
        // The box of another's collection does nothing.
        _ = await put("ELE2026-00001", into: [], of: [id], eve)
        #expect(!(await eve.get("/account/collections?removed=\(id)").has("Our street")))
        let page = await nia.get("/account/collections/\(id)")
        #expect(page.numbers == ["ELE2026-00001"] && page.has("Our street"))
    }

    @Test("C5 A collection holds whatever cases somebody may see, and one they may not see any more is not there nor counted")
    func access() async throws {
        let city = try await TestCity.make()
        let contact = try await city.person(email: "nia@example.org")
        let (nia, _) = try await city.somebody("nia@example.org")
        let own = try await city.aCase(number: "ELE2026-00001", confidential: true)
        let other = try await city.aCase(number: "ELE2026-00002", description: "Quiet remodel")
        try await city.aCase(number: "ELE2026-00003", confidential: true)
        try await city.grant(contact, on: own)
        let id = try await make("Mixed", nia)
        for number in ["ELE2026-00001", "ELE2026-00002"] {
            #expect(await put(number, into: [id], of: [id], nia).status == 303, "\(number)")
        }
        for number in ["ELE2026-00003", "ELE2026-99999"] {
            #expect(await put(number, into: [id], of: [id], nia).status == 404, "\(number)")
            #expect(await nia.get("/cases/\(number)/collections").status == 404, "\(number)")
            #expect(await nia.post("/account/collections/\(id)/cases/\(number)/put-back").status == 404, "\(number)")
        }
        #expect(Set(await nia.get("/account/collections/\(id)").numbers) == ["ELE2026-00001", "ELE2026-00002"])
        #expect(await nia.get("/account/collections").has("2 cases"))

        try await city.hide(other)
        for page in [
            "/account/collections", "/account/collections/\(id)", "/account/records/collections", "/account/records.json",
            "/account/activity",
        ] {
            let answer = await nia.get(page)
            #expect(answer.status == 200 && !answer.has("ELE2026-00002") && !answer.has("Quiet remodel"), "\(page)")
        }
        for number in ["ELE2026-00002", "ELE2026-00003", "ELE2026-99999"] {
            let asked = await nia.get("/account/collections/\(id)?out=\(number)")
            #expect(!asked.has("is no longer in this collection"), "\(number)")
        }
        #expect(await nia.get("/account/collections").has("1 case<"))
        #expect(await nia.post("/account/collections/\(id)/cases/ELE2026-00002/take-out").status == 404)

        // The part in the own case ends.
        try await city.write { change in
            try change.conn.run("UPDATE case_grant SET until = \(change.now) WHERE contact_id = \(contact)")
        }
        let rest = await nia.get("/account/collections/\(id)")
        #expect(rest.numbers.isEmpty && rest.has("0 cases") && rest.has("There is no case in it."))
        try await city.hide(other, false)
        #expect(await nia.get("/account/collections/\(id)").numbers == ["ELE2026-00002"])
    }

    @Test("C5 A long collection comes in pages, each case as whoever looks may see it")
    func pages() async throws {
        let city = try await TestCity.make()
        let (nia, account) = try await city.somebody("nia@example.org")
        var ids: [CaseID] = []
        for number in 1...27 { ids.append(try await city.aCase(number: "ELE2026-\(10_000 + number)")) }
        let cases = ids
        let id = try await city.write { change in
            let writer = CollectionWriter(change, for: account)
            let collection = try writer.make("Many")
            for one in cases { try writer.add(one, to: collection) }
            return collection.id.description
        }
        let first = await nia.get("/account/collections/\(id)")
        let second = await nia.get("/account/collections/\(id)?page=2")
        #expect(first.has("1–25 of 27") && second.has("26–27 of 27"))
        #expect(Set(first.numbers).count == 25 && Set(second.numbers).count == 2)
        #expect(Set(first.numbers).isDisjoint(with: Set(second.numbers)))
        #expect(await nia.get("/account/collections/\(id)?page=99").status == 200)
    }

    @Test("P1 Every list is found by an index")
    func plans() async throws {
        let city = try await TestCity.make()
        let id = try await city.aCase()
        let (_, account) = try await city.somebody("nia@example.org")
        let principal = Principal.account(account, actingFor: nil)
        let context = city.context
        let collection = try await city.write { try CollectionWriter($0, for: account).make("Our street") }
        let lists: [(SQL, tables: [(String, String)])] = [
            (Follow.list(of: account, context), [("case_follow", "f"), ("case_record", "c")]),
            (FollowMail.followers(of: id, after: 0), [("case_follow", "case_follow")]),
            (Kept.list(account, id), [("case_follow", "case_follow"), ("collection", "k"), ("collection_case", "m")]),
            (
                CaseCollection.counts(of: account, context, principal),
                [("collection", "k"), ("collection_case", "m"), ("case_record", "c")]
            ),
            (collection.listing(context, principal, limit: 25, offset: 0), [("collection_case", "m"), ("case_record", "c")]),
            (FactLog.newest(["case.created"], about: [.case(id)]), [("fact", "f"), ("fact", "n"), ("fact_head", "h")]),
        ]
        for (statement, tables) in lists {
            let plan = try await city.read { try QueryPlan(statement, $0) }
            for (table, alias) in tables { #expect(plan.whole(table, as: alias).isEmpty, "\(plan)") }
        }
    }
}
