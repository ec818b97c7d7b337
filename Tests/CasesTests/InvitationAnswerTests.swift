import CityPack
import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Cases

/// The link of an invitation, and what is answered there (B7).
@Suite struct InvitationAnswerTests {
    typealias Scene = ContactsTabTests.Scene

    /// The path of the link in the newest email to the address.
    func link(_ email: String, _ scene: Scene) async throws -> String {
        let link: String? = try await scene.city.read {
            try $0.value("SELECT link FROM mail WHERE recipient = \(email) ORDER BY id DESC LIMIT 1")
        }
        return (link ?? "").replacing(Browser.origin, with: "")
    }

    func state(_ email: String, _ scene: Scene) async throws -> String? {
        try await scene.city.read {
            try $0.value("SELECT state FROM case_invitation WHERE typed = \(email) ORDER BY id DESC LIMIT 1")
        }
    }

    func kinds(_ scene: Scene) async throws -> [FactKind] {
        try await scene.city.read { try FactLog.timeline(of: .case(scene.id), limit: 100, $0) }.map(\.kind)
    }

    @Test("B7 The link shows a guest what is offered; however often it is opened, nothing changes")
    func shows() async throws {
        let scene = try await Scene.make()
        _ = await scene.addEmail("nova@example.org", as: "property-owner")
        let address = try await link("nova@example.org", scene)
        #expect(address.hasPrefix("/invitations/"))
        let before = await scene.rows()
        let guest = scene.city.browser()
        for _ in 0..<3 {
            let page = await guest.get(address)
            #expect(page.status == 200)
            for words in [
                "Invitation to case \(scene.number)", "Property Owner", "see, pay, request inspections", "nova@example.org",
                ">Accept</button>", ">Decline</button>",
            ] { #expect(page.text.contains(words), "\(words)") }
        }
        #expect(await scene.rows() == before)
        #expect(try await state("nova@example.org", scene) == "waiting")
        #expect(await guest.get("/invitations/\(String(repeating: "a", count: 32))").status == 410)
    }

    @Test("B7 Declining needs no account; the adder then sees it, and the address can be added again", arguments: [true, false])
    func declines(isKnown: Bool) async throws {
        let scene = try await Scene.make()
        if isKnown { try await scene.city.account("Kim", "Known", email: "kim@example.org") }
        _ = await scene.addEmail("kim@example.org")
        #expect(try await scene.liveGrants() == (isKnown ? 2 : 1))
        let address = try await link("kim@example.org", scene)
        let guest = scene.city.browser()
        let answer = await guest.follow(await guest.post("\(address)/decline"))
        #expect(answer.text.contains("You declined"))
        #expect(try await scene.liveGrants() == 1)
        #expect(try await state("kim@example.org", scene) == "declined")
        let row = try #require(await scene.rows().first { $0.contains("kim@example.org") })
        #expect(row.contains("Declined") && !row.contains("<button"))
        #expect(await scene.contractor.get("/cases/\(scene.number)/timeline").text.contains("declined the invitation"))
        // Used once: saying yes afterwards changes nothing, nor does saying no again.
        for step in ["accept", "decline"] { await guest.post("\(address)/\(step)") }
        #expect(try await state("kim@example.org", scene) == "declined")
        #expect(try await kinds(scene).count { $0 == .invitationAnswered } == 1)
        // Its registration later gives nothing.
        if !isKnown { try await scene.city.account("Kim", "Known", email: "kim@example.org") }
        #expect(try await scene.liveGrants() == 1)
        #expect(await scene.contractor.follow(await scene.addEmail("kim@example.org")).text.contains("was added as Contact"))
        #expect(await scene.rows().count { $0.contains("kim@example.org") } == 2)
    }

    @Test("B7 Accepting counts only for the account that has proven the invited address (B-09)")
    func accepts() async throws {
        let scene = try await Scene.make()
        _ = await scene.addEmail("nova@example.org")
        let address = try await link("nova@example.org", scene)
        // A guest is shown the way, and nothing is accepted yet.
        let guest = scene.city.browser()
        let led = await guest.post("\(address)/accept")
        #expect(led.location == "/sign-in" && guest.cookie("next") == address)
        #expect(await guest.follow(led).text.contains("To accept, sign in with nova@example.org."))
        // Somebody else who got hold of the link.
        let other = scene.city.browser()
        try await other.signIn(scene.city.account("Otto", "Ther", email: "otto@example.org"))
        #expect(await other.get(address).text.contains("this invitation is for nova@example.org"))
        await other.post("\(address)/accept")
        #expect(try await scene.liveGrants() == 1)
        #expect(!(await other.get("/dashboard").text.contains(scene.number)))
        #expect(try await state("nova@example.org", scene) == "waiting")
        // Whoever has it.
        let nova = scene.city.browser()
        try await nova.signIn(scene.city.account("Nova", "Quist", email: "Nova@Example.org"))
        let accepted = await nova.follow(await nova.post("\(address)/accept"))
        #expect(accepted.text.contains("You accepted."))
        #expect(await nova.get("/dashboard").text.contains(scene.number))
        let row = try #require(await scene.rows().first { $0.contains("nova@example.org") })
        #expect(row.contains("Accepted on") && !row.contains("Send again") && !row.contains("Quist"))
        #expect(try await kinds(scene).count { $0 == .invitationAnswered } == 1)
        #expect(await guest.get(address).text.contains("You accepted"))
        // Declining by the link is over: leaving is done on the case.
        await guest.post("\(address)/decline")
        #expect(try await scene.liveGrants() == 2)
    }

    @Test("B7 An address that has moved to another account accepts for the one that has it now")
    func movedAddress() async throws {
        let scene = try await Scene.make()
        let (first, second) = (scene.city.browser(), scene.city.browser())
        let kim = try await scene.city.account("Kim", "First", email: "permits@example.org")
        try await first.signIn(kim)
        _ = await scene.addEmail("permits@example.org")
        let address = try await link("permits@example.org", scene)
        #expect(await first.get("/dashboard").text.contains(scene.number))
        try await scene.city.write { change in
            try change.conn.run(
                "UPDATE account_email SET until = \(change.now) WHERE account_id = \(kim) AND folded = 'permits@example.org'")
        }
        try await second.signIn(scene.city.account("Lee", "Second", email: "permits@example.org"))
        #expect(await second.follow(await second.post("\(address)/accept")).text.contains("You accepted."))
        #expect(await second.get("/dashboard").text.contains(scene.number))
        #expect(!(await first.get("/dashboard").text.contains(scene.number)))
    }

    @Test("A2 Until somebody answers, the page of the link and the adder's page are the same for a known and an unknown address")
    func sameAnswer() async throws {
        let scene = try await Scene.make()
        try await scene.city.account("Kim", "Known", email: "known@example.org")
        var pages: Set<String> = []
        var mails: Set<String> = []
        var rows: Set<String> = []
        var again: Set<String> = []
        for email in ["known@example.org", "nobody@example.org"] {
            let name = String(email.prefix { $0 != "@" })
            func bare(_ text: String) -> String {
                text.replacing(/[a-z2-7]{32}/, with: "TOKEN").replacing(/[0-9a-z]{32}[^"]*/, with: "TOKEN")
                    .replacing(name, with: "NAME").replacing(/value="e\d+"/, with: "").replacing(/\.e\d+"/, with: "")
            }
            _ = await scene.addEmail(email)
            let address = try await link(email, scene)
            pages.insert(bare(CasePageTests.main(await scene.city.browser().get(address).text)))
            let text: String? = try await scene.city.read {
                try $0.value("SELECT text FROM mail WHERE recipient = \(email) ORDER BY id DESC LIMIT 1")
            }
            mails.insert(bare(text ?? ""))
            let sent = await scene.contractor.post(
                "\(scene.contacts)/send-again", ["party": await scene.key(ofRowWith: email)])
            again.insert(
                bare("\(sent.status) \(await scene.contractor.follow(sent).text.contains("We sent a new email to \(email)"))"))
            rows.formUnion(await scene.rows().filter { $0.contains(email) }.map(bare))
        }
        for (what, set) in [("page", pages), ("mail", mails), ("row", rows), ("sent again", again)] {
            #expect(set.count == 1, "\(what): \(set)")
        }
    }

    @Test("B7 Whoever lost the email says yes on the case itself")
    func acceptsOnTheCase() async throws {
        let scene = try await Scene.make()
        let nova = scene.city.browser()
        try await nova.signIn(scene.city.account("Nova", "Quist", email: "nova@example.org"))
        _ = await scene.addEmail("nova@example.org")
        let key = await scene.key(ofRowWith: "nova@example.org")
        await scene.contractor.post("\(scene.contacts)/accept", ["party": key])
        #expect(await scene.rows().contains { $0.contains("No answer yet") })
        #expect(await nova.get(scene.contacts).text.contains("aria-label=\"Accept as Contact\""))
        await nova.post("\(scene.contacts)/accept", ["party": key])
        #expect(await scene.rows().contains { $0.contains("nova@example.org") && $0.contains("Accepted on") })
    }

    @Test("L2 Answers by a secret link are limited")
    func limited() async throws {
        let scene = try await Scene.make()
        let guest = scene.city.browser()
        var statuses: [Int] = []
        for _ in 0..<31 { statuses.append(await guest.post("/invitations/\(String(repeating: "b", count: 32))/decline").status) }
        #expect(statuses.prefix(30).allSatisfy { $0 == 303 } && statuses.last == 429)
    }

    @Test("P2 The lists of invitations are read by an index")
    func indexed() async throws {
        let scene = try await Scene.make()
        // Where nothing is, one index is as good as another.
        var cases = [scene.id]
        for _ in 0..<20 { cases.append(try await scene.city.aCase()) }
        let all = cases
        try await scene.city.write { change in
            for id in all {
                for number in 0..<10 {
                    try change.conn.run(
                        """
                        INSERT INTO case_invitation (case_id, typed, folded, contact_type, state, added_by, created_at, expires_at)
                        VALUES (\(id), '', \("\(number)@example.org"), 'contact', 'waiting', 'account:1', \(change.now), \(change.now))
                        """)
                }
            }
            try change.conn.run("ANALYZE case_invitation")
        }
        let plans = try await scene.city.read { conn in
            try [
                QueryPlan("SELECT id FROM case_invitation WHERE token_hash = \("x")", conn),
                QueryPlan(
                    "SELECT id FROM case_invitation WHERE state = 'waiting' AND expires_at <= \(Int64(1)) ORDER BY expires_at LIMIT 9",
                    conn),
                QueryPlan("SELECT id FROM case_invitation i WHERE i.case_id = \(scene.id) AND i.ended_at IS NULL", conn),
                QueryPlan(
                    "SELECT id FROM case_invitation i WHERE i.case_id = \(scene.id) AND i.state = 'declined' AND i.answered_at > 1",
                    conn),
            ]
        }
        for (plan, index) in zip(
            plans, ["case_invitation_token", "case_invitation_ends", "case_invitation_live", "case_invitation_declined"])
        { #expect(plan.uses(index: index), "\(index): \(plan)") }
    }
}
