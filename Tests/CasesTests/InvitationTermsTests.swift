import CityPack
import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Cases

/// For how long an invitation is good, and what it gives (B7).
extension InvitationAnswerTests {
    @Test("B7 Sent again, the old link is dead, the new one works and the time begins again; the adder cannot flood a mailbox")
    func sendsAgain() async throws {
        let scene = try await Scene.make()
        _ = await scene.addEmail("nova@example.org")
        let old = try await link("nova@example.org", scene)
        try await scene.days(20)
        let key = await scene.key(ofRowWith: "nova@example.org")
        #expect(await scene.contractor.post("\(scene.contacts)/send-again", ["party": key]).status == 303)
        let new = try await link("nova@example.org", scene)
        #expect(new != old)
        let guest = scene.city.browser()
        #expect(await guest.get(old).status == 410)
        #expect(await guest.post("\(old)/decline").status == 303)
        #expect(try await state("nova@example.org", scene) == "waiting")
        try await scene.days(20)
        #expect(await guest.get(new).text.contains(">Accept</button>"))
        var statuses: [Int] = []
        for _ in 0..<6 { statuses.append(await scene.contractor.post("\(scene.contacts)/send-again", ["party": key]).status) }
        #expect(statuses.last == 429)
    }

    @Test("B7 The nightly job writes that nobody answered in time; the adder's row reads the same for a known address")
    func expires() async throws {
        let scene = try await Scene.make()
        try await scene.city.account("Kim", "Known", email: "known@example.org")
        for email in ["known@example.org", "nobody@example.org"] { _ = await scene.addEmail(email) }
        let address = try await link("nobody@example.org", scene)
        try await scene.days(31)
        #expect(try await scene.city.write { try Invitations($0).expire(limit: 100) } == 1)
        #expect(try await scene.city.write { try Invitations($0).expire(limit: 100) } == 0)
        #expect(try await state("nobody@example.org", scene) == "expired")
        #expect(try await state("known@example.org", scene) == "accepted")
        let rows = await scene.rows().map { $0.replacing("known", with: "nobody") }
        #expect(Set(rows.filter { $0.contains("nobody@example.org") }.map { $0.replacing(/\.e\d+"/, with: "") }).count == 1)
        #expect(!(await scene.contractor.get("/cases/\(scene.number)/timeline").text.contains("without an answer")))
        #expect(await scene.city.browser().get(address).text.contains("This invitation has ended"))
        // Whoever registers now is too late, until it is sent again.
        try await scene.city.account("No", "Body", email: "nobody@example.org")
        #expect(try await scene.liveGrants() == 2)
        await scene.contractor.post("\(scene.contacts)/send-again", ["party": await scene.key(ofRowWith: "nobody@example.org")])
        #expect(try await scene.liveGrants() == 3)
    }

    @Test("B7 Chosen rights are those of the grant, and never more than the type's and the adder's own (B-09, D.3 13)")
    func chosenRights() async throws {
        let scene = try await Scene.make()
        func invite(_ email: String, _ type: String, _ more: [String: String]) async -> Browser.Answer {
            await scene.contractor.post(
                "\(scene.contacts)/invite", ["email": email, "as": type, "days": "7"].merging(more) { $1 })
        }
        let offer = await scene.contractor.get("\(scene.contacts)?as=applicant&q=nova%40example.org").text
        #expect(offer.contains("Choose what they can do") && offer.contains(">Invite nova@example.org</button>"))
        #expect(await invite("nova@example.org", "applicant", ["may_bill": "yes"]).status == 303)
        #expect(await scene.rows().contains { $0.contains("nova@example.org") && $0.contains(">see, pay<") })
        let nova = scene.city.browser()
        try await nova.signIn(scene.city.account("Nova", "Quist", email: "nova@example.org"))
        #expect(await nova.get(scene.contacts).text.contains("Add a contact") == false)
        #expect(await nova.post("\(scene.contacts)/add-email", ["email": "x@example.org", "as": "contact"]).status == 403)
        // A right that the type does not have, one that the adder does not have, a time that is not offered.
        #expect(await invite("a@example.org", "contact", ["may_act": "yes"]).status == 422)
        try await scene.city.write { try $0.conn.run("UPDATE case_grant SET may_bill = 0 WHERE added_as IS NULL") }
        #expect(await invite("b@example.org", "applicant", ["may_bill": "yes"]).status == 422)
        #expect(await invite("c@example.org", "contact", ["days": "3650"]).status == 422)
        for email in ["a@example.org", "b@example.org", "c@example.org"] { #expect(try await state(email, scene) == nil) }
        // Seven days are seven days.
        _ = await invite("late@example.org", "contact", [:])
        try await scene.days(8)
        let before = try await scene.liveGrants()
        try await scene.city.account("La", "Te", email: "late@example.org")
        #expect(try await scene.liveGrants() == before)
    }

    @Test(
        "B5 Somebody invited with less and then added by name stands with what the type gives, and without again when taken off")
    func rightsByName() async throws {
        let scene = try await Scene.make()
        let fay = try await scene.city.person("Fay", "Findable", email: "fay@example.org", findable: true)
        try await scene.city.account("Fay", "Findable", email: "fay@example.org")
        await scene.contractor.post("\(scene.contacts)/invite", ["email": "fay@example.org", "as": "contact", "days": "30"])
        func bills() async throws -> Bool? {
            try await scene.city.read {
                try $0.value("SELECT may_bill FROM case_grant WHERE contact_id = \(fay) AND until IS NULL")
            }
        }
        #expect(try await bills() == false)
        _ = try await scene.add(fay)
        #expect(try await bills() == true)
        await scene.contractor.post("\(scene.contacts)/remove", ["party": await scene.key(ofRowWith: "Fay Findable")])
        #expect(try await bills() == false)
    }
}
