import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Accounts

@Suite struct EmailsTests {
    private func signedIn(_ email: String = "ada@example.org") async throws -> (TestCity, Browser, AccountID) {
        let city = try await TestCity.make()
        let id = try await city.account(email: email, password: goodPassword)
        let browser = city.browser()
        try await browser.signIn(id)
        return (city, browser, id)
    }

    /// From the form to the link in the mail.
    private func asks(_ browser: Browser, for email: String, _ city: TestCity) async throws -> String {
        #expect(await browser.post("/account/emails", ["email": email]).location == "/account/emails/check-email")
        return try await city.link(to: email)
    }

    @Test func `A6 C1 an added address brings the cases of the record that has it`() async throws {
        let (city, browser, id) = try await signedIn()
        let record = try await city.person("Ada", "Lindqvist", email: "Ada.Old@work.example")
        let aCase = try await city.aCase()
        try await city.grant(record, on: aCase)
        let number = try await city.number(of: aCase)
        #expect(!(await browser.get("/dashboard").has(number)))

        let link = try await asks(browser, for: "ada.old@work.example", city)
        for _ in 0..<3 { #expect(await browser.get(link).has("Add it to my account")) }
        #expect(!(await browser.get("/dashboard").has(number)), "looking at the link changes nothing")
        let done = await browser.post("/account/emails/confirm", ["token": token(in: link)])
        #expect(await browser.follow(done).has("ada.old@work.example belongs to your account now."))
        #expect(await browser.get("/dashboard").has(number))
        #expect(try await city.read { try Account.emails(of: id, $0).count } == 2)
        #expect(try await city.count("SELECT COUNT(*) FROM email_claim WHERE account_id = \(id)") == 2)
        for address in ["ada@example.org", "ada.old@work.example"] {
            #expect(
                try await city.mails(to: address).contains { $0.subject == "The addresses of your account changed" }, "\(address)"
            )
        }
        #expect(await browser.post("/account/emails/confirm", ["token": token(in: link)]).status == 410)
    }

    @Test func `A6 signing in works with every address`() async throws {
        let (city, browser, _) = try await signedIn()
        let link = try await asks(browser, for: "second@example.org", city)
        await browser.post("/account/emails/confirm", ["token": token(in: link)])
        for email in ["ada@example.org", "second@example.org"] {
            #expect(await city.browser().post("/sign-in", signIn(email, goodPassword)).status == 303)
        }
    }

    @Test func `A2 A6 an address of another account gets the same page; only its owner learns of it, by mail`() async throws {
        let (city, browser, _) = try await signedIn()
        try await city.account("Bo", "Sand", email: "bo@example.org")
        var answers: Set<String> = []
        for email in ["bo@example.org", "nobody@example.org"] {
            let sent = await browser.post("/account/emails", ["email": email])
            let page = await browser.follow(sent)
            answers.insert("\(sent.status) \(sent.headers) \(page.comparable(email))")
        }
        #expect(answers.count == 1)
        let told = try #require(try await city.mails(to: "bo@example.org").first)
        #expect(told.subject == "This address has an account already")
        #expect(!told.text.contains("Lindqvist"), "nothing about who asked")
        #expect(try await city.count("SELECT COUNT(*) FROM email_addition") == 2)
        #expect(try await city.count("SELECT COUNT(*) FROM account_email WHERE folded = 'bo@example.org'") == 1)
    }

    @Test func `A6 the link is good only for the account that asked`() async throws {
        let (city, browser, _) = try await signedIn()
        let link = try await asks(browser, for: "victim@example.org", city)
        let other = try await city.account("Bo", "Sand", email: "bo@example.org")
        let theirs = city.browser()
        try await theirs.signIn(other)
        #expect(await theirs.get(link).status == 410)
        #expect(await theirs.post("/account/emails/confirm", ["token": token(in: link)]).status == 410)
        #expect(await city.browser().get(link).location?.hasPrefix("/sign-in?return=") == true)
        #expect(try await city.found("victim@example.org") == nil)
    }

    @Test func `A6 an address that somebody registered with meanwhile stays theirs`() async throws {
        let (city, browser, _) = try await signedIn()
        let link = try await asks(browser, for: "late@example.org", city)
        let other = try await city.account("Bo", "Sand", email: "late@example.org")
        #expect(await browser.post("/account/emails/confirm", ["token": token(in: link)]).status == 410)
        #expect(try await city.found("late@example.org")?.id == other)
    }

    @Test func `A6 removing an address leaves the records connected, tells both, and the last one stays`() async throws {
        let (city, browser, id) = try await signedIn()
        let record = try await city.person("Ada", "Lindqvist", email: "old@work.example")
        let link = try await asks(browser, for: "old@work.example", city)
        await browser.post("/account/emails/confirm", ["token": token(in: link)])
        let links: SQL = "SELECT COUNT(*) FROM contact_link WHERE account_id = \(id) AND contact_id = \(record) AND until IS NULL"
        #expect(try await city.count(links) == 1)
        let gone = await browser.post("/account/emails/remove", ["chosen": "old@work.example"])
        #expect(await browser.follow(gone).has("Your cases stay with your account."))
        #expect(try await city.count(links) == 1)
        #expect(try await city.found("old@work.example") == nil)
        for address in ["ada@example.org", "old@work.example"] {
            #expect(try await city.mails(to: address).first?.text.contains("was removed") == true, "\(address)")
        }
        #expect(await browser.post("/account/emails/remove", ["chosen": "ada@example.org"]).status == 409)
        #expect(try await city.found("ada@example.org") != nil)
    }

    @Test func `A6 mail goes to the address that was chosen`() async throws {
        let (city, browser, id) = try await signedIn()
        let link = try await asks(browser, for: "better@example.org", city)
        await browser.post("/account/emails/confirm", ["token": token(in: link)])
        #expect(try await city.read { try Account.emails(of: id, $0).first?.typed } == "ada@example.org")
        await browser.post("/account/emails/primary", ["chosen": "better@example.org"])
        #expect(try await city.read { try Account.emails(of: id, $0).first?.typed } == "better@example.org")
        #expect(try await city.read { try ContactPeople.person(id, $0)?.email.typed } == "better@example.org")
        await browser.post("/account/emails/remove", ["chosen": "better@example.org"])
        #expect(try await city.read { try Account.emails(of: id, $0).first?.typed } == "ada@example.org")
    }

    @Test func `nobody touches an address that is not theirs, and one's own is not added twice`() async throws {
        let (city, browser, _) = try await signedIn()
        try await city.account("Bo", "Sand", email: "bo@example.org")
        #expect(await browser.post("/account/emails/remove", ["chosen": "bo@example.org"]).status == 409)
        #expect(await browser.post("/account/emails/primary", ["chosen": "bo@example.org"]).status == 404)
        #expect(try await city.found("bo@example.org") != nil)
        let again = await browser.post("/account/emails", ["email": "Ada@Example.org"])
        #expect(again.status == 422 && again.has("belongs to your account already"))
        #expect(await browser.post("/account/emails", ["email": "not an address"]).status == 422)
    }

    @Test func `a link to add an address lasts an hour`() async throws {
        let (city, browser, id) = try await signedIn()
        let link = try await asks(browser, for: "slow@example.org", city)
        city.clock.advance(.hours(1))
        try await browser.signIn(id)
        #expect(await browser.post("/account/emails/confirm", ["token": token(in: link)]).status == 410)
    }
}
