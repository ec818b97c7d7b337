import Core
import Primitives
import TestSupport
import Testing

@testable import Accounts

@Suite struct ResetTests {
    @Test func `somebody chooses a new password, is signed in, and signed out everywhere else`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org", password: "the password before this")
        let (elsewhere, browser) = (city.browser(), city.browser())
        try await elsewhere.signIn(id)
        await browser.post("/reset", ["email": "ada@example.org"])
        let other = try await city.link(to: "ada@example.org")
        await browser.post("/reset", ["email": "ada@example.org"])
        let link = try await city.link(to: "ada@example.org")
        #expect(await browser.get(link).has("<h1>Choose a new password</h1>"))
        let answer = await browser.post("/reset/choose", ["token": token(in: link), "password": goodPassword])
        #expect(answer.location == "/dashboard")
        #expect(await browser.get("/account").status == 200)
        #expect(await elsewhere.get("/account").status == 303)
        #expect(await city.browser().get(other).status == 410)
        #expect(try await city.mails(to: "ada@example.org").first?.subject == "Your password was changed")
        let again = city.browser()
        #expect(await again.post("/sign-in", signIn("ada@example.org", "the password before this")).status == 422)
        #expect(await again.post("/sign-in", signIn("ada@example.org", goodPassword)).status == 303)
    }

    @Test func `A2 a known and an unknown address get the same answer, and a mail each`() async throws {
        let city = try await TestCity.make()
        try await city.account(email: "known@example.org", password: goodPassword)
        var answers: Set<String> = []
        for email in ["known@example.org", "nobody@example.org"] {
            let browser = city.browser()
            let sent = await browser.post("/reset", ["email": email])
            let page = await browser.follow(sent)
            #expect(page.has("<h1>Check your email</h1>"))
            answers.insert("\(sent.status) \(sent.location ?? "") \(sent.headers) \(page.status) \(page.comparable(email))")
            #expect(try await city.mails(to: email).count == 1)
        }
        #expect(answers.count == 1)
        #expect(try await city.count("SELECT COUNT(*) FROM email_token") == 2)
        #expect(try await city.link(to: "nobody@example.org").hasSuffix("/register"))
    }

    @Test func `opening the link does not use it up; using it does; it lasts an hour`() async throws {
        let city = try await TestCity.make()
        try await city.account(email: "ada@example.org", password: goodPassword)
        let browser = city.browser()
        await browser.post("/reset", ["email": "ada@example.org"])
        let link = try await city.link(to: "ada@example.org")
        for _ in 0..<3 { #expect(await city.browser().get(link).status == 200) }
        let fields = ["token": token(in: link), "password": "another four words entirely"]
        #expect(await city.browser().post("/reset/choose", fields).status == 303)
        #expect(await city.browser().post("/reset/choose", fields).status == 410)
        await browser.post("/reset", ["email": "ada@example.org"])
        let late = try await city.link(to: "ada@example.org")
        city.clock.advance(.hours(1))
        #expect(await browser.get(late).status == 410)
        #expect(await browser.post("/reset/choose", ["token": token(in: late), "password": goodPassword]).status == 410)
    }

    @Test func `a password that is too short shows the page again, and the link still works`() async throws {
        let city = try await TestCity.make()
        try await city.account(email: "ada@example.org", password: goodPassword)
        let browser = city.browser()
        await browser.post("/reset", ["email": "ada@example.org"])
        let link = try await city.link(to: "ada@example.org")
        let short = await browser.post("/reset/choose", ["token": token(in: link), "password": "fourteen chars"])
        #expect(short.status == 422 && short.has("at least 15 characters") && short.has(token(in: link)))
        let own = await browser.post("/reset/choose", ["token": token(in: link), "password": "ada lindqvist boulder"])
        #expect(own.status == 422 && own.has("made of your name"))
        #expect(await browser.post("/reset/choose", ["token": token(in: link), "password": goodPassword]).status == 303)
    }

    @Test func `a link to register is no link to reset`() async throws {
        let city = try await TestCity.make()
        await city.browser().post("/register", ["email": "new@example.org"])
        let register = token(in: try await city.link(to: "new@example.org"))
        #expect(await city.browser().get("/reset/choose?token=\(register)").status == 410)
        #expect(await city.browser().post("/reset/choose", ["token": register, "password": goodPassword]).status == 410)
    }

    @Test func `an account whose owner never had a password gets one this way`() async throws {
        let city = try await TestCity.make()
        try await city.staff(email: "sam@city.example")
        let browser = city.browser()
        await browser.post("/reset", ["email": "sam@city.example"])
        let link = try await city.link(to: "sam@city.example")
        let answer = await browser.post("/reset/choose", ["token": token(in: link), "password": goodPassword])
        #expect(answer.location == "/staff/desk")
    }
}
