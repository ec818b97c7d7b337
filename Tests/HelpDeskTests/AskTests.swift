import Core
import Mail
import Primitives
import TestSupport
import Testing

@testable import HelpDesk

@Suite struct AskTests {
    @Test func `C3 a guest asks, gets a number, and a secret link by mail`() async throws {
        let city = try await TestCity.make()
        let guest = city.browser()
        #expect(await guest.get("/access-request").text.contains("Ask for access"))
        let answer = await guest.post(
            "/access-request", ["case": "1195 Bear Mountain Dr", "part": "I own the house", "email": "Guest@Example.org"])
        let page = await guest.follow(answer)
        #expect(page.text.contains("<h1>Request received</h1>"))
        #expect(page.text.contains("AR-00001"))
        #expect(page.text.contains("You are next"))
        #expect(page.text.contains("July 9, 2026"), "three working days after Monday, July 6")

        let mail = try #require(try await city.mails(to: "Guest@Example.org").first)
        #expect(mail.subject.contains("AR-00001"))
        let link = try #require(mail.link)
        let status = await city.browser().get(link)
        #expect(status.status == 200)
        #expect(status.text.contains("Request received") && status.text.contains("I own the house"))
        // What is connected needs an account: both pages lead to one.
        for text in [page.text, status.text] { #expect(text.contains("<a href=\"/register\">Create an account</a>")) }
    }

    @Test func `C3 the secret link is stored hashed and no other link opens a request`() async throws {
        let city = try await TestCity.make()
        try await city.asks(city.browser(), about: "1195 Bear Mountain Dr", email: "guest@example.org")
        let link = try #require(try await city.mails(to: "guest@example.org").first?.link)
        let token = String(link.split(separator: "/").last ?? "")
        #expect(token.count == 32)
        let stored: String? = try await city.read { try $0.value("SELECT token_hash FROM access_request") }
        #expect(stored == sha256(token))
        let kept: Int? = try await city.read { try $0.value("SELECT COUNT(*) FROM once_key WHERE result LIKE \("%\(token)%")") }
        #expect(kept == 0)
        let other = SecretToken(randomness: .system).text
        #expect(await city.browser().get("/access-request/\(other)").status == 410)
        #expect(await city.browser().get("/access-request/AR-00001").status == 404)
    }

    @Test func `C3 somebody signed in asks without giving an email and follows it on their account`() async throws {
        let city = try await TestCity.make()
        let visitor = try await city.visitor(try await city.account("Pat", "Quimby", email: "pat@example.org"))
        #expect(!(await visitor.get("/access-request").text.contains("name=\"email\"")))
        let page = await visitor.follow(
            await visitor.post("/access-request", ["case": "ELE2026-00001", "part": "I am the electrician"]))
        #expect(page.text.contains("<h1>Request received</h1>"))
        #expect(page.text.contains("AR-00001") && !page.text.contains("Create an account"))
        #expect(await visitor.get("/account/requests").text.contains("AR-00001"))
        #expect(await visitor.get("/account").text.contains("/account/requests/AR-00001"))
        #expect(try await city.mails(to: "pat@example.org").first?.link?.hasSuffix("/account/requests/AR-00001") == true)
    }

    @Test func `C3 a request is nobody else's to read`() async throws {
        let city = try await TestCity.make()
        let owner = try await city.visitor(try await city.account("Pat", "Quimby", email: "pat@example.org"))
        let number = try await city.asks(owner, about: "ELE2026-00001")
        #expect(await owner.get("/account/requests/\(number)").status == 200)
        let other = try await city.visitor(try await city.account("Lee", "Moss", email: "lee@example.org"))
        let seen = await other.get("/account/requests/\(number)")
        let unknown = await other.get("/account/requests/AR-99999")
        #expect(seen.status == 404 && unknown.status == 404)
        #expect(await other.post("/account/requests/\(number)/withdraw").status == 404)
    }

    @Test(arguments: [
        ("ELE2026-00001", "known@example.org"), ("ELE2026-99999", "known@example.org"), ("ELE2026-00001", "unknown@example.org"),
        ("somewhere", "unknown@example.org"),
    ])
    func `A2 the answer is the same whatever the case and the email`(place: String, email: String) async throws {
        let city = try await TestCity.make()
        let known = try await city.person("Ada", "Lindqvist", email: "known@example.org")
        let id = try await city.aCase(number: "ELE2026-00001", confidential: true)
        try await city.grant(known, on: id)
        try await city.account("Ada", "Lindqvist", email: "known@example.org")
        let guest = city.browser()
        let answer = await guest.post("/access-request", ["case": place, "part": "Owner", "email": email])
        let page = await guest.follow(answer)
        #expect(answer.status == 303 && page.status == 200)
        for word in [place, email, "Lindqvist"] { #expect(!page.text.contains(word)) }
        #expect(try await city.mails(to: email).count { $0.subject.contains("AR-00001") } == 1)
        let mail = try #require(try await city.mails(to: email).first { $0.subject.contains("AR-00001") })
        #expect(!mail.text.contains("Lindqvist"))
        #expect(mail.link?.contains("/access-request/") == true)
    }

    @Test func `A2 somebody sent too much mail is sent no more, and the page says the same`() async throws {
        let city = try await TestCity.make()
        var words: Set<String> = []
        for index in 1...7 {
            let guest = city.browser()
            let page = await guest.follow(
                await guest.post("/access-request", ["case": "x\(index) street", "part": "Owner", "email": "victim@example.org"]))
            let heading = page.text.contains("Request received") && page.text.contains("We sent you an email")
            words.insert("\(page.status) \(heading)")
        }
        #expect(words == ["200 true"])
        #expect(try await city.mails(to: "victim@example.org").count == 5)
    }

    @Test func `too many requests from one place are refused`() async throws {
        let city = try await TestCity.make()
        var statuses: [Int] = []
        for index in 1...21 {
            let answer = await city.browser().post(
                "/access-request", ["case": "\(index) Pearl St", "part": "Owner", "email": "guest\(index)@example.org"])
            statuses.append(answer.status)
        }
        #expect(statuses.dropLast().allSatisfy { $0 == 303 })
        #expect(statuses.last == 429)
    }

    @Test func `what is missing is said with the field, and what was typed stays`() async throws {
        let city = try await TestCity.make()
        let answer = await city.browser().post("/access-request", ["case": "12 Pearl St", "part": " ", "email": ""])
        #expect(answer.status == 422)
        #expect(answer.text.contains("There is a problem"))
        #expect(answer.text.contains("href=\"#part\"") && answer.text.contains("href=\"#email\""))
        #expect(answer.text.contains("12 Pearl St"))
        let wrong = await city.browser().post(
            "/access-request", ["case": "12 Pearl St", "part": "Owner", "email": "not an email"])
        #expect(wrong.status == 422 && wrong.text.contains("href=\"#email\""))
        let waiting = try await city.read { try Ticket.waiting(in: .access, $0).count }
        #expect(waiting == 0)
    }

    @Test func `sending the form twice makes one request`() async throws {
        let city = try await TestCity.make()
        let guest = city.browser()
        let fields = ["case": "12 Pearl St", "part": "Owner", "email": "guest@example.org"]
        let first = await guest.post("/access-request", fields, once: "once")
        let second = await guest.post("/access-request", fields, once: "once")
        #expect(first.location == second.location)
        #expect(try await city.read { try Ticket.waiting(in: .access, $0).count } == 1)
        #expect(try await city.mails(to: "guest@example.org").count == 1)
    }

    @Test func `C3 the place in the queue is told, and withdrawing leaves it`() async throws {
        let city = try await TestCity.make()
        let first = try await city.visitor(try await city.account("Pat", "Quimby", email: "pat@example.org"))
        let second = try await city.visitor(try await city.account("Lee", "Moss", email: "lee@example.org"))
        let ahead = try await city.asks(first, about: "12 Pearl St")
        let behind = try await city.asks(second, about: "14 Pearl St")
        #expect(await second.get("/account/requests/\(behind)").text.contains("You are number 2"))
        #expect(await first.post("/account/requests/\(ahead)/withdraw").status == 303)
        #expect(await second.get("/account/requests/\(behind)").text.contains("You are next"))
        #expect(await first.post("/account/requests/\(ahead)/withdraw").status == 409)
    }

    @Test func `C4 the page says why older cases may be missing and gives the phone line`() async throws {
        let page = await (try await TestCity.make()).browser().get("/access-request")
        #expect(page.text.contains("April 9, 2018"))
        #expect(page.text.contains("tel:3034414088"))
    }

    @Test func `what was written in lines is shown in lines`() async throws {
        let city = try await TestCity.make()
        let visitor = try await city.visitor(try await city.account("Pat", "Quimby", email: "pat@example.org"))
        let number = try await city.asks(visitor, about: "12 Pearl St", part: "I own the house.\n\nMy brother lives there.")
        let lines = "<div class=\"lines\">I own the house.\n\nMy brother lives there.</div>"
        #expect(await visitor.get("/account/requests/\(number)").text.contains(lines))
        #expect(await (try await city.desk()).get("/staff/desk/access-requests/\(number)").text.contains(lines))
    }

    @Test(arguments: ["/access-request", "/help"])
    func `every word is there in both languages`(path: String) async throws {
        let city = try await TestCity.make()
        for language in Language.allCases {
            let page = await city.browser(language: language).get(path)
            #expect(page.status == 200 && !page.text.contains("⟦"))
        }
    }

    @Test func `what people type is shown, never run`() async throws {
        let city = try await TestCity.make()
        let attack = "<script>alert(1)</script>"
        let visitor = try await city.visitor(try await city.account(attack, "Quimby", email: "pat@example.org"))
        let number = try await city.asks(visitor, about: attack, part: attack)
        let desk = try await city.desk()
        for page in [
            await visitor.get("/account/requests/\(number)"), await visitor.get("/account/requests"),
            await desk.get("/staff/desk/access-requests"), await desk.get("/staff/desk/access-requests/\(number)"),
        ] {
            #expect(page.status == 200)
            #expect(!page.text.contains(attack) && page.text.contains("&lt;script&gt;"))
        }
    }

    @Test func `a guest's link ends three months after the answer, and looks like one that never was`() async throws {
        let city = try await TestCity.make()
        try await city.asks(city.browser(), about: "1195 Bear Mountain Dr", email: "guest@example.org")
        let link = try #require(try await city.mails(to: "guest@example.org").first?.link)
        city.clock.advance(.days(200))
        let guest = city.browser()
        #expect(await guest.get(link).status == 200, "while it waits, the link works")
        let number = try #require(await guest.get(link).text.firstMatch(of: /[A-Z]{2}-\d{5}/)).output
        let desk = try await city.desk()
        await desk.post("/staff/desk/access-requests/\(number)/decline", ["reason": "We found no such house.", "seen": "0"])
        city.clock.advance(.days(89))
        #expect(await guest.get(link).status == 200)
        city.clock.advance(.days(2))
        let ended = await guest.get(link)
        #expect(ended.status == 410 && ended.text.contains("This link no longer works"))
        let invented = link.replacing(#/[a-z2-7]{32}/#, with: String(repeating: "a", count: 32))
        let never = await guest.get(invented)
        #expect(never.status == 410 && never.text.contains("This link no longer works"))
    }
}
