import Contacts
import Core
import TestSupport
import Testing

@Suite struct FindableTests {
    private func isFindable(_ city: TestCity, _ contact: ContactID) async throws -> Bool {
        try await city.read { try Contact.find(contact, $0)?.isFindable } ?? false
    }

    @Test("B5: I decide on my account page whether others find me")
    func findsMe() async throws {
        let city = try await TestCity.make()
        let me = try await city.account("Rosa", "Quimby", email: "rosa@example.org")
        let own = try #require(try await city.read { try ContactPeople.personContact(of: me, $0) })
        let browser = city.browser()
        try await browser.signIn(me)
        let page = await browser.get("/account").text
        #expect(page.contains("How others find you"))
        #expect(page.contains("Others may find you by name when they add people to a case"))
        let id = try await city.publicID(of: own)
        #expect(await browser.post("/account/findable", ["contact": id, "findable": "yes"]).status == 303)
        #expect(try await isFindable(city, own))
        await browser.post("/account/findable", ["contact": id])
        #expect(try await !isFindable(city, own))
    }

    @Test("B5: nobody decides that for somebody else, a member not for the company")
    func notForOthers() async throws {
        let city = try await TestCity.make()
        let company = try await city.company("Front Range Electric LLC", email: "jo@fr.example")
        let owner = try await city.account("Jo", "Avery", email: "jo@fr.example")
        let member = try await city.account("Bo", "Crew", email: "bo@example.org")
        _ = try await city.write { try ContactWriter($0).join(member, organization: company, as: .member) }
        let somebody = try await city.person("Rosa", "Quimby", email: "rosa@example.org")
        let browser = city.browser()
        try await browser.signIn(member)
        for contact in [company, somebody] {
            let id = try await city.publicID(of: contact)
            #expect(await browser.post("/account/findable", ["contact": id, "findable": "yes"]).status == 404)
        }
        #expect(try await !isFindable(city, somebody))
        let owners = city.browser()
        try await owners.signIn(owner)
        await owners.post("/account/findable", ["contact": try await city.publicID(of: company)])
        #expect(try await !isFindable(city, company))
    }
}
