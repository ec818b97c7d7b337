import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Cases

/// Members of an organization who see chosen cases (B3).
@Suite struct ChosenCasesTests {
    /// A company with an owner, a member and three cases, one of them confidential.
    struct Firm {
        let city: TestCity
        let company: ContactID
        let owner: Browser
        let member: Browser
        let account: AccountID
        let cases: [CaseID]
        let numbers: [String]
        let page: String
        let memberPage: String

        static func make(scope: Membership.Scope = .chosen) async throws -> Firm {
            let city = try await TestCity.make()
            let company = try await city.company("Front Range Electric LLC", email: "jo@fr.example")
            var cases: [CaseID] = []
            for confidential in [true, false, false] {
                let id = try await city.aCase(confidential: confidential)
                try await city.grant(company, on: id, as: "contractor-electrical")
                cases.append(id)
            }
            let boss = try await city.account("Jo", "Avery", email: "jo@fr.example")
            let account = try await city.account("Mia", "Crew", email: "mia@crew.example")
            _ = try await city.write {
                try ContactWriter($0).join(account, organization: company, as: .member, scope: scope)
            }
            let (owner, member) = (city.browser(), city.browser())
            try await owner.signIn(boss)
            try await member.signIn(account)
            let page = try await city.read {
                "/account/organization/\(try Contact.find(company, $0)?.publicID.description ?? "")"
            }
            let mia: String = try await city.read { try $0.value("SELECT public_id FROM account WHERE id = \(account)") ?? "" }
            var numbers: [String] = []
            for id in cases { numbers.append(try await city.number(of: id)) }
            return Firm(
                city: city, company: company, owner: owner, member: member, account: account, cases: cases, numbers: numbers,
                page: page, memberPage: "\(page)/people/\(mia)")
        }

        /// Ticks exactly these of all the company's cases.
        @discardableResult
        func choose(_ places: Int..., scope: String = "chosen", by browser: Browser? = nil) async -> Browser.Answer {
            var fields = ["scope": scope, "shown": numbers.joined(separator: " ")]
            for place in places { fields["case-\(numbers[place])"] = "yes" }
            return await (browser ?? owner).post("\(memberPage)/cases", fields)
        }

        /// The places of the cases that stand on the member's list.
        func listed() async -> [Int] {
            let page = await member.get("/cases").text
            return numbers.indices.filter { page.contains(numbers[$0]) }
        }
    }

    @Test("B3 A member with chosen cases sees exactly those, and what is chosen later or no longer counts at the next request")
    func chooses() async throws {
        let firm = try await Firm.make()
        #expect(await firm.listed() == [])
        #expect(await firm.member.get("/cases/\(firm.numbers[0])").status == 404)
        let saved = await firm.owner.follow(await firm.choose(0, 1))
        #expect(saved.text.contains("Saved. Mia Crew sees the chosen cases of Front Range Electric LLC."))
        #expect(saved.text.matches(of: /\schecked/).count >= 3, "two boxes and the choice")
        #expect(await firm.listed() == [0, 1])
        #expect(await firm.member.get("/cases/\(firm.numbers[0])").status == 200)
        await firm.choose(1)
        #expect(await firm.listed() == [1])
        #expect(await firm.member.get("/cases/\(firm.numbers[0])").status == 404)
        // What the company may do on the case, its member may do there, and not elsewhere.
        let add = ["email": "x@example.org", "as": "contact"]
        #expect(await firm.member.post("/cases/\(firm.numbers[1])/contacts/add-email", add).status == 303)
        #expect(await firm.member.post("/cases/\(firm.numbers[2])/contacts/add-email", add).status == 403)
        let told = await firm.member.get("/account/activity").text
        #expect(told.contains("A case of Front Range Electric LLC is no longer open to Mia Crew."))
        // The notice of what was saved is shown once.
        await firm.owner.get("/account")
        #expect(!(await firm.owner.get("/cases/\(firm.numbers[1])/timeline").text.contains("Mia Crew")))
    }

    @Test("B3 Choosing for somebody who saw all cases, and back, is one step each")
    func scope() async throws {
        let firm = try await Firm.make(scope: .all)
        #expect(await firm.listed() == [0, 1, 2])
        await firm.choose(2)
        #expect(await firm.listed() == [2])
        await firm.choose(scope: "all")
        #expect(await firm.listed() == [0, 1, 2])
        let live = try await firm.city.read { try $0.value("SELECT COUNT(*) FROM case_associate WHERE until IS NULL") as Int? }
        #expect(live == 0)
        #expect(await firm.choose(scope: "everything").status == 422)
    }

    @Test("B3 What the company's part in a case gives ends with it, and comes back when it is put back")
    func endsWithTheGrant() async throws {
        let firm = try await Firm.make()
        await firm.choose(0)
        guard let type = firm.city.context.pack.contactType("contractor-electrical") else { throw NotFound() }
        try await firm.city.write { change in
            try GrantWriter(change).remove(firm.company, from: firm.cases[0], type: type.key)
        }
        #expect(await firm.listed() == [])
        try await firm.city.write { change in try GrantWriter(change).putBack(firm.company, on: firm.cases[0], as: type) }
        #expect(await firm.listed() == [0])
    }

    @Test("B3 Only those who look after a member choose, and only among the company's cases (D.3 13)")
    func onlyTheirs() async throws {
        let firm = try await Firm.make()
        let foreign = try await firm.city.aCase(number: "ELE2026-00777", confidential: true)
        let answer = await firm.owner.post(
            "\(firm.memberPage)/cases", ["scope": "chosen", "shown": "ELE2026-00777", "case-ELE2026-00777": "yes"])
        #expect(answer.status == 303)
        #expect(await firm.member.get("/cases/ELE2026-00777").status == 404)
        _ = foreign
        // The member themselves, a stranger, a guest.
        let stranger = firm.city.browser()
        try await stranger.signIn(firm.city.account("Otto", "Ther", email: "otto@example.org"))
        for browser in [firm.member, stranger] {
            #expect(await browser.get("\(firm.memberPage)/cases").status == 404)
            #expect(await firm.choose(0, by: browser).status == 404)
        }
        #expect(await firm.city.browser().get("\(firm.memberPage)/cases").location?.hasPrefix("/sign-in") == true)
        #expect(await firm.listed() == [])
        // A manager may; nobody chooses for a manager.
        let manager = firm.city.browser()
        let max = try await firm.city.account("Max", "Crew", email: "max@crew.example")
        _ = try await firm.city.write { try ContactWriter($0).join(max, organization: firm.company, as: .manager) }
        try await manager.signIn(max)
        await firm.choose(1, by: manager)
        #expect(await firm.listed() == [1])
        let maxID: String = try await firm.city.read { try $0.value("SELECT public_id FROM account WHERE id = \(max)") ?? "" }
        #expect(await manager.get("\(firm.page)/people/\(maxID)/cases").status == 404)
        let asOwner = await firm.owner.post(
            "\(firm.page)/people/\(maxID)/cases", ["scope": "chosen", "shown": firm.numbers[0]])
        #expect(asOwner.status == 409)
    }

    @Test("B3 On a case its company's owners see which of their people are on it; nobody else does")
    func ownPeople() async throws {
        let firm = try await Firm.make()
        await firm.choose(1)
        let heading = "People of Front Range Electric LLC and this case"
        let rows = await firm.owner.get("/cases/\(firm.numbers[1])/contacts").text
        #expect(rows.contains(heading) && rows.contains("Mia Crew") && !rows.contains("Does not see this case"))
        #expect(await firm.owner.get("/cases/\(firm.numbers[2])/contacts").text.contains("Does not see this case"))
        #expect(!(await firm.member.get("/cases/\(firm.numbers[1])/contacts").text.contains(heading)))
        let other = firm.city.browser()
        let rosa = try await firm.city.person("Rosa", "Quimby", email: "rosa@example.org")
        try await firm.city.grant(rosa, on: firm.cases[1], as: "property-owner")
        try await other.signIn(firm.city.account("Rosa", "Quimby", email: "rosa@example.org"))
        #expect(!(await other.get("/cases/\(firm.numbers[1])/contacts").text.contains("Mia Crew")))
        #expect(!(await firm.city.browser().get("/cases/\(firm.numbers[1])/contacts").text.contains("Mia Crew")))
    }

    @Test("B3 The page finds a case by number or address, and only among the company's")
    func finds() async throws {
        let firm = try await Firm.make()
        let odd = try await firm.city.aCase(number: "ELE2026-00999", street: "77 Pika Ct")
        try await firm.city.grant(firm.company, on: odd, as: "contractor-electrical")
        _ = try await firm.city.aCase(number: "ELE2026-00998", street: "79 Pika Ct")
        for text in ["ele2026-00999", "pika", "00999"] {
            let page = await firm.owner.get("\(firm.memberPage)/cases?q=\(text)").text
            #expect(page.contains("ELE2026-00999") && !page.contains("ELE2026-00998"), "\(text)")
            #expect(!page.contains("case-\(firm.numbers[1])"), "\(text)")
        }
        #expect(await firm.owner.get("\(firm.memberPage)/cases?q=%25").text.contains("ELE2026-00999"))
        #expect(await firm.owner.get("\(firm.memberPage)/cases?q=zzz").text.contains("No case has this number or address"))
    }

    @Test("A4 What was ticked is there after the password was asked for again")
    func stepUp() async throws {
        let firm = try await Firm.make()
        firm.city.clock.advance(.minutes(20))
        #expect(await firm.choose(0).location?.hasPrefix("/account/confirm-password") == true)
        #expect(await firm.listed() == [])
        let kept = await firm.owner.get("/continue").text
        #expect(kept.contains("name=\"case-\(firm.numbers[0])\" value=\"yes\"") && kept.contains("name=\"shown\""))
    }

    @Test(
        "B2, B3 Removed, or with another choice, nothing of the case is left at the next request, in whatever form it is asked for"
    )
    func everyRepresentation() async throws {
        for way in ["removed", "not chosen", "all taken"] {
            let firm = try await Firm.make(scope: way == "all taken" ? .all : .chosen)
            if way != "all taken" { await firm.choose(0) }
            let number = firm.numbers[0]
            let tabs = ["", "/contacts", "/locations", "/timeline", "/sub-records", "/fees", "/inspections"].map {
                "/cases/\(number)\($0)"
            }
            for tab in tabs { #expect(await firm.member.get(tab).status == 200, "\(way) \(tab)") }
            let lists = ["/dashboard", "/cases", "/account/records/cases", "/account/records.json"]
            for list in lists { #expect(await firm.member.get(list).text.contains(number), "\(way) \(list)") }
            let json = await firm.member.get("/cases/\(number)", accept: "application/json")
            #expect(json.status == 200 && json.text.contains(number))

            switch way {
            case "removed": await firm.owner.post(firm.memberPage.replacing("/people/", with: "/remove/"))
            case "not chosen": await firm.choose()
            default: await firm.choose(1)
            }
            for tab in tabs {
                let answer = await firm.member.get(tab)
                #expect(answer.status == 404 && !answer.text.contains("Panel upgrade"), "\(way) \(tab)")
                #expect(await firm.member.listen(tab) == nil, "\(way) \(tab)")
            }
            for list in lists { #expect(!(await firm.member.get(list).text.contains(number)), "\(way) \(list)") }
            #expect(await firm.member.get("/cases/\(number)", accept: "application/json").status == 404)
            for place in ["/search.csv", "/search.csv?q=\(number)", "/search?q=\(number)", "/sitemaps/0"] {
                #expect(!(await firm.member.get(place).text.contains("/cases/\(number)")), "\(way) \(place)")
            }
            for step in ["add-email", "invite", "remove", "send-again", "accept", "put-back"] {
                let fields = ["email": "x@example.org", "as": "contact", "party": "g1", "removal": "1", "days": "7"]
                #expect(await firm.member.post("/cases/\(number)/contacts/\(step)", fields).status == 404, "\(way) \(step)")
            }
        }
    }

    @Test("B3 Nobody gets email about a company's case that is not open to them")
    func mails() async throws {
        let firm = try await Firm.make()
        // Without an owner everybody who acts for the company is told.
        try await firm.city.write { try $0.conn.run("UPDATE membership SET role = 'manager' WHERE role = 'owner'") }
        guard let type = firm.city.context.pack.contactType("contractor-electrical") else { throw NotFound() }
        let other = try await firm.city.aCase()
        try await firm.city.write { try GrantWriter($0).add(firm.company, to: other, as: type) }
        let told: [String] = try await firm.city.read {
            try $0.rows("SELECT recipient FROM mail WHERE subject LIKE 'You were added%'").map { try $0["recipient"] }
        }
        #expect(told == ["jo@fr.example"])
    }

    @Test("P2 What was chosen for somebody is found by an index, for a member and for a page")
    func indexed() async throws {
        let firm = try await Firm.make()
        let plans = try await firm.city.read { conn in
            let mine = MyCases(
                account: firm.account, city: firm.city.context, principal: .account(firm.account, actingFor: nil),
                today: CivilDate(year: 2026, month: 7, day: 6))
            return [try QueryPlan(mine.bucketsSQL(limit: 10), conn)]
        }
        for plan in plans {
            for (table, alias) in [
                ("case_associate", "a"), ("case_associate", "r1"), ("case_grant", "g"), ("case_grant", "r2"), ("membership", "s"),
                ("membership", "r0"),
            ] { #expect(plan.whole(table, as: alias).isEmpty, "\(table) \(alias): \(plan)") }
        }
    }
}
