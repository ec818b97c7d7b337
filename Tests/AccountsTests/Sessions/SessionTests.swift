import Core
import Primitives
import TestSupport
import Testing

@testable import Accounts

@Suite struct SessionTests {
    @Test func `A4 a session of the public ends after a day without a request`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org")
        let browser = city.browser()
        try await browser.signIn(id)
        city.clock.advance(.hours(23))
        #expect(await browser.get("/account").status == 200)
        try await city.seen(at: city.clock.now)
        city.clock.advance(.hours(23))
        #expect(await browser.get("/account").status == 200)
        try await city.seen(at: city.clock.now)
        city.clock.advance(.hours(24))
        #expect(await browser.get("/account").status == 303)
    }

    @Test func `A4 a session ends after fourteen days, however busy`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org")
        let browser = city.browser()
        try await browser.signIn(id)
        for _ in 1..<28 {
            city.clock.advance(.hours(12))
            #expect(await browser.get("/account").status == 200)
            try await city.seen(at: city.clock.now)
        }
        city.clock.advance(.hours(12))
        #expect(await browser.get("/account").status == 303)
    }

    @Test func `A4 a staff session ends after two hours without a request`() async throws {
        let city = try await TestCity.make()
        let id = try await city.staff()
        let browser = city.browser()
        try await browser.signIn(id, staff: true)
        city.clock.advance(.minutes(119))
        #expect(await browser.get("/staff/desk").status == 200)
        try await city.seen(at: city.clock.now)
        city.clock.advance(.hours(2))
        #expect(await browser.get("/staff/desk").status == 303)
    }

    @Test func `last seen is written at most once a minute`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org")
        let browser = city.browser()
        let begun = city.clock.now
        try await browser.signIn(id)
        city.clock.advance(.seconds(59))
        await browser.get("/account")
        city.clock.advance(.seconds(1))
        await browser.get("/account")
        try await city.seen(at: begun + .minutes(1))
    }

    @Test func `A4 a page that keeps itself up to date does not keep a forgotten session alive`() async throws {
        let city = try await TestCity.make()
        let id = try await city.staff()
        let browser = city.browser()
        try await browser.signIn(id, staff: true)
        let begun = city.clock.now
        city.clock.advance(.hours(1))
        #expect(await browser.get("/staff/desk", accept: "text/event-stream").status == 200)
        // Last seen is written once a minute: half a minute later it is only when the open page was not taken for somebody.
        city.clock.advance(.seconds(30))
        #expect(await browser.get("/session").status == 204, "somebody pressed \"Stay signed in\"")
        try await city.seen(at: begun + .hours(1) + .seconds(30))
    }

    @Test func `A4 a page of somebody signed in knows when to warn, a guest's does not`() async throws {
        let city = try await TestCity.make()
        let id = try await city.staff()
        let browser = city.browser()
        #expect(!(await browser.get("/").has("id=\"session\"")))
        #expect(await browser.get("/session").status == 401)
        try await browser.signIn(id, staff: true)
        let page = await browser.get("/staff/desk")
        #expect(page.has("data-seconds=\"7200\"") && page.has("You will be signed out in less than five minutes."))
        // Near the end of the longest session it is the end that counts.
        for _ in 0..<11 {
            city.clock.advance(.hours(1))
            await browser.get("/staff/desk")
            try await city.seen(at: city.clock.now)
        }
        #expect(await browser.get("/staff/desk").has("data-seconds=\"3600\""))
    }

    @Test func `a token that nobody was given is a guest's`() async throws {
        let city = try await TestCity.make()
        let browser = city.browser()
        #expect(await browser.get("/account").status == 303)
        let id = try await city.account(email: "ada@example.org")
        try await browser.signIn(id)
        try await city.write { change in try change.conn.run("UPDATE account SET closed_at = \(change.now)") }
        #expect(await browser.get("/account").status == 303)
    }

    @Test func `the token itself is nowhere in the database`() async throws {
        let city = try await TestCity.make()
        try await city.account(email: "ada@example.org", password: goodPassword)
        let browser = city.browser()
        await browser.post("/sign-in", signIn("ada@example.org", goodPassword))
        let token = try #require(browser.cookie("session"))
        #expect(try await city.count("SELECT COUNT(*) FROM session WHERE token_hash = \(token)") == 0)
        #expect(try await city.count("SELECT COUNT(*) FROM session WHERE token_hash = \(sha256(token))") == 1)
    }

    @Test(arguments: [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 Version/17.5 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/129.0 Safari/537.36 Edg/129.0", "Edge, Windows"),
        ("curl/8", ""),
    ])
    func `a browser is named so that its owner knows it`(_ header: String, _ name: String) {
        #expect(Device.name(header) == name)
    }
}

extension TestCity {
    /// Waits until the write behind the request is there.
    func seen(at instant: Instant) async throws {
        for _ in 0..<6000 {
            if try await count("SELECT COUNT(*) FROM session WHERE last_seen_at = \(instant)") > 0 { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("last_seen_at was never \(instant)")
    }
}
