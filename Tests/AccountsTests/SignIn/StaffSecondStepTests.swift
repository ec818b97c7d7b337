import Core
import Primitives
import TestSupport
import Testing

@testable import Accounts

/// Outside a demo city the city's own people show two things before they see anything of the city's.
@Suite struct StaffSecondStepTests {
    private let email = "lee@city.example"

    private func city() async throws -> TestCity {
        try await TestCity.make(
            settings: CitySettings(baseURL: Browser.origin, isDemo: false, staffNeedSecondStep: true))
    }

    @Test func `A3 staff with a password alone reach the page where a second step is added, and nothing of the city's`()
        async throws
    {
        let city = try await city()
        try await city.staff(.contactSteward, email: email, password: goodPassword)
        let browser = city.browser()
        let signedIn = await browser.post("/staff/sign-in", signIn(email, goodPassword))
        for address in [signedIn.location ?? "", "/staff/desk", "/staff/desk/access-requests", "/staff/contacts"] {
            #expect(await browser.get(address).location == "/account/security", "\(address)")
        }
        let page = await browser.follow(await browser.get("/staff/desk"))
        #expect(page.has("City records need two steps at sign-in") && page.has("Set up"))
        #expect(await browser.get("/staff/desk", accept: "application/json").status == 403)
        #expect(await browser.post("/staff/accounts", ["email": "ada@example.org"]).location == "/account/security")
    }

    @Test func `A3 with the second step added they go on in the same session`() async throws {
        let city = try await city()
        let (browser, totp) = try await city.withApp(email, role: .contactSteward)
        #expect(await browser.get("/staff/desk").status == 200)
        city.clock.advance(.seconds(60))
        let other = city.browser()
        let half = await other.post("/staff/sign-in", signIn(email, goodPassword))
        #expect(half.location == "/sign-in/second-step")
        #expect(await other.get("/staff/desk").status == 303)
        await other.post("/sign-in/second-step", ["code": totp.now(city)])
        #expect(await other.get("/staff/desk").status == 200)
    }

    @Test func `A8 the link that whoever runs the portal hands over is a first way in`() async throws {
        let city = try await city()
        let token = try await city.write { change in
            try StaffLinks.create(change, email: try #require(TypedAddress("new@city.example")), role: .contactSteward)
        }
        let browser = city.browser()
        await browser.get("/staff/sign-in/link?token=\(token.text)")
        await browser.post("/staff/sign-in/link", ["token": token.text])
        #expect(await browser.get("/staff/desk").status == 200)
    }

    @Test func `people of the public may go on choosing`() async throws {
        let city = try await city()
        try await city.account(email: "ada@example.org", password: goodPassword)
        let browser = city.browser()
        await browser.post("/sign-in", signIn("ada@example.org", goodPassword))
        #expect(await browser.get("/account").status == 200)
    }
}

/// A cookie does not move to another kind of browser by itself.
@Suite struct OtherBrowserTests {
    private let firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    private let newer = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:141.0) Gecko/20100101 Firefox/141.0"
    private let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"

    @Test func `A4 a session of staff is nobody's in another kind of browser, and goes on in its own`() async throws {
        let city = try await TestCity.make()
        try await city.staff(.administrator, email: "lee@city.example", password: goodPassword)
        let browser = city.browser(agent: firefox)
        await browser.post("/staff/sign-in", signIn("lee@city.example", goodPassword))
        #expect(await browser.asItIsNow(as: chrome).get("/staff/desk").location?.hasPrefix("/staff/sign-in") == true)
        #expect(await browser.get("/staff/desk").status == 200)
        #expect(await browser.asItIsNow(as: newer).get("/staff/desk").status == 200, "a browser may be updated")
        #expect(try await city.events("other-browser").count == 1)
    }

    @Test func `A4 a person's session is asked for the password again in another kind of browser`() async throws {
        let city = try await TestCity.make()
        try await city.account(email: "ada@example.org", password: goodPassword)
        let browser = city.browser(agent: firefox)
        await browser.post("/sign-in", signIn("ada@example.org", goodPassword))
        let fields = ["first_name": "Ada", "last_name": "Moved", "phone": "303-555-0142"]
        let elsewhere = browser.asItIsNow(as: chrome)
        #expect(await elsewhere.get("/account").status == 200)
        #expect(await elsewhere.post("/account/details", fields).location?.hasPrefix("/account/confirm-password") == true)
        await elsewhere.post("/account/confirm-password", ["password": goodPassword, "return": "/account/details"])
        #expect(await elsewhere.post("/account/details", fields).location == "/account")
    }
}
