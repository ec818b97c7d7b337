import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Cases
@testable import Claims

/// What somebody did on the cases of a record that was never theirs is taken back with the claim, whatever they did to stay (C2).
@Suite struct TakeBackTests {
    /// The claimant owns the company by its invoice, and five minutes have passed.
    private func owned() async throws -> ClaimScene {
        let scene = try await ClaimScene.make()
        try await scene.invoice("1042", of: scene.company)
        await scene.showsInvoice("1042", "1284.20")
        scene.city.clock.advance(.minutes(5))
        #expect(try await scene.cases() == [scene.number])
        return scene
    }

    private func adds(_ email: String, to scene: ClaimScene, as browser: Browser? = nil) async {
        let answer = await (browser ?? scene.browser)
            .post("/cases/\(scene.number)/contacts/add-email", ["email": email, "as": "applicant"])
        #expect(answer.status == 303)
    }

    private func isWrong(_ scene: ClaimScene, _ email: String = "office@northfork.example") async throws {
        scene.city.clock.advance(.minutes(5))
        let page = await scene.city.browser().post(try await scene.link(email))
        #expect(page.status == 303)
    }

    private func live(_ scene: ClaimScene) async throws -> [ContactID] {
        try await scene.city.read { conn in
            try conn.rows("SELECT contact_id FROM case_grant WHERE case_id = \(scene.id) AND until IS NULL ORDER BY id")
                .map { try $0[0] as ContactID }
        }
    }

    private func takesOff(_ contact: ContactID, _ type: String, as account: AccountID, _ scene: ClaimScene) async throws {
        let isOff = try await scene.city.write(as: .account(account, actingFor: nil)) { change in
            try GrantWriter(change).remove(contact, from: scene.id, type: type, isLeaving: true)
        }
        #expect(isOff)
    }

    @Test("C2 Whoever added their own address to the company's case, and a friend's, is off it with the claim")
    func ownAddress() async throws {
        let scene = try await owned()
        let (friend, _) = try await scene.another()
        await adds("cleo@example.org", to: scene)
        await adds("noa@example.org", to: scene)
        #expect(try await scene.cases(of: friend) == [scene.number])
        try await isWrong(scene)
        #expect(try await scene.cases() == [])
        #expect(try await scene.cases(of: friend) == [])
        #expect(try await live(scene) == [scene.company])
    }

    @Test("C2 The company that was taken off its own case is put back, and the claimant is off it")
    func companyTakenOff() async throws {
        let scene = try await owned()
        await adds("cleo@example.org", to: scene)
        let before = try await scene.city.read {
            try $0.row("SELECT is_primary, may_act FROM case_grant WHERE contact_id = \(scene.company)").map {
                [try $0[0] as Bool, try $0[1] as Bool]
            }
        }
        try await takesOff(scene.company, "contractor-electrical", as: scene.claimant, scene)
        #expect(try await scene.cases() == [scene.number])
        try await isWrong(scene)
        #expect(try await scene.cases() == [])
        #expect(try await live(scene) == [scene.company])
        let after = try await scene.city.read {
            try $0.row("SELECT is_primary, may_act FROM case_grant WHERE contact_id = \(scene.company) AND until IS NULL").map {
                [try $0[0] as Bool, try $0[1] as Bool]
            }
        }
        #expect(after == before)
    }

    @Test("C2 Two who added one another both go, with whom the second one added; whoever was there before keeps what they did")
    func around() async throws {
        let scene = try await owned()
        let architect = try await scene.city.person("Lin", "Dahl", email: "lin@example.org")
        try await scene.city.grant(architect, on: scene.id, as: "architect")
        let rightful = try await scene.city.account("Lin", "Dahl", email: "lin@example.org")
        let lin = scene.city.browser()
        try await lin.signIn(rightful)
        let (friend, noa) = try await scene.another()
        await adds("noa@example.org", to: scene)
        await adds("cleo@example.org", to: scene, as: noa)
        let (third, _) = try await scene.another("Kim", email: "kim@example.org")
        await adds("kim@example.org", to: scene, as: noa)
        let (helper, _) = try await scene.another("Ona", email: "ona@example.org")
        await adds("ona@example.org", to: scene, as: lin)
        try await isWrong(scene)
        for gone in [scene.claimant, friend, third] { #expect(try await scene.cases(of: gone) == []) }
        for stays in [rightful, helper] { #expect(try await scene.cases(of: stays) == [scene.number]) }
    }

    @Test("C2 Whom the claimant added by an address that was proven later goes too, also after they showed their name")
    func provenLater() async throws {
        let scene = try await owned()
        await adds("kim@example.org", to: scene)
        scene.city.clock.advance(.minutes(1))
        let (kim, _) = try await scene.another("Kim", email: "kim@example.org")
        #expect(try await scene.cases(of: kim) == [scene.number])
        let invitation: Int64? = try await scene.city.read { try $0.value("SELECT MAX(id) FROM case_invitation") }
        let id = try #require(invitation)
        let isShown = try await scene.city.write(as: .account(kim, actingFor: nil)) { change in
            try Invitations(change).showName(id, on: scene.id, to: kim)
        }
        #expect(isShown)
        try await isWrong(scene)
        #expect(try await scene.cases(of: kim) == [])
        #expect(try await live(scene) == [scene.company])
    }

    @Test("C2 Whoever has another part in the case keeps it, and whom they added; whom they took off is not put back")
    func otherWay() async throws {
        let scene = try await ClaimScene.make()
        try await scene.invoice("1042", of: scene.company)
        await scene.showsInvoice("1042", "1284.20")
        let own = try await scene.city.read { try ContactPeople.personContact(of: scene.claimant, $0) }
        try await scene.city.grant(try #require(own), on: scene.id, as: "architect")
        let owner = try await scene.city.person("Bo", "Karr")
        try await scene.city.grant(owner, on: scene.id, as: "property-owner")
        scene.city.clock.advance(.minutes(5))
        let (friend, _) = try await scene.another()
        await adds("noa@example.org", to: scene)
        try await takesOff(owner, "property-owner", as: scene.claimant, scene)
        try await isWrong(scene)
        #expect(try await scene.cases() == [scene.number])
        #expect(try await scene.cases(of: friend) == [scene.number])
        #expect(try await !live(scene).contains(owner))
    }

    @Test("C2 What a claimant did is taken back after they left too: by closing the account, or by handing over")
    func leftBefore() async throws {
        for isClosed in [true, false] {
            let scene = try await owned()
            let stranger = try await scene.city.person("Eve", "Quill")
            let type = try #require(scene.city.context.pack.contactType("contact"))
            try await scene.city.write(as: .account(scene.claimant, actingFor: scene.company)) { change in
                try GrantWriter(change).add(stranger, to: scene.id, as: type)
            }
            let (heir, _) = try await scene.another()
            if isClosed {
                #expect(await scene.browser.post("/account/close").location == "/")
            } else {
                try await scene.city.write(as: .account(scene.claimant, actingFor: scene.company)) { change in
                    let writer = ContactWriter(change)
                    try writer.join(heir, organization: scene.company, as: .member)
                    try writer.handOver(from: scene.claimant, to: heir, organization: scene.company)
                }
                #expect(try await scene.cases(of: heir) == [scene.number])
            }
            #expect(try await live(scene).contains(stranger))
            try await isWrong(scene)
            #expect(try await live(scene) == [scene.company], "closed: \(isClosed)")
            #expect(try await scene.cases(of: heir) == [])
        }
    }

    @Test("C2 Of a person's record too: whom the claimant added goes when they let the record go before")
    func personLeft() async throws {
        let scene = try await ClaimScene.make()
        let ada = try await scene.city.person("Ada", "Lindqvist", email: "ada@old.example")
        try await scene.city.grant(ada, on: scene.id, as: "applicant")
        try await scene.invoice("1042", of: ada)
        await scene.showsInvoice("1042", "1284.20")
        scene.city.clock.advance(.minutes(5))
        let (friend, _) = try await scene.another()
        await adds("noa@example.org", to: scene)
        try await scene.city.write { try ContactWriter($0).unlink(scene.claimant, from: ada, why: "let it go") }
        #expect(try await scene.cases(of: friend) == [scene.number])
        try await isWrong(scene, "ada@old.example")
        #expect(try await scene.cases(of: friend) == [])
        #expect(try await live(scene) == [scene.company, ada])
    }

    @Test("L3 The cases where somebody did something are found by an index")
    func plan() async throws {
        let scene = try await ClaimScene.make()
        let statement = GrantWriter.touched(by: [scene.claimant], since: scene.city.clock.now, onCasesOf: scene.company)
        let plan = try await scene.city.read { try QueryPlan(statement, $0) }
        for (table, alias) in [("case_grant", "o"), ("case_grant", "g"), ("case_invitation", "i")] {
            #expect(plan.whole(table, as: alias).isEmpty, "\(plan)")
        }
    }
}
