import Core
import Mail
import Primitives
import TestSupport
import Testing

@testable import Accounts

@Suite struct RegistrationTests {
    @Test func `A1 somebody enters an address, proves it, says who they are, and is signed in`() async throws {
        let city = try await TestCity.make()
        let browser = city.browser()
        let sent = await browser.post("/register", ["email": "Jordan@Example.org"])
        #expect(await browser.follow(sent).has("<h1>Check your email</h1>"))
        #expect(try await city.count("SELECT COUNT(*) FROM account") == 0)

        let link = try await city.link(to: "Jordan@Example.org")
        let page = await browser.get(link)
        #expect(page.has("<h1>Confirm your email</h1>") && page.has(">Confirm</button>"))
        let confirmed = await browser.follow(await browser.post("/register/confirm", ["token": token(in: link)]))
        #expect(confirmed.has("<h1>Finish your account</h1>"))
        #expect(try await city.count("SELECT COUNT(*) FROM account") == 0)

        let done = await browser.post("/register/finish", answers())
        #expect(done.status == 303 && done.location == "/dashboard")
        #expect(await browser.get("/account").has("Jordan@Example.org"))
        #expect(browser.cookie("finish") == nil)
        let account = try await city.found("jordan@example.org")
        #expect(account?.name == "Jordan Avery")
    }

    @Test func `A1 opening the link, however often, does not use it up`() async throws {
        let city = try await TestCity.make()
        let (scanner, browser) = (city.browser(), city.browser())
        await browser.post("/register", ["email": "scanned@example.org"])
        let link = try await city.link(to: "scanned@example.org")
        for _ in 0..<3 { #expect(await scanner.get(link).status == 200) }
        #expect(try await city.count("SELECT COUNT(*) FROM email_token WHERE used_at IS NOT NULL") == 0)
        #expect(await browser.post("/register/confirm", ["token": token(in: link)]).location == "/register/finish")
    }

    @Test func `A1 a used, an expired and an invented link look the same`() async throws {
        let city = try await TestCity.make()
        let browser = city.browser()
        try await city.confirms(browser, "used@example.org")
        let used = try await city.link(to: "used@example.org")
        await browser.post("/register", ["email": "old@example.org"])
        let old = try await city.link(to: "old@example.org")
        city.clock.advance(.hours(24))
        let invented = "/register/confirm?token=abcdefghijklmnopqrstuvwxyz234567"
        var pages: Set<String> = []
        for link in [used, old, invented, "/register/confirm?token=short", "/register/confirm"] {
            let stranger = city.browser()
            let page = await stranger.get(link)
            #expect(page.status == 410)
            pages.insert(page.text.replacing(/return=[^"]*/, with: "").replacing(/[a-z2-7]{32}/, with: "TOKEN"))
            let again = await stranger.post("/register/confirm", ["token": token(in: link)])
            #expect([410, 422].contains(again.status))
            #expect(stranger.cookie("finish") == nil)
        }
        #expect(pages.count == 1)
    }

    @Test func `A1 the last step needs a proven address`() async throws {
        let city = try await TestCity.make()
        let browser = city.browser()
        #expect(await browser.get("/register/finish").status == 410)
        #expect(await browser.post("/register/finish", answers()).status == 410)
        #expect(try await city.count("SELECT COUNT(*) FROM account") == 0)
    }

    @Test func `A1 the last step is open for an hour`() async throws {
        let city = try await TestCity.make()
        let browser = city.browser()
        try await city.confirms(browser, "slow@example.org")
        city.clock.advance(.hours(1))
        #expect(await browser.post("/register/finish", answers()).status == 410)
        #expect(try await city.count("SELECT COUNT(*) FROM account") == 0)
    }

    @Test func `A2 a known and an unknown address get the same answer, and a mail each`() async throws {
        let city = try await TestCity.make()
        try await city.account(email: "known@example.org", password: goodPassword)
        var answers: Set<String> = []
        var rows: [Int] = []
        for email in ["known@example.org", "nobody@example.org"] {
            let browser = city.browser()
            let before = try await city.count("SELECT COUNT(*) FROM email_token")
            let sent = await browser.post("/register", ["email": email])
            let page = await browser.follow(sent)
            answers.insert("\(sent.status) \(sent.location ?? "") \(sent.headers) \(page.status) \(page.comparable(email))")
            rows.append(try await city.count("SELECT COUNT(*) FROM email_token") - before)
            #expect(try await city.mails(to: email).count == 1)
        }
        #expect(answers.count == 1)
        #expect(rows == [1, 1])
        let known = try #require(try await city.mails(to: "known@example.org").first)
        #expect(known.subject == "You already have an account")
        #expect(known.link?.hasSuffix("/sign-in") == true)
    }

    @Test func `A2 the row written for a known address opens nothing`() async throws {
        let city = try await TestCity.make()
        try await city.account(email: "known@example.org", password: goodPassword)
        await city.browser().post("/register", ["email": "known@example.org"])
        #expect(try await city.count("SELECT COUNT(*) FROM email_token WHERE used_at IS NULL") == 0)
    }

    @Test func `pressing Confirm and Create account twice makes one account and one session`() async throws {
        let city = try await TestCity.make()
        let (first, second) = (city.browser(), city.browser())
        await first.post("/register", ["email": "twice@example.org"])
        let link = try await city.link(to: "twice@example.org")
        // The browser drops the first answer: only the second one's cookies are kept.
        await first.post("/register/confirm", ["token": token(in: link)], once: "confirm-once")
        let confirmed = await second.post("/register/confirm", ["token": token(in: link)], once: "confirm-once")
        #expect(confirmed.location == "/register/finish")
        #expect(first.cookie("finish") == second.cookie("finish"))

        await first.post("/register/finish", answers(), once: "finish-once")
        let done = await second.post("/register/finish", answers(), once: "finish-once")
        #expect(done.location == "/dashboard")
        #expect(await second.get("/account").status == 200)
        #expect(try await city.count("SELECT COUNT(*) FROM account") == 1)
        #expect(try await city.count("SELECT COUNT(*) FROM session") == 1)
    }

    @Test func `the back button and the same form again lead to the dashboard`() async throws {
        let city = try await TestCity.make()
        let browser = city.browser()
        try await city.registers(browser, "back@example.org")
        #expect(await browser.get("/register/finish").location == "/dashboard")
        #expect(await browser.post("/register/finish", answers()).location == "/dashboard")
        #expect(try await city.count("SELECT COUNT(*) FROM account") == 1)
    }

    @Test func `an address that got an account meanwhile leads to sign-in with a kind sentence`() async throws {
        let city = try await TestCity.make()
        let (first, second) = (city.browser(), city.browser())
        try await city.confirms(first, "both@example.org")
        city.clock.advance(.minutes(1))
        try await city.confirms(second, "both@example.org")
        // The other link was proven too, and both forms are open.
        _ = try await city.account(email: "both@example.org", password: goodPassword)
        let answer = await second.post("/register/finish", answers())
        #expect(answer.location == "/sign-in")
        #expect(second.cookie("session") == nil)
        #expect(await second.follow(answer).has("This address already has an account."))
        #expect(try await city.count("SELECT COUNT(*) FROM account") == 1)
    }

    @Test func `finishing ends the other links that were mailed to the address`() async throws {
        let city = try await TestCity.make()
        let browser = city.browser()
        await browser.post("/register", ["email": "two@example.org"])
        let older = try await city.link(to: "two@example.org")
        try await city.registers(browser, "two@example.org")
        #expect(await city.browser().get(older).status == 410)
    }

    @Test func `what is wrong is said beside the field, and what was typed stays, but not the password`() async throws {
        let city = try await TestCity.make()
        let browser = city.browser()
        try await city.confirms(browser, "careless@example.org")
        let answer = await browser.post(
            "/register/finish", answers(password: "too short").merging(["phone": "no", "first_name": "<Jo>"]) { $1 })
        #expect(answer.status == 422)
        #expect(answer.has("There is a problem") && answer.has("href=\"#phone\"") && answer.has("href=\"#password\""))
        #expect(answer.has("&lt;Jo&gt;") && !answer.has("too short"))
        #expect(try await city.count("SELECT COUNT(*) FROM account") == 0)
    }

    @Test func `a word that is no address is refused with a sentence`() async throws {
        let city = try await TestCity.make()
        let answer = await city.browser().post("/register", ["email": "not an address"])
        #expect(answer.status == 422 && answer.has("name@example.com"))
    }

    @Test func `A3 one mailbox is not flooded`() async throws {
        let city = try await TestCity.make()
        for _ in 0..<8 { await city.browser().post("/register", ["email": "flooded@example.org"]) }
        #expect(try await city.mails(to: "flooded@example.org").count == 5)
        #expect(await city.browser().post("/register", ["email": "flooded@example.org"]).status == 429)
        city.clock.advance(.hours(1))
        #expect(await city.browser().post("/register", ["email": "flooded@example.org"]).status == 303)
    }

    @Test func `A9 whoever asks in Spanish is answered and written to in Spanish`() async throws {
        let city = try await TestCity.make()
        let browser = city.browser(language: .spanish)
        let page = await browser.follow(await browser.post("/register", ["email": "hola@example.org"]))
        #expect(page.has("<h1>Revise su correo electrónico</h1>"))
        #expect(try await city.mails(to: "hola@example.org").first?.subject == "Confirme su correo electrónico")
        try await city.registers(browser, "hola@example.org", more: ["language": "es"])
        let account = try await city.found("hola@example.org")
        #expect(account?.language == .spanish)
    }

    @Test func `the facts of a new account are in its chain, and no secret is`() async throws {
        let city = try await TestCity.make()
        try await city.registers(city.browser(), "facts@example.org")
        let id = try #require(try await city.found("facts@example.org")).id
        let facts = try await city.read { try FactLog.timeline(of: .account(id), limit: 20, $0) }
        let kinds = Set(facts.map(\.kind))
        #expect(kinds.isSuperset(of: [.accountCreated, .emailProven, .signedIn]))
        let told = facts.map { city.context.sentence(of: $0, for: .party, city.context.voice(.english)) ?? "" }
        #expect(told.contains("The account was created.") && told.contains("The address facts@example.org was confirmed."))
        let stored = try await city.read { try $0.rows("SELECT body FROM fact").map { try $0[0] as String } }
        #expect(!stored.contains { $0.contains(goodPassword) || $0.contains("argon2") })
    }
}
