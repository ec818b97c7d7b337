import Contacts
import Core
import Primitives
import TestSupport
import Testing

@Suite struct ObjectionTests {
    private func told() async throws -> (city: TestCity, company: ContactID, owner: AccountID, link: String) {
        let city = try await TestCity.make()
        let company = try await city.company("Front Range Electric LLC", email: "jo@fr.example", also: ["boss@fr.example"])
        let owner = try await city.account("Jo", "Avery", email: "jo@fr.example")
        let mail = try #require(try await city.mails(to: "boss@fr.example").first)
        #expect(mail.subject == "Jo Avery now acts for Front Range Electric LLC")
        return (city, company, owner, try #require(mail.link))
    }

    @Test("C1 (b): another address on file is told, and its button objects once")
    func objects() async throws {
        let (city, company, owner, link) = try await told()
        let boss = city.browser()
        let page = await boss.get(link)
        #expect(page.status == 200)
        #expect(page.text.contains("Jo Avery"))
        #expect(page.text.contains("This is not right"))
        await boss.post(link)
        await boss.post(link)
        let facts = try await city.facts(.ownershipObjected, about: .contact(company))
        #expect(facts.count == 1)
        #expect(facts.first?.number("account") == owner.value)
        #expect(facts.first?.text("email") == "boss@fr.example")
        #expect(await boss.get(link).text.contains("A person at the city is looking at it"))
    }

    @Test("C1 (b): opening the link, as mail scanners do, objects to nothing")
    func lookingChangesNothing() async throws {
        let (city, company, _, link) = try await told()
        for _ in 0..<3 { _ = await city.browser().get(link) }
        #expect(try await city.facts(.ownershipObjected, about: .contact(company)).isEmpty)
    }

    @Test("C1 (b): a link that never was, or is over, leads nowhere")
    func unknownLink() async throws {
        let (city, _, _, link) = try await told()
        #expect(await city.browser().get("/account/objection/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").status == 404)
        city.clock.advance(.days(31))
        #expect(await city.browser().get(link).status == 404)
    }

    @Test("C1 (b): of a company that was merged, those are told who stand on the record that the proof opened")
    func merged() async throws {
        let city = try await TestCity.make()
        let survivor = try await city.company("Front Range Group", email: "desk@group.example")
        let carrier = try await city.company("Front Range Electric LLC", email: "jo@fr.example", also: ["boss@fr.example"])
        let second = try await city.company("Front Range Solar", email: "jo@fr.example")
        for record in [carrier, second] {
            try await city.write { _ = try ContactWriter($0).merge(record, into: survivor, evidence: "one license number") }
        }
        let owner = try await city.account("Jo", "Avery", email: "jo@fr.example")
        #expect(try await city.role(owner, in: carrier) == .owner)
        #expect(try await city.role(owner, in: second) == .owner)
        #expect(try await city.role(owner, in: survivor) == nil)
        #expect(try await city.mails(to: "desk@group.example").isEmpty)
        let mail = try #require(try await city.mails(to: "boss@fr.example").first)
        #expect(mail.subject == "Jo Avery now acts for Front Range Electric LLC")
        await city.browser().post(try #require(mail.link))
        let fact = try #require(try await city.facts(.ownershipObjected, about: .contact(carrier)).first)
        #expect(fact.arguments["contacts"]?.array?.compactMap(\.integer) == [carrier.value, second.value])
    }

    @Test("C1 (b): the address that was proven gets no such mail")
    func ownAddress() async throws {
        let (city, _, _, _) = try await told()
        #expect(try await city.mails(to: "jo@fr.example").isEmpty)
    }
}
