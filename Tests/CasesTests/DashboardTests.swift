import CityPack
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Cases

/// D3, D4: every case is somewhere, and the newest stand first.
@Suite struct DashboardTests {
    @Test("D4 Somebody new sees the five buckets, what will be here, and how to ask for a missing case")
    func empty() async throws {
        let city = try await TestCity.make()
        let browser = city.browser()
        try await browser.signIn(city.account(email: "new@example.org"))
        let page = await browser.get("/dashboard")
        #expect(page.status == 200)
        #expect(page.text.contains("<h1>My cases</h1>"))
        for title in ["Needs your attention", "Pending", "Active", "Recent", "Drafts"] {
            #expect(page.text.contains("<h2>\(title)</h2>"), "\(title)")
        }
        #expect(page.text.contains(">Something missing?</a>"))
        #expect(page.text.contains("Your cases will be here"))
        #expect(page.text.contains("Signed in as Ada Lindqvist"))
    }

    @Test("D4 A guest is asked to sign in and comes back")
    func guest() async throws {
        let answer = try await TestCity.make().browser().get("/dashboard")
        #expect(answer.location == "/sign-in?return=%2Fdashboard")
    }

    @Test("D3 Every status of the pack puts a case into a bucket; an old closed one stands under all my cases")
    func everyStatus() async throws {
        let city = try await TestCity.make()
        let (browser, contact) = try await Self.somebody(city)
        let old = CivilDate(year: 2019, month: 3, day: 4)
        for status in city.context.pack.statuses {
            let id = try await city.aCase(status: status.key, applied: old)
            try await city.grant(contact, on: id)
            let number = try await city.number(of: id)
            let dashboard = await browser.get("/dashboard").text
            let title =
                switch status.bucket {
                case .attention: "Needs your attention"
                case .pending: "Pending"
                case .active: "Active"
                case .draft: "Drafts"
                case .closed: ""
                }
            if title.isEmpty {
                #expect(!dashboard.contains(number), "\(status.key)")
            } else {
                #expect(Self.section(title, of: dashboard).contains(number), "\(status.key) is not under \(title)")
            }
            #expect(!Self.section("Recent", of: dashboard).contains(number), "\(status.key)")
            #expect(await browser.get("/cases").text.contains(number), "\(status.key)")
        }
    }

    @Test("D4 Recent holds what happened in the last 60 days, closed cases too")
    func recent() async throws {
        let city = try await TestCity.make()
        let (browser, contact) = try await Self.somebody(city)
        let today = city.context.cityClock.today
        var numbers: [Int: String] = [:]
        for days in [60, 61] {
            let id = try await city.aCase(status: "closed", applied: today.adding(days: -days))
            try await city.grant(contact, on: id)
            numbers[days] = try await city.number(of: id)
        }
        let recent = Self.section("Recent", of: await browser.get("/dashboard").text)
        #expect(recent.contains(numbers[60] ?? "?"))
        #expect(!recent.contains(numbers[61] ?? "?"))
    }

    @Test("D4 Recent is a line for each case; how many there are stands beside the heading")
    func compact() async throws {
        let city = try await TestCity.make()
        let (browser, contact) = try await Self.somebody(city)
        let today = city.context.cityClock.today
        for (number, status) in [("ELE2026-00001", "issued"), ("ELE2026-00002", "closed")] {
            let id = try await city.aCase(number: number, status: status, description: "Panel upgrade", applied: today)
            try await city.grant(contact, on: id)
        }
        let page = await browser.get("/dashboard").text
        let (active, recent) = (Self.section("Active", of: page), Self.section("Recent", of: page))
        #expect(active.contains("Panel upgrade") && active.contains("<span class=\"count\">1 case</span>"))
        #expect(!recent.contains("Panel upgrade") && recent.contains("<span class=\"count\">2 cases</span>"))
        // Where it is stands there only for a case that no other list has.
        #expect(recent.matches(of: /Bear Mountain/).count == 1)
        #expect(recent.contains(today.short(in: .english)) && recent.contains(">Closed</span>"))
    }

    @Test("D4 A bucket shows its ten newest, says how many there are, and leads to all of them in pages")
    func many() async throws {
        let city = try await TestCity.make()
        let (browser, contact) = try await Self.somebody(city)
        for day in 1...28 {
            let number = "ELE2025-000\(padded(day, 2))"
            let id = try await city.aCase(number: number, applied: CivilDate(year: 2025, month: 1, day: day))
            try await city.grant(contact, on: id)
        }
        let active = Self.section("Active", of: await browser.get("/dashboard").text)
        #expect(Self.numbers(in: active) == (19...28).reversed().map { "ELE2025-000\(padded($0, 2))" })
        #expect(active.contains("Show all 28 active cases"))
        let first = await browser.get("/cases?bucket=active").text
        let second = await browser.get("/cases?bucket=active&page=2").text
        #expect(Self.numbers(in: first).count == 25)
        #expect(Self.numbers(in: second) == ["ELE2025-00003", "ELE2025-00002", "ELE2025-00001"])
        #expect(second.contains("26–28 of 28"))
        #expect(await browser.get("/cases?bucket=active&page=9").status == 200)
        #expect(await browser.get("/cases?bucket=nonsense&page=-3").status == 200)
    }

    @Test("C4 An active case from before the cut-over day is marked wherever it stands, with ways on; a closed one is not")
    func cutOver() async throws {
        let city = try await TestCity.make()
        let (browser, contact) = try await Self.somebody(city)
        let before = city.context.pack.city.cutOver.adding(days: -1)
        for (status, isMarked) in [("issued", true), ("closed", false)] {
            let id = try await city.aCase(status: status, applied: before)
            try await city.grant(contact, on: id)
            let number = try await city.number(of: id)
            let page = await browser.get("/cases/\(number)").text
            #expect(page.contains("From before April 9, 2018") == isMarked, "\(status)")
            #expect(page.contains("Others who belong to it may not see it yet.") == isMarked, "\(status)")
            let asGuest = await city.browser().get("/cases/\(number)").text
            #expect(asGuest.contains("Ask for access to this case") == isMarked, "\(status)")
            #expect(asGuest.contains("href=\"/access-request?case=\(number)\"") == isMarked, "\(status)")
            #expect(asGuest.contains("303-441-4088") || !isMarked)
            // The public record marks it too.
            let found = await city.browser().get("/search?q=\(number)").text
            #expect(found.contains(number) && found.contains("Older system") == isMarked, "\(status)")
        }
        #expect(await browser.get("/dashboard").text.split(separator: "Older system").count == 2)
    }

    @Test("C1 Cases of my company and of my own contact are mine; a case of nobody I act for is not")
    func companyAndPerson() async throws {
        let city = try await TestCity.make()
        let company = try await city.company(email: "office@northfork.example")
        let person = try await city.person("Bo", "Stranger")
        let (mine, other) = (try await city.aCase(), try await city.aCase())
        try await city.grant(company, on: mine, as: "contractor-electrical")
        try await city.grant(person, on: other)
        let browser = city.browser()
        try await browser.signIn(city.account(email: "office@northfork.example"))
        let page = await browser.get("/dashboard").text
        #expect(page.contains(try await city.number(of: mine)))
        #expect(!page.contains(try await city.number(of: other)))
    }

    @Test("D4 With 5,000 cases of mine the lists start from my grants and scan no table")
    func plan() async throws {
        let city = try await TestCity.make()
        let account = try await city.account(email: "new@example.org")
        let plan = try await city.read { conn in
            let mine = MyCases(
                account: account, city: city.context, principal: .account(account, actingFor: nil),
                today: city.context.cityClock.today)
            return try QueryPlan(mine.bucketsSQL(limit: 10), conn)
        }
        #expect(plan.uses(index: "case_grant_reach"), "\(plan)")
        for (table, alias) in [("case_record", "c"), ("case_grant", "g"), ("case_attention", "n")] {
            #expect(plan.whole(table, as: alias).isEmpty, "\(plan)")
        }
    }

    // MARK: Helpers

    /// A signed-in person with a contact of their own.
    static func somebody(_ city: TestCity, email: String = "ada@example.org") async throws -> (Browser, ContactID) {
        let contact = try await city.person(email: email)
        let browser = city.browser()
        try await browser.signIn(city.account(email: email))
        return (browser, contact)
    }

    /// What stands between one second-level heading and the next.
    static func section(_ title: String, of page: String) -> String {
        guard let start = page.range(of: "<h2>\(title)</h2>") else { return "" }
        let rest = page[start.upperBound...]
        return String(rest[..<(rest.range(of: "<h2")?.lowerBound ?? rest.endIndex)])
    }

    static func numbers(in text: String) -> [String] {
        text.matches(of: /\/cases\/([A-Z-]+[0-9]{4}-[0-9]+)"/).map { String($0.output.1) }
    }
}
