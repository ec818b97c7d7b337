import Core
import Primitives
import TestSupport
import Testing

@testable import Accounts

@Suite struct MyAccountTests {
    @Test func `my account shows who I am, my address, my language and my sessions`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account("Ada <b>", "Lindqvist", email: "ada@example.org")
        let browser = city.browser()
        try await browser.signIn(id)
        let page = await browser.get("/account")
        #expect(page.has("<h1>My account</h1>") && page.has("Ada &lt;b&gt; Lindqvist") && !page.has("<b>"))
        #expect(page.has("ada@example.org") && page.has("303-555-0100"))
        #expect(page.has("Where you are signed in") && page.has("This browser"))
        #expect(!page.has("End all other sessions"), "there are no others")
        for link in ["security", "details", "emails", "mail", "records", "activity"] {
            #expect(page.has("<a href=\"/account/\(link)\">"), "\(link)")
        }
    }

    @Test func `name and phone can be changed, and the log has both as they were and as they are`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org")
        let browser = city.browser()
        try await browser.signIn(id)
        #expect(await browser.get("/account/details").has("value=\"Lindqvist\""))
        let short = await browser.post("/account/details", ["first_name": "Ada", "last_name": "", "phone": "12"])
        #expect(short.status == 422 && short.has("Enter your last name.") && short.has("value=\"12\""))
        let fields = ["first_name": "Ada", "last_name": "Holm", "phone": "303-555-0199"]
        let saved = await browser.follow(await browser.post("/account/details", fields))
        #expect(saved.has("Your name and phone are saved.") && saved.has("Ada Holm") && saved.has("303-555-0199"))
        await browser.post("/account/details", fields)
        let body = try await city.read { conn in
            try conn.rows(
                "SELECT body FROM fact WHERE kind = 'account.details-changed'"
            ).map { try $0["body"] as String }
        }
        #expect(body.count == 1, "nothing changed the second time")
        let fact = try #require(body.first.flatMap { JSON(parsing: $0) })
        #expect(fact["before"]?["last_name"] == "Lindqvist" && fact["after"]?["last_name"] == "Holm")
    }

    @Test func `A9 a language is kept, and the portal speaks it at once and in mail`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org")
        let browser = city.browser()
        try await browser.signIn(id)
        let page = await browser.follow(await browser.post("/account/language", ["language": "es"]))
        #expect(page.has("<h1>Mi cuenta</h1>") && page.has("Su idioma está guardado."))
        await city.browser().post("/reset", ["email": "ada@example.org"])
        #expect(try await city.mails(to: "ada@example.org").first?.language == .spanish)
        #expect(await browser.post("/account/language", ["language": "xx"]).status == 422)
    }

    @Test func `A9 a language chosen in this browser comes before the account's`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org", language: .spanish)
        let browser = city.browser()
        try await browser.signIn(id)
        #expect(await browser.get("/account").has("<h1>Mi cuenta</h1>"))
        await browser.get("/language/en?return=/account")
        #expect(await browser.get("/account").has("<h1>My account</h1>"))
    }

    @Test func `A4 a session ended on the list is a guest's from its next request on`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org")
        let (mine, lost) = (city.browser(), city.browser())
        try await mine.signIn(id)
        try await lost.signIn(id)
        let hash = sha256(try #require(lost.cookie("session")))
        #expect(await mine.get("/account").has("/account/sessions/\(hash)/end"))
        #expect(await mine.post("/account/sessions/\(hash)/end").location == "/account")
        #expect(await lost.get("/account").status == 303)
        #expect(await mine.get("/account").status == 200)
    }

    @Test func `A4 all other sessions end at once`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org")
        let browsers = [city.browser(), city.browser(), city.browser()]
        for browser in browsers { try await browser.signIn(id) }
        let answer = await browsers[0].follow(await browsers[0].post("/account/sessions/end-others"))
        #expect(answer.has("2 sessions have ended."))
        for browser in browsers.dropFirst() { #expect(await browser.get("/account").status == 303) }
    }

    @Test func `A4 nobody ends somebody else's session`() async throws {
        let city = try await TestCity.make()
        let (ada, bo) = (try await city.account(email: "ada@example.org"), try await city.account(email: "bo@example.org"))
        let (mine, theirs) = (city.browser(), city.browser())
        try await mine.signIn(ada)
        try await theirs.signIn(bo)
        let hash = sha256(try #require(theirs.cookie("session")))
        #expect(await mine.post("/account/sessions/\(hash)/end").status == 404)
        #expect(await theirs.get("/account").status == 200)
    }
}
