import Core
import Primitives
import TestSupport
import Testing

@testable import Accounts

@Suite struct ReauthenticateTests {
    @Test func `A4 a quarter of an hour after signing in, the password is asked for again, and what was typed is kept`()
        async throws
    {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org", password: goodPassword)
        let browser = city.browser()
        try await browser.signIn(id)
        city.clock.advance(.minutes(15))
        let stopped = await browser.post("/account/emails", ["email": "second@example.org"])
        #expect(stopped.location == "/account/confirm-password")
        #expect(try await city.mails(to: "second@example.org").isEmpty)
        #expect(await browser.follow(stopped).has("We keep what you typed."))

        let wrong = await browser.post("/account/confirm-password", ["password": "not the password of ada"])
        #expect(wrong.status == 422 && wrong.has("not the password of your account"))
        let right = await browser.post("/account/confirm-password", ["password": goodPassword])
        #expect(right.location == "/continue")
        #expect(await browser.follow(right).has("second@example.org"))
        #expect(
            await browser.post("/account/emails", ["email": "second@example.org"]).location == "/account/emails/check-email")
        #expect(try await city.mails(to: "second@example.org").count == 1)
    }

    @Test func `A4 after the password somebody is back where the button stands`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org", password: goodPassword)
        let browser = city.browser()
        try await browser.signIn(id)
        city.clock.advance(.minutes(15))
        let stopped = await browser.post("/account/emails/remove", ["chosen": "ada@example.org"])
        #expect(stopped.location == "/account/confirm-password?return=%2Faccount%2Femails")
        #expect(await browser.follow(stopped).has("press the button again"))
        let right = await browser.post("/account/confirm-password", ["password": goodPassword, "return": "/account/emails"])
        #expect(right.location == "/account/emails")
        let away = await browser.post("/account/confirm-password", ["password": goodPassword, "return": "//evil.example"])
        #expect(away.location == "/account")
    }

    @Test func `A4 one session's password is not another's`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org", password: goodPassword)
        let (mine, other) = (city.browser(), city.browser())
        try await mine.signIn(id)
        try await other.signIn(id)
        city.clock.advance(.minutes(20))
        await mine.post("/account/confirm-password", ["password": goodPassword])
        #expect(await mine.post("/account/emails", ["email": "a@example.org"]).location == "/account/emails/check-email")
        #expect(await other.post("/account/emails", ["email": "b@example.org"]).location == "/account/confirm-password")
    }

    @Test func `A3 guessing the password there is limited`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org", password: goodPassword)
        let browser = city.browser()
        try await browser.signIn(id)
        for _ in 0..<10 { await browser.post("/account/confirm-password", ["password": "not the password of ada"]) }
        #expect(await browser.post("/account/confirm-password", ["password": goodPassword]).status == 429)
    }
}
