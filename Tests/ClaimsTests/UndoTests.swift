import Cases
import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Claims

/// Every claim can be taken back for thirty days, and everybody on file is told (C2).
@Suite struct UndoTests {
    @Test("C2 All addresses on file of everybody on the case are told, each once; whoever has the link takes the claim back")
    func tells() async throws {
        let scene = try await ClaimScene.make()
        let boss = try await scene.city.account("Jordan", "Avery", email: "office@northfork.example")
        _ = boss
        await scene.shows(try await scene.card())
        for email in ["office@northfork.example", "two@northfork.example", "cleo@example.org"] {
            let told = try await scene.mails(to: email).filter { $0.subject.contains("was connected with an account") }
            #expect(told.count == 1, "\(email)")
            #expect(told.first?.text.contains("Cleo Marsh was added to case \(scene.number)") ?? false)
        }
        let link = try await scene.link("two@northfork.example")
        let guest = scene.city.browser()
        // Mail scanners open links.
        for _ in 0..<3 {
            let page = await guest.get(link)
            #expect(page.status == 200)
            #expect(page.text.contains("Cleo Marsh") && page.text.contains(">This is wrong</button>"))
        }
        #expect(try await scene.cases() == [scene.number])
        #expect(await guest.follow(await guest.post(link)).text.contains("This was taken back on"))
        #expect(try await scene.cases() == [])
        #expect(await guest.get(link).text.contains("This was taken back on"))
        await guest.post(link)
        #expect(try await scene.kinds(.case(scene.id)).count { $0 == .claimUndone } == 1)
        #expect(await scene.browser.get("/claim").text.contains("Taken back on"))
        #expect(await guest.get("/claim/wrong/\(String(repeating: "a", count: 32))").status == 410)
    }

    @Test("C2 The link works for 30 days; staff can take a claim back later too, with a reason")
    func thirtyDays() async throws {
        let scene = try await ClaimScene.make()
        await scene.shows(try await scene.card())
        let link = try await scene.link("office@northfork.example")
        let guest = scene.city.browser()
        scene.city.clock.advance(.days(29))
        #expect(await guest.get(link).status == 200)
        scene.city.clock.advance(.days(2))
        #expect(await guest.get(link).status == 410)
        await guest.post(link)
        #expect(try await scene.cases() == [scene.number])

        let steward = scene.city.browser()
        try await steward.signIn(try await scene.city.staff(.supervisor, email: "boss@city.example"), staff: true)
        #expect(await steward.get("/staff/claims").text.contains("Cleo Marsh: \(scene.number)"))
        let id: String? = try await scene.city.read { try $0.value("SELECT public_id FROM claim") }
        let undo = "/staff/claims/\(try #require(id))/undo"
        #expect(await steward.post(undo, ["why": ""]).status == 422)
        #expect(
            await steward.follow(await steward.post(undo, ["why": "The card was stolen."])).text.contains("The card was stolen."))
        #expect(try await scene.cases() == [])
        try await scene.browser.signIn(scene.claimant)
        #expect(await scene.browser.post(undo, ["why": "x"]).status == 403)
    }

    @Test("C2 With a company's first owner everybody goes whom they let in, and whatever they put on its cases")
    func ownerUndone() async throws {
        let scene = try await ClaimScene.make()
        try await scene.invoice("1042", of: scene.company)
        await scene.showsInvoice("1042", "1284.20")
        scene.city.clock.advance(.minutes(5))
        let (friend, _) = try await scene.another()
        let stranger = try await scene.city.person("Eve", "Quill")
        let type = try #require(scene.city.context.pack.contactType("contact"))
        try await scene.city.write(as: .account(scene.claimant, actingFor: scene.company)) { change in
            try ContactWriter(change).join(friend, organization: scene.company, as: .owner)
            try GrantWriter(change).add(stranger, to: scene.id, as: type)
        }
        #expect(try await scene.cases(of: friend) == [scene.number])
        await scene.city.browser().post(try await scene.link("office@northfork.example"))
        #expect(try await scene.cases() == [])
        #expect(try await scene.cases(of: friend) == [])
        let live = try await scene.city.read {
            try $0.rows("SELECT contact_id FROM case_grant WHERE case_id = \(scene.id) AND until IS NULL").map {
                try $0[0] as ContactID
            }
        }
        #expect(live == [scene.company])
        // The company has no owner again: its address finds it as before.
        let rightful = try await scene.city.account("Jordan", "Avery", email: "office@northfork.example")
        #expect(try await scene.cases(of: rightful) == [scene.number])
    }
}
