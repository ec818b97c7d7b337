import Core
import Primitives
import TestSupport
import Testing

@testable import Accounts

/// What the owner of an account is told when somebody signs in to it, or tries to.
@Suite struct WarningTests {
    private let email = "ada@example.org"
    private let newBrowser = "A new browser signed in to your account"
    private let manyTries = "Many wrong tries to sign in to your account"

    private func count(_ city: TestCity, _ subject: String) async throws -> Int {
        try await city.mails(to: email).count { $0.subject == subject }
    }

    @Test func `A7 a browser that the account has not used is told of once, and not the first one`() async throws {
        let city = try await TestCity.make()
        let first = city.browser()
        try await city.registers(first, email)
        await first.post("/sign-out")
        #expect(await first.post("/sign-in", signIn(email, goodPassword)).status == 303)
        #expect(try await count(city, newBrowser) == 0)

        let second = city.browser()
        for _ in 0..<2 {
            #expect(await second.post("/sign-in", signIn(email, goodPassword)).status == 303)
            await second.post("/sign-out")
        }
        #expect(try await count(city, newBrowser) == 1)
        let mail = try #require(try await city.mails(to: email).first { $0.subject == newBrowser })
        #expect(mail.text.contains("/account/activity") && mail.text.contains("We do not know where that was."))
        let link = try #require(mail.link)
        #expect(link.contains("/account/not-me?entry="))
        await first.post("/sign-in", signIn(email, goodPassword))
        #expect(await first.get(link).has("The browser was new to the account."))
    }

    @Test func `A7 a browser is new again after 90 days`() async throws {
        let city = try await TestCity.make()
        let (first, second) = (city.browser(), city.browser())
        try await city.registers(first, email)
        city.clock.advance(.days(89))
        await first.post("/sign-in", signIn(email, goodPassword))
        city.clock.advance(.days(89))
        await first.post("/sign-in", signIn(email, goodPassword))
        #expect(try await count(city, newBrowser) == 0)
        city.clock.advance(.days(90))
        await first.post("/sign-in", signIn(email, goodPassword))
        #expect(try await count(city, newBrowser) == 1)
        await second.post("/sign-in", signIn("nobody@example.org", goodPassword))
        #expect(second.cookie("browser") == nil)
    }

    @Test func `A3 the owner hears of many wrong tries once a day, and nobody else does`() async throws {
        let city = try await TestCity.make()
        try await city.account(email: email, password: goodPassword)
        let guesser = city.browser()
        for _ in 0..<9 { await guesser.post("/sign-in", signIn(email, "wrong wrong wrong wrong")) }
        try await city.context.worker().runDue()
        #expect(try await count(city, manyTries) == 0)
        for _ in 0..<3 {
            await guesser.post("/sign-in", signIn(email, "wrong wrong wrong wrong"))
            city.clock.advance(.minutes(20))
            try await city.context.worker().runDue()
        }
        #expect(try await count(city, manyTries) == 1)
        let owner = city.browser()
        await owner.post("/sign-in", signIn(email, goodPassword))
        #expect(await owner.get("/account/activity").has("After many wrong tries, signing in was slowed down."))
        for _ in 0..<12 { await guesser.post("/sign-in", signIn("nobody@example.org", "wrong wrong wrong wrong")) }
        try await city.context.worker().runDue()
        #expect(try await city.mails(to: "nobody@example.org").isEmpty)
    }

    @Test func `A3 wrong codes after the right password are told of too`() async throws {
        let city = try await TestCity.make()
        _ = try await city.withApp(email)
        let guesser = city.browser()
        await guesser.post("/sign-in", signIn(email, goodPassword))
        for _ in 0..<10 { await guesser.post("/sign-in/second-step", ["code": "000000"]) }
        #expect(try await count(city, manyTries) == 1)
    }

    @Test func `A4 another phone, and ending sessions, take the password again`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: email, password: goodPassword)
        let (mine, other) = (city.browser(), city.browser())
        for browser in [mine, other] { try await browser.signIn(id) }
        city.clock.advance(.minutes(15))
        let phone = ["first_name": "Ada", "last_name": "Lindqvist", "phone": "720-555-0188"]
        #expect(await mine.post("/account/details", phone).location == "/account/confirm-password")
        let kept = await mine.post("/account/confirm-password", ["password": goodPassword])
        #expect(await mine.follow(kept).has("720-555-0188"), "what was typed is there again")
        #expect(await mine.post("/account/details", phone).location == "/account")

        let name = ["first_name": "Ada", "last_name": "Holm", "phone": "720-555-0188"]
        city.clock.advance(.minutes(15))
        #expect(await mine.post("/account/details", name).location == "/account", "a name alone does not")
        let stopped = await mine.post("/account/sessions/end-others")
        #expect(stopped.location == "/account/confirm-password?return=%2Faccount")
        #expect(await mine.post("/account/not-me", ["entry": "1"]).location == "/account/confirm-password")
        #expect(await other.get("/account").status == 200)
        await mine.post("/account/confirm-password", ["password": goodPassword])
        #expect(await mine.post("/account/sessions/end-others").location == "/account")
        #expect(await other.get("/account").status == 303)
    }
}
