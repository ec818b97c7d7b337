import Cases
import Core
import Primitives
import TestSupport
import Testing

@testable import Accounts

@Suite struct MailChoicesTests {
    @Test func `mail about cases is sent until it is switched off, and again afterwards`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org")
        let contact = try #require(
            try await city.read { try $0.value("SELECT contact_id FROM contact_link WHERE account_id = \(id)") as ContactID? })
        let browser = city.browser()
        try await browser.signIn(id)
        func added() async throws -> Int {
            let aCase = try await city.aCase()
            guard let type = city.context.pack.contactType("applicant") else { throw NotFound() }
            _ = try await city.write { try GrantWriter($0).add(contact, to: aCase, as: type) }
            return try await city.mails(to: "ada@example.org").count { $0.subject.hasPrefix("You were added") }
        }
        #expect(try await added() == 1)
        let page = await browser.get("/account/mail")
        #expect(page.has("What we always send") && page.has("ada@example.org"))
        let saved = await browser.post("/account/mail", ["requests": "yes", "reminders": "yes"])
        #expect(await browser.follow(saved).has("Your choices are saved."))
        #expect(try await added() == 1)
        await browser.post("/account/mail", ["cases": "yes", "requests": "yes", "reminders": "yes"])
        #expect(try await added() == 2)
        let activity = await browser.get("/account/activity")
        #expect(activity.has("Email about cases was switched off.") && activity.has("Email about cases was switched on."))
        #expect(!activity.has("Reminders were"))
    }

    @Test func `the receipt of a request can be switched off, its answer and what guards the account cannot`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org", password: goodPassword)
        let browser = city.browser()
        try await browser.signIn(id)
        await browser.post("/account/mail", [:])
        await browser.post("/access-request", ["case": "ELE2026-00001", "part": "I own the house."])
        #expect(try await city.mails(to: "ada@example.org").isEmpty)
        await browser.post(
            "/account/password", ["current": goodPassword, "password": "another four words entirely"])
        #expect(try await city.mails(to: "ada@example.org").map(\.subject) == ["Your password was changed"])
    }
}
