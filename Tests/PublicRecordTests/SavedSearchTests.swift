import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import PublicRecord

/// One's own searches: kept under a name, or the last ones in this browser.
struct SavedSearchTests {
    private func city() async throws -> (TestCity, Browser) {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00408", description: "Kitchen remodel")
        let browser = city.browser()
        try await browser.signIn(try await city.account(email: "ada@example.org"))
        return (city, browser)
    }

    @Test("J1 A search is saved under a name, is named where it stands, and leads back to its results")
    func save() async throws {
        let (_, browser) = try await city()
        let page = await browser.get("/search?q=kitchen&kind=permit")
        #expect(page.text.contains("Save this search"))
        #expect(page.text.contains("value=\"kitchen · Permit\""), "The name that stands there already says what it is.")
        let saved = await browser.follow(
            await browser.post("/searches", ["title": "Kitchens", "search": "q=kitchen&kind=permit"]))
        #expect(saved.text.contains("Saved as “Kitchens”."))
        #expect(saved.numbers == ["ELE2021-00408"])
        #expect(saved.text.contains("This search is saved as “Kitchens”."))
        #expect(await browser.get("/search").text.contains("href=\"/search?q=kitchen&amp;kind=permit\">Kitchens</a>"))
        // The same search has one name, whatever order it is written in; without a name it gets one.
        _ = await browser.post("/searches", ["title": "", "search": "kind=permit&q=kitchen"])
        let list = await browser.get("/searches").text
        #expect(!list.contains("Kitchens") && list.contains(">kitchen · Permit</a>"))
        #expect(await browser.get("/account/records/saved-searches").text.contains("kitchen · Permit"))
    }

    @Test("J1 A saved search that was removed can be put back; nobody else can touch it")
    func remove() async throws {
        let (city, browser) = try await city()
        _ = await browser.post("/searches", ["title": "Kitchens", "search": "q=kitchen"])
        let id = try #require(
            await browser.get("/searches").text.firstMatch(of: /action="\/searches\/([^"\/]+)\/remove"/)
        ).output.1
        let other = city.browser()
        try await other.signIn(try await city.account(email: "eve@example.org"))
        #expect(await other.post("/searches/\(id)/remove").status == 404)
        #expect(await other.post("/searches/\(id)/restore").status == 404)
        #expect(!(await other.get("/searches?removed=\(id)").text.contains("Kitchens")))

        let gone = await browser.follow(await browser.post("/searches/\(id)/remove"))
        #expect(gone.text.contains("“Kitchens” is removed.") && gone.text.contains("You have not saved a search yet."))
        let back = await browser.follow(await browser.post("/searches/\(id)/restore"))
        #expect(back.text.contains(">Kitchens</a>"))
        let told = try await city.read { conn in
            try conn.rows("SELECT kind FROM fact WHERE kind LIKE 'search.%' ORDER BY id").map { try $0["kind"] as String }
        }
        #expect(told == ["search.saved", "search.removed", "search.saved"])
    }

    @Test("J1 Only a search can be saved, at most fifty of them, and only by somebody with an account")
    func limits() async throws {
        let (city, browser) = try await city()
        for wrong in ["", "page=2", "return=/account", "type=nonsense", "from=yesterday"] {
            let answer = await browser.post("/searches", ["title": "x", "search": wrong])
            #expect(answer.status == 422, "\(wrong)")
        }
        for number in 1...50 { _ = await browser.post("/searches", ["title": "", "search": "q=word\(number)"]) }
        let full = await browser.post("/searches", ["title": "", "search": "q=onemore"])
        #expect(full.status == 409 && full.text.contains("Remove one first."))
        #expect(await city.browser().post("/searches", ["search": "q=kitchen"]).status != 200)
        #expect(try await city.read { try $0.value("SELECT count(*) FROM saved_search", as: Int.self) } == 50)
    }

    @Test("J1 Recent searches are in the browser alone, belong to one sign-in, and go when it ends")
    func recent() async throws {
        let (city, browser) = try await city()
        for search in ["q=kitchen", "q=nonesuch", "q=ELE2021-00408", "q=kitchen&page=2", "q=kitchen"] {
            _ = await browser.get("/search?\(search)")
        }
        let page = await browser.get("/search").text
        #expect(page.contains("Recent searches"))
        let links = page.matches(of: /<li><a href="\/search\?([^"]*)">/).map { String($0.1) }
        #expect(links == ["q=kitchen", "q=ELE2021-00408"], "Newest first, each once, none that found nothing.")
        #expect(try await city.read { try $0.value("SELECT count(*) FROM saved_search", as: Int.self) } == 0)

        // Somebody else at the same browser.
        try await browser.signIn(try await city.account(email: "eve@example.org"))
        #expect(!(await browser.get("/search").text.contains("Recent searches")))
        _ = await browser.get("/search?q=remodel")
        #expect(await browser.get("/searches").text.contains(">remodel</a>"))
        #expect(await browser.follow(await browser.post("/searches/forget")).text.contains("forgotten"))
        #expect(browser.cookie("recent-searches") == nil)
        _ = await browser.get("/search?q=remodel")
        #expect(browser.cookie("recent-searches") != nil)
        await browser.post("/sign-out")
        #expect(browser.cookie("recent-searches") == nil)
        _ = await browser.get("/search?q=remodel")
        #expect(browser.cookie("recent-searches") == nil, "Of a guest nothing is kept.")
    }

    @Test("J1 A guest's search that is still the same is answered with 304; another one, or another result, is not")
    func revalidation() async throws {
        let (city, _) = try await city()
        let guest = city.browser()
        for address in ["/search?q=kitchen", "/cases/ELE2021-00408", "/addresses/1195-bear-mountain-dr"] {
            let first = await guest.get(address)
            let tag = try #require(first.headers["etag"], "\(address)")
            #expect(first.headers["last-modified"] != nil || !address.hasPrefix("/search"))
            let again = await guest.get(address, headers: ["if-none-match": tag])
            #expect(again.status == 304 && again.text.isEmpty, "\(address)")
            #expect(await guest.get("/search?q=remodel", headers: ["if-none-match": tag]).status == 200)
        }
        let tag = try #require(await guest.get("/search?q=kitchen").headers["etag"])
        try await city.aCase(number: "ELE2022-00001", description: "Kitchen sink")
        let changed = await guest.get("/search?q=kitchen", headers: ["if-none-match": tag])
        #expect(changed.status == 200 && changed.numbers.contains("ELE2022-00001"))
    }
}
