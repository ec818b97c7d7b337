import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Cases

/// A grant that waits for an address to be proven (B7).
@Suite struct InvitationTests {
    @Test("B7 Whoever proves an invited address has the case at their first sign-in")
    func accepted() async throws {
        let scene = try await ContactsTabTests.Scene.make()
        _ = await scene.addEmail("nova@example.org")
        #expect(try await scene.liveGrants() == 1)
        let before = await scene.rows()
        let nova = scene.city.browser()
        try await nova.signIn(scene.city.account("Nova", "Quist", email: "Nova@Example.org"))
        #expect(await nova.get("/dashboard").text.contains(scene.number))
        // The adder's row does not change.
        #expect(await scene.rows() == before)
        let kinds = try await scene.city.read { try FactLog.timeline(of: .case(scene.id), limit: 50, $0) }.map(\.kind)
        #expect(kinds.filter { $0 == .invitationAccepted }.count == 1)
    }

    @Test("B7 An invitation of 30 days ago has ended; added anew it works again")
    func expired() async throws {
        let scene = try await ContactsTabTests.Scene.make()
        _ = await scene.addEmail("late@example.org")
        _ = await scene.addEmail("renewed@example.org")
        try await scene.days(30)
        let renewed = await scene.addEmail("renewed@example.org")
        #expect(await scene.contractor.follow(renewed).text.contains("renewed@example.org was added as Contact."))
        #expect(await scene.rows().filter { $0.contains("renewed@example.org") }.count == 1)
        for (email, hasCase) in [("late@example.org", false), ("renewed@example.org", true)] {
            let browser = scene.city.browser()
            try await browser.signIn(scene.city.account(email: email))
            #expect(await browser.get("/dashboard").text.contains(scene.number) == hasCase, "\(email)")
        }
    }

    @Test("B7 An invitation that was taken back gives nothing")
    func withdrawn() async throws {
        let scene = try await ContactsTabTests.Scene.make()
        _ = await scene.addEmail("gone@example.org")
        await scene.contractor.post("\(scene.contacts)/remove", ["party": await scene.key(ofRowWith: "gone@example.org")])
        let browser = scene.city.browser()
        try await browser.signIn(scene.city.account(email: "gone@example.org"))
        #expect(!(await browser.get("/dashboard").text.contains(scene.number)))
    }

    @Test("B5 Others see a name behind an address only when that person shows it")
    func showsName() async throws {
        let scene = try await ContactsTabTests.Scene.make()
        _ = await scene.addEmail("nova@example.org")
        let nova = scene.city.browser()
        try await nova.signIn(scene.city.account("Nova", "Quist", email: "nova@example.org"))
        let key = await scene.key(ofRowWith: "nova@example.org")
        // Nobody else can do it for them.
        await scene.contractor.post("\(scene.contacts)/show-my-name", ["party": key])
        #expect(!(await scene.contractor.get(scene.contacts).text.contains("Nova Quist")))
        #expect(await nova.get(scene.contacts).text.contains("Show my name"))
        let answer = await nova.post("\(scene.contacts)/show-my-name", ["party": key])
        #expect(answer.status == 303)
        let rows = await scene.rows()
        #expect(rows.contains { $0.contains("Nova Quist") } && !rows.contains { $0.contains("nova@example.org") })
        #expect(await nova.get("/dashboard").text.contains(scene.number))
    }

    @Test("B5 Who merely sees the case sees an address masked; staff see who stands behind it")
    func masked() async throws {
        let scene = try await ContactsTabTests.Scene.make()
        let rosa = try await scene.city.person("Rosa", "Quimby", email: "rosa@example.org", findable: true)
        let viewer = scene.city.browser()
        try await viewer.signIn(scene.city.account("Rosa", "Quimby", email: "rosa@example.org"))
        _ = try await scene.add(rosa)
        try await scene.city.account("Kim", "Known", email: "known@example.org")
        _ = await scene.addEmail("known@example.org")
        let page = await viewer.get(scene.contacts).text
        #expect(page.contains("k••••@example.org") && !page.contains("known@example.org"))
        let steward = scene.city.browser()
        try await steward.signIn(scene.city.staff(), staff: true)
        let asStaff = await steward.get(scene.contacts).text
        #expect(asStaff.contains("known@example.org") && asStaff.contains("Kim Known"))
    }
}
