import Accounts
import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import HelpDesk

@Suite struct PrimaryEmailTests {
    private static let form = [
        "company": "Northfork Builders", "mailbox": "office@northfork.example", "why": "I am the office manager",
        "email": "mia@home.example", "name": "Mia Marsh",
    ]

    @Test func `I1 the mailbox says yes, a steward agrees, and the next who proves it owns the company`() async throws {
        let city = try await TestCity.make()
        let company = try await city.company("Northfork Builders LLC", email: "old@northfork.example")
        let guest = city.browser()
        let received = await guest.follow(await guest.post("/help/primary-email", Self.form))
        #expect(received.text.contains("HD-00001"))

        // Before the mailbox answered there is nothing to decide.
        let desk = try await city.desk()
        #expect(!(await desk.get("/staff/desk/questions").text.contains("HD-00001")))
        let early = await desk.post(
            "/staff/desk/access-requests/HD-00001/designate", ["contact": company.description, "seen": "0"])
        #expect(early.status == 409)

        let link = try #require(try await city.mails(to: "office@northfork.example").first?.link)
        let owner = city.browser()
        #expect(await owner.get(link).text.contains("Confirm this email"))
        #expect(try await city.request("HD-00001").turn == .asker, "opening the link does nothing")
        let token = String(link.split(separator: "=").last ?? "")
        #expect(await owner.post("/help/primary-email/confirm", ["token": token]).status == 303)
        #expect(try await city.request("HD-00001").turn == .city)

        let page = await desk.get("/staff/desk/access-requests/HD-00001").text
        #expect(page.contains("was confirmed") && page.contains("Make it the primary email of Northfork Builders LLC"))
        await desk.post("/staff/desk/access-requests/HD-00001/designate", ["contact": company.description, "seen": "0"])
        let emails = try await city.read { try ContactDetails.find(company, $0).emails }
        #expect(emails.first?.address.typed == "office@northfork.example" && emails.first?.isPrimary == true && emails.count == 2)
        for (address, said) in [
            ("mia@home.example", "is the primary email"), ("old@northfork.example", "has a primary email"),
        ] {
            let mails = try await city.mails(to: address)
            #expect(mails.contains { ($0.subject + $0.text).contains(said) }, "\(address)")
        }

        let boss = try await city.account("Olga", "Owner", email: "office@northfork.example")
        let role: String? = try await city.read {
            try $0.value(
                "SELECT role FROM membership WHERE account_id = \(boss) AND organization_id = \(company) AND until IS NULL")
        }
        #expect(role == "owner")
    }

    @Test func `I1 an account that proved the mailbox becomes the owner of a company without one`() async throws {
        let city = try await TestCity.make()
        let boss = try await city.account("Olga", "Owner", email: "office@northfork.example")
        let company = try await city.company("Northfork Builders LLC")
        let browser = try await city.visitor(boss)
        await browser.post("/help/primary-email", Self.form)
        #expect(try await city.request("HD-00001").turn == .city, "the account has proven this mailbox already")
        try await city.desk().post(
            "/staff/desk/access-requests/HD-00001/designate", ["contact": company.description, "seen": "0"])
        let owns = try await city.read {
            try $0.exists(
                "SELECT 1 FROM membership WHERE account_id = \(boss) AND organization_id = \(company) AND role = 'owner'")
        }
        #expect(owns)
    }

    @Test func `the mailbox of another account is not proven by naming it`() async throws {
        let city = try await TestCity.make()
        try await city.account("Olga", "Owner", email: "office@northfork.example")
        let other = try await city.visitor(try await city.account("Lee", "Moss", email: "lee@example.org"))
        await other.post("/help/primary-email", Self.form)
        #expect(try await city.request("HD-00001").turn == .asker)
        #expect(await city.browser().get("/help/primary-email/confirm?token=abc").status == 404)
    }

    @Test func `the primary email of a company is one`() async throws {
        let city = try await TestCity.make()
        let company = try await city.company("Northfork Builders LLC", email: "a@northfork.example")
        for text in ["b@northfork.example", "a@northfork.example", "A@Northfork.example"] {
            let email = try #require(TypedAddress(text))
            try await city.write { try ContactWriter($0).designate(email, asPrimaryOf: company, evidence: "test") }
        }
        let emails = try await city.read { try ContactDetails.find(company, $0).emails }
        #expect(emails.count == 2 && emails.filter(\.isPrimary).map(\.address.typed) == ["a@northfork.example"])
    }
}
