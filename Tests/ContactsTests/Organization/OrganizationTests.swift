import Contacts
import Core
import Primitives
import TestSupport
import Testing

@Suite struct OrganizationTests {
    private struct Shop {
        let city: TestCity
        let company: ContactID
        let owner: AccountID
        let asker: AccountID
        let permit: CaseID
        let page: String
        let askerID: String
    }

    /// A company with an owner, and somebody who asks to be let in.
    private func shop() async throws -> Shop {
        let city = try await TestCity.make()
        let company = try await city.company("Front Range Electric LLC", email: "jo@fr.example", also: ["bo@fr.example"])
        let permit = try await city.aCase()
        try await city.grant(company, on: permit, as: "contractor-electrical")
        let owner = try await city.account("Jo", "Avery", email: "jo@fr.example")
        let asker = try await city.account("Bo", "Crew", email: "bo@fr.example")
        return Shop(
            city: city, company: company, owner: owner, asker: asker, permit: permit, page: try await city.page(of: company),
            askerID: try await city.publicID(of: asker))
    }

    private func browser(_ shop: Shop, _ account: AccountID) async throws -> Browser {
        let browser = shop.city.browser()
        try await browser.signIn(account)
        return browser
    }

    @Test("C1 (c): an owner accepts, the member sees the cases and gets a mail")
    func accepts() async throws {
        let shop = try await shop()
        let owner = try await browser(shop, shop.owner)
        let page = await owner.get(shop.page).text
        #expect(page.contains("Accept Bo Crew"))
        #expect(page.contains("whose email address the city has on file for Front Range Electric LLC"))
        let answer = await owner.follow(await owner.post("\(shop.page)/accept/\(shop.askerID)"))
        #expect(answer.text.contains("Bo Crew is now a member."))
        #expect(try await shop.city.role(shop.asker, in: shop.company) == .member)
        #expect(try await shop.city.sees(shop.asker, shop.permit))
        #expect(try await shop.city.mails(to: "bo@fr.example").first?.subject == "You now act for Front Range Electric LLC")
    }

    @Test("K3: somebody of two companies chooses for whom they act, in this session; one that they have left is none")
    func actsFor() async throws {
        let shop = try await shop()
        let other = try await shop.city.company("Pika Roofing")
        let account = shop.owner
        try await shop.city.write { try ContactWriter($0).join(account, organization: other, as: .owner, evidence: "test") }
        let (here, elsewhere) = (try await browser(shop, account), try await browser(shop, account))
        #expect(await here.get("/dashboard").text.contains("Jo Avery for Front Range Electric LLC"))
        let id = try await shop.city.page(of: other).split(separator: "/").last.map(String.init) ?? ""
        let chosen = await here.follow(await here.post("/account/acting-for", ["organization": id]))
        #expect(chosen.text.contains("You act for Pika Roofing now.") && chosen.text.contains("Jo Avery for Pika Roofing"))
        #expect(await elsewhere.get("/dashboard").text.contains("Jo Avery for Front Range Electric LLC"))
        await here.post("/account/findable", ["contact": id])
        let behalf: Int64? = try await shop.city.read {
            try $0.value("SELECT on_behalf_of FROM fact WHERE kind = 'contact.findable-changed' ORDER BY id DESC LIMIT 1")
        }
        #expect(behalf == other.value)
        let alone = await here.follow(await here.post("/account/acting-for", ["organization": "myself"]))
        #expect(alone.text.contains("You act for yourself now.") && !alone.text.contains("Jo Avery for"))
        await here.post("/account/acting-for", ["organization": id])
        try await shop.city.write { change in
            try change.conn.run("UPDATE membership SET until = \(change.now) WHERE organization_id = \(other)")
        }
        #expect(await here.get("/dashboard").text.contains("Jo Avery for Front Range Electric LLC"))
        let stranger = try await browser(shop, shop.asker)
        #expect(await stranger.post("/account/acting-for", ["organization": id]).status == 404)
    }

    @Test("B5: an owner learns no name by trying the ids of accounts that have nothing to do with the company")
    func strangersStayUnknown() async throws {
        let shop = try await shop()
        let owner = try await browser(shop, shop.owner)
        let stranger = try await shop.city.publicID(of: shop.city.account("Sasha", "Umber", email: "sasha@example.org"))
        for act in ["remove", "accept", "decline"] {
            let answer = await owner.post("\(shop.page)/\(act)/\(stranger)")
            #expect(answer.status == 404 && !answer.text.contains("Umber"))
        }
    }

    @Test("C1 (c): an owner declines, nothing opens, the asker gets a mail")
    func declines() async throws {
        let shop = try await shop()
        let owner = try await browser(shop, shop.owner)
        await owner.post("\(shop.page)/decline/\(shop.askerID)")
        #expect(try await shop.city.role(shop.asker, in: shop.company) == nil)
        #expect(try await !shop.city.sees(shop.asker, shop.permit))
        #expect(
            try await shop.city.mails(to: "bo@fr.example").first?.subject == "Your request to act for Front Range Electric LLC")
        // A second answer finds nothing to answer.
        let again = await owner.follow(await owner.post("\(shop.page)/accept/\(shop.askerID)"))
        #expect(again.text.contains("Somebody has already answered Bo Crew."))
        #expect(try await shop.city.role(shop.asker, in: shop.company) == nil)
    }

    @Test("B2: who does not belong to an organization finds no page, and cannot let themselves in")
    func strangers() async throws {
        let shop = try await shop()
        let asker = try await browser(shop, shop.asker)
        #expect(await asker.get(shop.page).status == 404)
        #expect(await asker.post("\(shop.page)/accept/\(shop.askerID)").status == 404)
        #expect(try await shop.city.role(shop.asker, in: shop.company) == nil)
        let guest = shop.city.browser()
        #expect(await guest.get(shop.page).location?.hasPrefix("/sign-in") == true)
    }

    @Test("B2: a removed member's access ends at the next request, and the company keeps everything")
    func removes() async throws {
        let shop = try await shop()
        let owner = try await browser(shop, shop.owner)
        await owner.post("\(shop.page)/accept/\(shop.askerID)")
        let member = try await browser(shop, shop.asker)
        #expect(await member.get(shop.page).status == 200)
        #expect(await owner.get(shop.page).text.contains("Remove Bo Crew"))
        await owner.post("\(shop.page)/remove/\(shop.askerID)")
        #expect(await member.get(shop.page).status == 404)
        #expect(try await !shop.city.sees(shop.asker, shop.permit))
        #expect(try await shop.city.sees(shop.owner, shop.permit))
        #expect(
            try await shop.city.mails(to: "bo@fr.example").first?.subject == "You no longer act for Front Range Electric LLC")
    }

    @Test("B2: a member cannot remove others or see who asks, but can leave")
    func members() async throws {
        let shop = try await shop()
        let owner = try await browser(shop, shop.owner)
        await owner.post("\(shop.page)/accept/\(shop.askerID)")
        let member = try await browser(shop, shop.asker)
        let page = await member.get(shop.page).text
        #expect(!page.contains("Remove Jo Avery"))
        #expect(!page.contains("People who ask to join"))
        let ownerID = try await shop.city.publicID(of: shop.owner)
        #expect(await member.post("\(shop.page)/remove/\(ownerID)").status == 404)
        #expect(try await shop.city.role(shop.owner, in: shop.company) == .owner)
        #expect(await member.post("\(shop.page)/remove/\(shop.askerID)").status == 303)
        #expect(try await shop.city.role(shop.asker, in: shop.company) == nil)
    }

    @Test("B2: the last owner cannot leave before somebody else is an owner")
    func lastOwner() async throws {
        let shop = try await shop()
        let owner = try await browser(shop, shop.owner)
        let ownerID = try await shop.city.publicID(of: shop.owner)
        let refused = await owner.post("\(shop.page)/remove/\(ownerID)")
        #expect(refused.status == 409)
        #expect(refused.text.contains("Make somebody else an owner first"))
        #expect(try await shop.city.role(shop.owner, in: shop.company) == .owner)
        await owner.post("\(shop.page)/accept/\(shop.askerID)")
        await owner.post("\(shop.page)/people/\(shop.askerID)", ["role": "owner"])
        #expect(try await shop.city.role(shop.asker, in: shop.company) == .owner)
        #expect(await owner.post("\(shop.page)/remove/\(ownerID)").status == 303)
        #expect(try await shop.city.role(shop.owner, in: shop.company) == nil)
    }
}
