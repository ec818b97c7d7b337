import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Claims

/// What staff see of claims: however old, found by the case or by a name (C2).
@Suite struct ClaimsDeskTests {
    /// One claim by Cleo of the case of the scene, then thirty newer ones of Noa's.
    private func manyClaims() async throws -> ClaimScene {
        let scene = try await ClaimScene.make()
        await scene.shows(try await scene.card())
        let (noa, _) = try await scene.another()
        let ada = try await scene.city.person("Ada", "Lindqvist")
        try await scene.city.write { change in
            for number in 1...30 {
                let shown = Phrase("billing.evidence.name", ["number": .text("\(number)")])
                try change.conn.run(
                    """
                    INSERT INTO claim (public_id, account_id, evidence, shown, gave, contact_id, since, ended_by, ended_why)
                    VALUES (\(change.publicID()), \(noa), 'invoice', \(shown.stored),
                            'link', \(ada), \(change.now), '', '')
                    """)
            }
        }
        return scene
    }

    private func steward(_ scene: ClaimScene) async throws -> Browser {
        let browser = scene.city.browser()
        try await browser.signIn(try await scene.city.staff(.supervisor, email: "boss@city.example"), staff: true)
        return browser
    }

    @Test("C2 All claims are reached page by page, and taken back from any of them")
    func pages() async throws {
        let scene = try await manyClaims()
        let steward = try await steward(scene)
        let first = await steward.get("/staff/claims").text
        #expect(first.contains("Noa Other: Ada Lindqvist") && !first.contains("Cleo Marsh"))
        #expect(!first.contains("Back to the newest"))
        let next = try #require(first.firstMatch(of: /href="(\/staff\/claims\?before=[0-9]+)"/)).output.1
        let second = await steward.get(String(next)).text
        #expect(second.contains("Cleo Marsh: \(scene.number)") && second.contains("Back to the newest"))
        #expect(!second.contains("Older ones"))
        #expect((first + second).matches(of: />Take back Ada Lindqvist from Noa Other</).count == 30)
        let id: String? = try await scene.city.read { try $0.value("SELECT public_id FROM claim WHERE gave = 'grant'") }
        let address = "/staff/claims/\(try #require(id))/undo"
        let missing = await steward.post(address, ["why": ""])
        #expect(missing.status == 422 && missing.text.contains("Cleo Marsh: \(scene.number)"))
        #expect(await steward.post(address, ["why": "The card was stolen."]).status == 303)
        #expect(try await scene.cases() == [])
    }

    @Test(
        "C2 A claim is found by its case, by the name of its record and by who made it",
        arguments: ["ele2026-00001", "MARSH", "cl marsh", "nobody", "Lindq", "other noa", "%"])
    func found(typed: String) async throws {
        let scene = try await manyClaims()
        let steward = try await steward(scene)
        #expect(scene.number == "ELE2026-00001")
        let page = await steward.get("/staff/claims?q=\(typed.replacing(" ", with: "+").replacing("%", with: "%25"))").text
        #expect(page.contains("Cleo Marsh: \(scene.number)") == ["ele2026-00001", "MARSH", "cl marsh"].contains(typed))
        #expect(page.contains("Noa Other: Ada Lindqvist") == ["Lindq", "other noa"].contains(typed))
        #expect(page.contains("Nobody has shown anything about") == ["nobody", "%"].contains(typed))
        // The next page looks for the same.
        if typed == "Lindq" { #expect(page.contains("/staff/claims?q=Lindq&amp;before=")) }
    }

    @Test("L3 The list, and each way to look something up in it, is read by an index")
    func plans() async throws {
        let scene = try await manyClaims()
        for search in [ClaimSearch(text: "", before: 20), ClaimSearch(text: "marsh cleo", before: nil)] {
            let plan = try await scene.city.read { try QueryPlan(search.list(limit: 26), $0) }
            for (table, alias) in [
                ("claim", "claim"), ("contact", "contact"), ("contact_link", "contact_link"), ("case_record", "case_record"),
            ] {
                #expect(plan.whole(table, as: alias).isEmpty, "\(plan)")
            }
        }
    }
}
