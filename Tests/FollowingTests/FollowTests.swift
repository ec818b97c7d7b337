import Cases
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Following

/// Following a public case without being on it (C5).
@Suite struct FollowTests {
    @Test("C5 Somebody follows a public case from its page, finds it in their list with what happened last, and stops")
    func follow() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2026-00001", description: "Panel upgrade")
        let second = try await city.aCase(number: "ELE2026-00002", description: "Kitchen remodel")
        let (nia, account) = try await city.somebody("nia@example.org")
        let empty = await nia.get("/account/following")
        #expect(empty.has("You do not follow a case yet.") && empty.has("href=\"/search\""))

        for number in ["ELE2026-00001", "ELE2026-00002"] {
            #expect(await nia.get("/cases/\(number)").has("Follow this case"))
            let page = await nia.follow(await nia.post("/cases/\(number)/follow"))
            #expect(page.has("You follow \(number) now.") && page.has("Stop following") && !page.has(">Follow this case<"))
        }
        // Twice is once.
        await nia.post("/cases/ELE2026-00001/follow")
        try await city.write { try CaseWriter($0).setStatus("closed", of: second) }
        let list = await nia.get("/account/following")
        #expect(list.numbers == ["ELE2026-00002", "ELE2026-00001"], "The newest change stands first.")
        #expect(list.has("July 6, 2026: The status changed from Issued to Closed."))
        #expect(list.has("June 1, 2026: The case was opened.") && list.has("Kitchen remodel"))

        let id = try #require(list.between("action=\"/account/following/", "/stop\""))
        let stopped = await nia.follow(await nia.post("/account/following/\(id)/stop"))
        #expect(stopped.has("You no longer follow ELE2026-00002.") && stopped.numbers == ["ELE2026-00001"])
        let back = await nia.follow(await nia.post("/account/following/\(id)/again"))
        #expect(back.numbers == ["ELE2026-00002", "ELE2026-00001"])
        let gone = await nia.follow(await nia.post("/cases/ELE2026-00001/stop-following"))
        #expect(gone.has("You no longer follow ELE2026-00001.") && gone.has("Follow this case"))
        #expect(
            try await city.kinds(of: account).filter { $0.hasPrefix("follow.") } == [
                "follow.begun", "follow.begun", "follow.ended", "follow.begun", "follow.ended",
            ])
        #expect(await nia.get("/account/activity").has("A case was taken off the list of cases you follow."))
    }

    @Test("C5 The day a case was issued or finished counts as what happened last; an import tells no more")
    func importedDays() async throws {
        let city = try await TestCity.make()
        let id = try await city.aCase(number: "ELE2026-00001")
        try await city.write { change in
            try change.conn.run("UPDATE case_record SET issued = '2026-06-20' WHERE id = \(id)")
        }
        let (nia, _) = try await city.somebody("nia@example.org")
        await nia.post("/cases/ELE2026-00001/follow")
        #expect(await nia.get("/account/following").has("June 20, 2026: It was issued."))
    }

    @Test("C5 A guest sees the same button, signs in on the way, and learns nothing about a number")
    func guest() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2026-00001")
        try await city.aCase(number: "ELE2026-00002", confidential: true)
        let guest = city.browser()
        #expect(await guest.get("/cases/ELE2026-00001").has("Follow this case"))
        for number in ["ELE2026-00001", "ELE2026-00002", "ELE2026-99999"] {
            let answer = await guest.post("/cases/\(number)/follow")
            #expect(answer.location == "/sign-in?return=%2Fcases%2F\(number)", "\(number)")
        }
        #expect(await guest.post("/cases/ELE2026-00001/stop-following").status == 303)
        for page in ["/account/following", "/account/collections", "/cases/ELE2026-00001/collections"] {
            #expect(await guest.get(page).location?.hasPrefix("/sign-in?return=") == true, "\(page)")
        }
        #expect(try await city.count("SELECT COUNT(*) FROM case_follow") == 0)
        let steward = city.browser()
        try await steward.signIn(try await city.staff(), staff: true)
        #expect(await steward.post("/cases/ELE2026-00001/follow").status == 404)
        #expect(!(await steward.get("/cases/ELE2026-00001").has("Follow this case")))
    }

    @Test("C5 Only a case that everybody sees can be followed, also by somebody who is on it")
    func onlyPublic() async throws {
        let city = try await TestCity.make()
        let contact = try await city.person(email: "nia@example.org")
        let (nia, account) = try await city.somebody("nia@example.org")
        let (secret, draft) = (
            try await city.aCase(number: "ELE2026-00001", confidential: true),
            try await city.aCase(number: "ELE2026-00002", submitted: false)
        )
        for number in ["ELE2026-00001", "ELE2026-00002", "ELE2026-99999"] {
            #expect(await nia.post("/cases/\(number)/follow").status == 404, "\(number)")
        }
        try await city.grant(contact, on: secret)
        try await city.grant(contact, on: draft)
        for number in ["ELE2026-00001", "ELE2026-00002"] {
            let page = await nia.get("/cases/\(number)")
            #expect(page.status == 200 && !page.has("Follow this case") && page.has("Add to a collection"), "\(number)")
            #expect(await nia.post("/cases/\(number)/follow").status == 404, "\(number)")
        }
        #expect(try await city.count("SELECT COUNT(*) FROM case_follow") == 0)
        #expect(try await city.kinds(of: account).allSatisfy { !$0.hasPrefix("follow.") })
    }

    @Test("C5 A case that becomes confidential is gone at once from everywhere, and back when it is public again")
    func becomesConfidential() async throws {
        let city = try await TestCity.make()
        let id = try await city.aCase(number: "ELE2026-00777", description: "Quiet remodel")
        let (nia, account) = try await city.somebody("nia@example.org")
        await nia.post("/cases/ELE2026-00777/follow")
        let follow = try #require(await nia.get("/account/following").between("/account/following/", "/stop\""))
        try await city.hide(id)
        let pages = [
            "/account/following", "/account/following?stopped=\(follow)", "/account/records/followed-cases",
            "/account/records.json",
            "/account/activity", "/account", "/dashboard",
        ]
        for page in pages {
            let answer = await nia.get(page)
            #expect(answer.status == 200 && !answer.has("00777") && !answer.has("Quiet remodel"), "\(page)")
        }
        #expect(await nia.get("/account/following").has("You do not follow a case yet."))
        for step in ["stop", "again"] {
            #expect(await nia.post("/account/following/\(follow)/\(step)").status == 404, "\(step)")
        }
        try await city.write { try CaseWriter($0).setStatus("closed", of: id) }
        try await city.context.worker().runDue()
        #expect(try await city.mails(to: "nia@example.org").isEmpty)
        #expect(await nia.get("/cases/ELE2026-00777").status == 404)
        try await city.hide(id, false)
        #expect(await nia.get("/account/following").numbers == ["ELE2026-00777"])
        #expect(try await city.kinds(of: account).count { $0 == "follow.begun" } == 1)
    }

    @Test("C5 Following gives no part in the case: whoever follows sees what everybody sees, and nobody on it is told")
    func noRights() async throws {
        let city = try await TestCity.make()
        let id = try await city.aCase(number: "ELE2026-00001")
        try await city.grant(city.person("Rosa", "Quimby", email: "rosa@example.org"), on: id, as: "property-owner")
        let (rosa, _) = try await city.somebody("rosa@example.org")
        let (nia, account) = try await city.somebody("nia@example.org")
        let before = await rosa.get("/cases/ELE2026-00001/timeline").text.count
        await nia.post("/cases/ELE2026-00001/follow")
        for action in ["case.party-view", "case.act", "case.bill", "case.request-inspection", "case.staff-view"] as [Action] {
            let may = try await city.read { conn in
                try city.context.access.may(action, .account(account, actingFor: nil), on: id.value, conn)
            }
            #expect(!may, "\(action)")
        }
        #expect(await nia.get("/cases/ELE2026-00001/fees").status == 404)
        for page in ["/cases/ELE2026-00001", "/cases/ELE2026-00001/contacts", "/account/following", "/dashboard"] {
            #expect(!(await nia.get(page).has("Quimby")), "\(page)")
        }
        #expect(await rosa.get("/cases/ELE2026-00001/timeline").text.count == before)
        #expect(try await city.count("SELECT COUNT(*) FROM fact_reference WHERE subject = \("case:\(id)")") == 0)
    }

    @Test("C5 Nobody reaches what another follows")
    func others() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2026-00001")
        let (nia, _) = try await city.somebody("nia@example.org")
        await nia.post("/cases/ELE2026-00001/follow")
        let follow = try #require(await nia.get("/account/following").between("/account/following/", "/stop\""))
        let (eve, _) = try await city.somebody("eve@example.org")
        #expect(await eve.post("/account/following/\(follow)/stop").status == 404)
        #expect(await eve.post("/account/following/\(follow)/again").status == 404)
        #expect(!(await eve.get("/account/following?stopped=\(follow)").has("ELE2026-00001")))
        #expect(!(await eve.get("/account/records.json").has("ELE2026-00001")))
        #expect(await nia.get("/account/records.json").has("ELE2026-00001"))
        #expect(await nia.get("/account/records/followed-cases").has("ELE2026-00001"))
        #expect(!(await eve.get("/account/records/followed-cases").has("ELE2026-00001")))
    }

    @Test("C5 At most a hundred cases are followed, and so many changes an hour")
    func limits() async throws {
        let city = try await TestCity.make()
        let (nia, account) = try await city.somebody("nia@example.org")
        for number in 1...101 { try await city.aCase(number: "ELE2026-\(10_000 + number)") }
        try await city.write { change in
            for number in 1...100 {
                let name = "ELE2026-\(10_000 + number)"
                let id: CaseID? = try change.conn.value("SELECT id FROM case_record WHERE number = \(name)")
                if let id { try FollowWriter(change, for: account).begin(id) }
            }
        }
        let full = await nia.post("/cases/ELE2026-10101/follow")
        #expect(full.status == 409 && full.has("Stop following one first."))
        #expect(try await city.count("SELECT COUNT(*) FROM case_follow WHERE until IS NULL") == 100)
        var last = 303
        for _ in 1...301 where last == 303 { last = await nia.post("/cases/ELE2026-10001/stop-following").status }
        #expect(last == 429)
    }
}
