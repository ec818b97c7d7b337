import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Following

/// What somebody watches, when they close their account (A7).
@Suite struct ClosedAccountTests {
    @Test("A7 C5 What somebody watches ends with their account, and they read that before; nobody else's does")
    func ends() async throws {
        let city = try await TestCity.make()
        let hidden = try await city.aCase(number: "ELE2026-00001")
        try await city.aCase(number: "ELE2026-00002")
        let (nia, _) = try await city.somebody("nia@example.org")
        let (eve, _) = try await city.somebody("eve@example.org")
        for browser in [nia, eve] {
            for number in ["ELE2026-00001", "ELE2026-00002"] { await browser.post("/cases/\(number)/follow") }
            await browser.post("/cases/ELE2026-00002/collections", ["shown": "", "title": "Our street"])
        }
        try await city.hide(hidden)
        let page = await nia.get("/account/close")
        #expect(page.has("You no longer follow the 1 case in your list."), "What is not public is not counted.")
        #expect(page.has("1 collection ends. Its cases stay as they are."))
        #expect(await nia.post("/account/close").location == "/")
        for (table, count) in [("case_follow", 2), ("collection", 1), ("collection_case", 1)] {
            // `raw`: a table named above, in this test.
            #expect(try await city.count("SELECT COUNT(*) FROM \(raw: table) WHERE until IS NULL") == count, "\(table)")
        }
        #expect(await eve.get("/account/following").numbers == ["ELE2026-00002"])
        let (kim, _) = try await city.somebody("kim@example.org")
        #expect(!(await kim.get("/account/close").has("collection")))
    }
}
