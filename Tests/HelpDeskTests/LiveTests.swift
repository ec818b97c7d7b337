import Core
import Database
import Primitives
import Synchronization
import TestSupport
import Testing
import Web

@testable import HelpDesk

/// Open pages keep themselves up to date, on whichever node something happened.
@Suite struct LiveTests {
    @Test func `a desk hears of a request that came in elsewhere, and nothing once the session has ended`() async throws {
        let city = try await TestCity.make()
        let steward = city.browser()
        try await steward.signIn(city.staff(), staff: true)
        let events = try #require(await steward.listen("/staff/desk/access-requests"))
        _ = await events.next()
        let guest = city.browser()
        await guest.post(
            "/access-request", ["case": "ELE2020-00001", "part": "I own the house", "email": "ada@example.org", "name": "Ada"])
        #expect(await events.next { $0.contains("event: change") })
        await steward.post("/sign-out")
        await guest.post(
            "/access-request", ["case": "ELE2020-00002", "part": "I own the house", "email": "ada@example.org", "name": "Ada"])
        // The stream ends without a word about it.
        #expect(await events.next { $0.contains("change") } == false)
    }

    @Test func `who may not see a page cannot listen to it`() async throws {
        let city = try await TestCity.make()
        #expect(await city.browser().listen("/staff/desk") == nil)
        #expect(
            await city.browser().listen("/access-request/abcdefghijklmnopqrstuvwxyz234567")?.next { $0.contains("change") }
                != true)
    }

    @Test func `only pages that declare it load the script`() async throws {
        let city = try await TestCity.make()
        let steward = city.browser()
        try await steward.signIn(city.staff(), staff: true)
        #expect(await steward.get("/staff/desk").text.contains("/assets/live."))
        #expect(!(await steward.get("/search").text.contains("/assets/live.")))
    }
}
