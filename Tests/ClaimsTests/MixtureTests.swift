import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Claims

/// What proves one thing proves no other.
@Suite struct MixtureTests {
    @Test("C2 No mixture of numbers, codes and amounts of different cases gives anybody a case of somebody else's")
    func mixtures() async throws {
        let scene = try await ClaimScene.make()
        let (bo, cy) = (try await scene.city.person("Bo", "Karr"), try await scene.city.person("Cy", "Dunn"))
        let second = try await scene.city.aCase()
        let secondNumber = try await scene.city.number(of: second)
        try await scene.city.grant(bo, on: scene.id, as: "property-owner")
        try await scene.city.grant(cy, on: second, as: "property-owner")
        try await scene.invoice("1001", of: bo, cents: 1_100)
        try await scene.invoice("1002", of: cy, on: second, cents: 2_200)
        let codes = [try await scene.card(), try await scene.card(of: secondNumber)]
        let numbers = [scene.number, secondNumber]
        var tries: [(String, [String: String])] = [
            ("/claim/card", ["case": numbers[0], "code": codes[1]]), ("/claim/card", ["case": numbers[1], "code": codes[0]]),
            ("/claim/card", ["case": "1001", "code": codes[0]]), ("/claim/card", ["case": "", "code": codes[0]]),
            ("/claim/card", ["case": "\(numbers[0]) \(numbers[1])", "code": codes[0]]),
            ("/claim/code", ["code": codes[0]]), ("/claim/code", ["code": "", "case": numbers[0]]),
        ]
        let invoices: [(String, String)] = [
            ("1001", "22.00"), ("1002", "11.00"), (numbers[0], "11.00"), ("1001", ""), ("100%", "11.00"),
            ("1001' OR '1'='1", "11.00"),
        ]
        for (number, amount) in invoices { tries.append(("/claim/invoice", ["invoice": number, "amount": amount])) }
        for (page, fields) in tries {
            scene.city.clock.advance(.hours(13))
            try await scene.browser.signIn(scene.claimant)
            #expect(await scene.browser.post(page, fields).status == 422, "\(page) \(fields)")
            #expect(try await scene.cases() == [], "\(page) \(fields)")
        }
        let claims: Int? = try await scene.city.read { try $0.value("SELECT COUNT(*) FROM claim") }
        #expect(claims == 0)
    }

    @Test("C2 Staff and guests claim nothing: a guest signs in first, staff find nothing here")
    func others() async throws {
        let scene = try await ClaimScene.make()
        let code = try await scene.card()
        let guest = scene.city.browser()
        for page in ["/claim", "/claim/card", "/claim/invoice", "/claim/letter", "/claim/code"] {
            #expect(await guest.get(page).location?.hasPrefix("/sign-in") ?? false)
            #expect(await scene.staff.get(page).status == 403)
        }
        await scene.shows(code, as: guest)
        await scene.shows(code, as: scene.staff)
        let claims: Int? = try await scene.city.read { try $0.value("SELECT COUNT(*) FROM claim") }
        #expect(claims == 0)
    }

    @Test("C3 C4 The ways stand before asking: on the dashboard, on the page that asks, on an older case")
    func ways() async throws {
        let scene = try await ClaimScene.make()
        let older = try await scene.city.aCase(number: "ELE2015-00017", applied: CivilDate(year: 2015, month: 2, day: 3))
        _ = older
        #expect(await scene.browser.get("/dashboard").text.contains("href=\"/claim\""))
        #expect(await scene.browser.get("/access-request?case=ELE2015-00017").text.contains("/claim?case=ELE2015-00017"))
        let page = await scene.browser.get("/cases/ELE2015-00017").text
        let (claim, ask) = (
            try #require(page.firstRange(of: "/claim?case=")), try #require(page.firstRange(of: "/access-request?case="))
        )
        #expect(claim.lowerBound < ask.lowerBound)
        #expect(await scene.browser.get("/guide/missing-cases").text.contains("href=\"/claim\""))
    }

    @Test("A7 What was shown is in the download of what the city holds, without any code")
    func records() async throws {
        let scene = try await ClaimScene.make()
        let code = try await scene.card()
        await scene.shows(code)
        let json = await scene.browser.get("/account/records.json").text
        #expect(json.contains("\"claims\"") && json.contains("\"card\"") && !json.contains(code))
        #expect(await scene.browser.get("/account/records/claims").text.contains("Permit card of \(scene.number)"))
        #expect(await scene.browser.get("/account/activity").text.contains("You showed something"))
    }
}
