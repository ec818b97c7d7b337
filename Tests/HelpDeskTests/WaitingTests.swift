import Accounts
import Contacts
import Core
import Primitives
import TestSupport
import Testing

@testable import HelpDesk

/// What waits for a proof, and what other modules put into the queue.
@Suite struct WaitingTests {
    @Test func `C3 a guest is connected when the email is proven, and not before`() async throws {
        let city = try await TestCity.make()
        let contact = try await city.person("Pat", "Quimby", email: "old.address@example.org")
        let id = try await city.aCase()
        try await city.grant(contact, on: id)
        let number = try await city.number(of: id)
        let request = try await city.asks(city.browser(), about: number, email: "pat@example.org", name: "Pat Quimby")
        let steward = try await city.desk()
        #expect(await city.links(steward, request, to: contact).status == 303)
        let linked: Int? = try await city.read { try $0.value("SELECT COUNT(*) FROM contact_link") }
        #expect(linked == 0)
        let mail = try #require(try await city.mails(to: "pat@example.org").first)
        #expect(mail.link?.hasSuffix("/register") == true)
        let decided = await steward.get("/staff/desk/access-requests/\(request)").text
        #expect(decided.contains("Waits for confirmation") && !decided.contains(">Link Pat Quimby</button>"))
        #expect(try await city.mails(to: "old.address@example.org").isEmpty)

        let somebodyElse = try await city.account("Pat", "Quimby", email: "pat.quimby@example.net")
        #expect(try await city.cases(of: somebodyElse) == [])
        let account = try await city.account("Pat", "Quimby", email: "Pat@Example.org")
        #expect(try await city.cases(of: account) == [number])
        #expect(try await city.mails(to: "old.address@example.org").count == 1)
        let visitor = try await city.visitor(account)
        #expect(await visitor.get("/account/requests").text.contains(request))
    }

    @Test func `C3 a decision undone before the proof connects nobody`() async throws {
        let city = try await TestCity.make()
        let contact = try await city.person("Pat", "Quimby")
        let id = try await city.aCase()
        try await city.grant(contact, on: id)
        let request = try await city.asks(
            city.browser(), about: try await city.number(of: id), email: "pat@example.org", name: "Pat Quimby")
        let steward = try await city.desk()
        await city.links(steward, request, to: contact)
        let decision: Int64? = try await city.read { try $0.value("SELECT id FROM access_decision") }
        await steward.post(
            "/staff/desk/access-requests/\(request)/undo", ["why": "Wrong Pat.", "decision": String(try #require(decision))])
        let account = try await city.account("Pat", "Quimby", email: "pat@example.org")
        #expect(try await city.cases(of: account) == [])
    }

    @Test func `a guest whose email an account has proven is connected at once`() async throws {
        let city = try await TestCity.make()
        let contact = try await city.person("Pat", "Quimby", email: "old.address@example.org")
        let id = try await city.aCase()
        try await city.grant(contact, on: id)
        let number = try await city.number(of: id)
        let account = try await city.account("Pat", "Quimby", email: "pat@example.org")
        let request = try await city.asks(city.browser(), about: number, email: "pat@example.org", name: "Pat Quimby")
        await city.links(try await city.desk(), request, to: contact)
        #expect(try await city.cases(of: account) == [number])
    }

    @Test func `C1 what an email does not decide lands in the queue with its records`() async throws {
        let city = try await TestCity.make()
        let first = try await city.person("Pat", "Quimby", email: "family@example.org")
        let second = try await city.person("Lee", "Quimby", email: "family@example.org")
        let account = try await city.account("Pat", "Quimby", email: "family@example.org")
        let number: String? = try await city.read {
            try $0.value("SELECT number FROM access_request WHERE kind = 'claim-undecided' AND account_id = \(account)")
        }
        let request = try #require(number)
        #expect(Set(try await city.request(request).contacts) == [first, second])
        let steward = try await city.desk()
        let page = await steward.get("/staff/desk/access-requests/\(request)").text
        #expect(page.contains(">Link Pat Quimby</button>") && page.contains(">Link Lee Quimby</button>"))
        #expect(page.contains("Several records have this email address."))
        #expect(await steward.get("/staff/desk/access-requests").text.contains("family@example.org"))
        #expect(await city.links(steward, request, to: first).status == 303)
        let linked: Int? = try await city.read {
            try $0.value(
                "SELECT COUNT(*) FROM contact_link WHERE account_id = \(account) AND contact_id = \(first) AND until IS NULL")
        }
        #expect(linked == 1)
    }

    @Test func `the other side can object by the number in the mail, and the steward ends the connection`() async throws {
        let city = try await TestCity.make()
        let contact = try await city.person("Pat", "Quimby", email: "old.address@example.org")
        let id = try await city.aCase()
        try await city.grant(contact, on: id)
        let account = try await city.account("Pat", "Quimby", email: "pat@example.org")
        let request = try await city.asks(try await city.visitor(account), about: try await city.number(of: id))
        let steward = try await city.desk()
        await city.links(steward, request, to: contact)
        let mail = try #require(try await city.mails(to: "old.address@example.org").first)
        #expect(mail.link?.contains("case=\(request)") == true)
        let objection = try await city.asks(
            city.browser(), about: request, part: "That is my record.", email: "old.address@example.org")
        #expect(try await city.request(objection).kind == .objection)
        let page = await steward.get("/staff/desk/access-requests/\(objection)").text
        #expect(page.contains("End the connection of Pat Quimby"))
        let path = "/staff/desk/access-requests/\(objection)/uphold"
        #expect(await steward.post(path, ["grounds": "Another Pat.", "seen": "0"]).status == 303)
        #expect(try await city.cases(of: account) == [])
        #expect(try await city.request(objection).state == .ended)
        #expect(try await city.request(request).state == .waiting)
        #expect(await steward.post(path, ["grounds": "Again.", "seen": "0"]).status == 409)
    }

    @Test func `C1 an objection to a first owner lands in the queue, and the steward ends the ownership`() async throws {
        let city = try await TestCity.make()
        let company = try await city.company(
            "Flatiron Electric LLC", email: "office@flatiron.example", also: ["boss@flatiron.example"])
        let account = try await city.account("Pat", "Quimby", email: "office@flatiron.example")
        let link = try #require(try await city.mails(to: "boss@flatiron.example").first?.link)
        #expect(await city.browser().post(link).status == 303)
        let number: String? = try await city.read { try $0.value("SELECT number FROM access_request WHERE kind = 'objection'") }
        let steward = try await city.desk()
        let path = "/staff/desk/access-requests/\(try #require(number))/uphold"
        #expect(await steward.post(path, ["grounds": "Left the company.", "seen": "0"]).status == 303)
        let members = try await city.read { try Membership.all(in: company, $0) }
        #expect(!members.contains { $0.account == account })
    }

    /// The number of the objection that somebody made by the link of the mail to that address.
    private func objection(by address: String, _ city: TestCity) async throws -> String {
        let link = try #require(try await city.mails(to: address).first?.link)
        #expect(await city.browser().post(link).status == 303)
        let number: String? = try await city.read { try $0.value("SELECT number FROM access_request WHERE kind = 'objection'") }
        return try #require(number)
    }

    @Test func `C1 upholding an objection ends every record that the proof opened, of a company that was merged`() async throws {
        let city = try await TestCity.make()
        let survivor = try await city.company("Flatiron Group", email: "desk@group.example")
        let first = try await city.company(
            "Flatiron Electric LLC", email: "office@flatiron.example", also: ["boss@flatiron.example"])
        let second = try await city.company("Flatiron Solar", email: "office@flatiron.example")
        for record in [first, second] {
            try await city.write { _ = try ContactWriter($0).merge(record, into: survivor, evidence: "one license number") }
        }
        let id = try await city.aCase()
        try await city.grant(second, on: id, as: "contractor-electrical")
        let account = try await city.account("Pat", "Quimby", email: "office@flatiron.example")
        #expect(try await city.cases(of: account).count == 1)
        let number = try await objection(by: "boss@flatiron.example", city)
        let steward = try await city.desk()
        let path = "/staff/desk/access-requests/\(number)/uphold"
        #expect(await steward.post(path, ["grounds": "Left the company.", "seen": "0"]).status == 303)
        #expect(try await city.cases(of: account) == [])
        for company in [first, second] {
            #expect(try await city.read { try Membership.all(in: company, $0) }.isEmpty)
        }
    }

    @Test func `C1 an objection to a connection that is over ends nothing, and says so`() async throws {
        let city = try await TestCity.make()
        let company = try await city.company(
            "Flatiron Electric LLC", email: "office@flatiron.example", also: ["boss@flatiron.example"])
        let account = try await city.account("Pat", "Quimby", email: "office@flatiron.example")
        let number = try await objection(by: "boss@flatiron.example", city)
        try await city.write { _ = try ContactWriter($0).endMembership(of: account, in: company, why: "left") }
        let steward = try await city.desk()
        let path = "/staff/desk/access-requests/\(number)/uphold"
        let answer = await steward.post(path, ["grounds": "Left the company.", "seen": "0"])
        #expect(answer.status == 409)
        #expect(answer.text.contains("no longer acts for Flatiron Electric LLC"))
        #expect(try await city.request(number).state == .waiting)
    }
}
