import CityPack
import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Cases

/// Taking somebody off acts at once; whoever did it can put them back for a day (B5).
@Suite struct PutBackTests {
    typealias Scene = ContactsTabTests.Scene

    /// The grants of a contact on the case, without when and by whom: the newest last.
    private func rights(of contact: ContactID, _ scene: Scene) async throws -> [String] {
        try await scene.city.read { conn in
            try conn.rows(
                """
                SELECT may_view, may_act, may_bill, may_request_inspection, is_primary, until FROM case_grant
                WHERE case_id = \(scene.id) AND contact_id = \(contact) ORDER BY id
                """
            ).map { row in
                let flags: [Bool] = [
                    try row["may_view"], try row["may_act"], try row["may_bill"], try row["may_request_inspection"],
                    try row["is_primary"],
                ]
                let until: Instant? = try row["until"]
                return "\(flags) \(until == nil ? "live" : "ended")"
            }
        }
    }

    private func removal(_ scene: Scene, named name: String) async -> String? {
        let page = await scene.contractor.get(scene.contacts).text
        return page.matches(of: /<form(.*?)<\/form>/.dotMatchesNewlines()).map { String($0.output.1) }.first {
            $0.contains("/contacts/put-back") && $0.contains(">Put \(name) back")
        }.flatMap { $0.firstMatch(of: /name="removal" value="([^"]*)"/) }.map { String($0.output.1) }
    }

    @discardableResult
    private func takesOff(_ text: String, _ scene: Scene) async -> Browser.Answer {
        await scene.contractor.post("\(scene.contacts)/remove", ["party": await scene.key(ofRowWith: text)])
    }

    @Test("B5 The notice that somebody was taken off has a button that puts them back with the rights they had")
    func byName() async throws {
        let scene = try await Scene.make()
        let rosa = try await scene.city.person("Rosa", "Quimby", email: "rosa@example.org", findable: true)
        let homeowner = scene.city.browser()
        try await homeowner.signIn(scene.city.account("Rosa", "Quimby", email: "rosa@example.org"))
        _ = try await scene.add(rosa, as: "property-owner")
        // Rights that are not those of the contact type, and the first place among the owners.
        try await scene.city.write { change in
            try change.conn.run("UPDATE case_grant SET may_act = 1, may_bill = 0, is_primary = 1 WHERE contact_id = \(rosa)")
        }
        let page = await scene.contractor.follow(await takesOff("Rosa Quimby", scene)).text
        #expect(page.contains("Rosa Quimby was taken off this case."))
        let button = try #require(page.range(of: ">Put Rosa Quimby back</button>"))
        #expect(button.lowerBound < page.range(of: "<h1>")?.lowerBound ?? page.startIndex, "right below the notice")
        #expect(!(await homeowner.get("/dashboard").text.contains(scene.number)))

        let id = try #require(await removal(scene, named: "Rosa Quimby"))
        let answer = await scene.contractor.post("\(scene.contacts)/put-back", ["removal": id])
        #expect(await scene.contractor.follow(answer).text.contains("Rosa Quimby is on this case again as Property Owner."))
        #expect(await homeowner.get("/dashboard").text.contains(scene.number))
        let grants = try await rights(of: rosa, scene)
        #expect(grants.count == 2 && grants[0].replacing("ended", with: "live") == grants[1])
        #expect(await removal(scene, named: "Rosa Quimby") == nil)
        // It is told like any other addition, and the person hears of it.
        let told = await scene.contractor.get("/cases/\(scene.number)/timeline").text
        #expect(told.matches(of: /Rosa Quimby was added \(Property Owner\)/).count == 2)
        #expect(try await scene.mails(to: "rosa@example.org").count == 3)
    }

    @Test("B5 Putting back twice, in one way or the other, has one effect")
    func once() async throws {
        let scene = try await Scene.make()
        let rosa = try await scene.city.person("Rosa", "Quimby", findable: true)
        _ = try await scene.add(rosa)
        await takesOff("Rosa Quimby", scene)
        let id = try #require(await removal(scene, named: "Rosa Quimby"))
        for key in ["one", "one", "two"] {
            let answer = await scene.contractor.post("\(scene.contacts)/put-back", ["removal": id], once: key)
            #expect(answer.location == scene.contacts, "\(key)")
        }
        #expect(await scene.contractor.get(scene.contacts).text.contains("Nothing was changed."))
        #expect(try await scene.liveGrants() == 2)
        let kinds = try await scene.city.read { try FactLog.timeline(of: .case(scene.id), limit: 50, $0) }.map(\.kind)
        #expect(kinds.filter { $0 == .contactAdded }.count == 3, "the contractor, Rosa, Rosa again")
    }

    @Test("B7 Somebody who was added by address is invited again", arguments: [true, false])
    func byAddress(isKnown: Bool) async throws {
        let scene = try await Scene.make()
        if isKnown { try await scene.city.account("Kim", "Known", email: "kim@example.org") }
        _ = await scene.addEmail("kim@example.org")
        let before = await scene.rows()
        let page = await scene.contractor.follow(await takesOff("kim@example.org", scene)).text
        #expect(page.contains(">Put kim@example.org back</button>") && !page.contains("Known"))
        #expect(try await scene.liveGrants() == 1)
        let id = try #require(await removal(scene, named: "kim@example.org"))
        let answer = await scene.contractor.post("\(scene.contacts)/put-back", ["removal": id])
        #expect(await scene.contractor.follow(answer).text.contains("kim@example.org is on this case again as Contact."))
        #expect(try await scene.liveGrants() == (isKnown ? 2 : 1))
        #expect(await scene.rows() == before)
        let invited = try await scene.mails(to: "kim@example.org").filter { $0.subject.hasPrefix("You were added") }
        #expect(invited.count == 2)
    }

    @Test("B5 K3 Of a removal whose words were disposed of nobody is offered again, and the page stands")
    func disposed() async throws {
        let scene = try await Scene.make()
        let rosa = try await scene.city.person("Rosa", "Quimby", email: "rosa@example.org", findable: true)
        _ = try await scene.add(rosa)
        await takesOff("Rosa Quimby", scene)
        #expect(await removal(scene, named: "Rosa Quimby") != nil)
        let kind = FactKind.contactRemoved
        try await scene.city.write { change in try change.conn.run("UPDATE fact SET body = NULL WHERE kind = \(kind)") }
        #expect(await scene.contractor.get(scene.contacts).status == 200)
        #expect(await removal(scene, named: "Rosa Quimby") == nil)
    }

    @Test("B7 Whoever left by themselves is not put back", arguments: [true, false])
    func left(byName: Bool) async throws {
        let scene = try await Scene.make()
        let rosa = try await scene.city.person("Rosa", "Quimby", email: "rosa@example.org", findable: true)
        let homeowner = scene.city.browser()
        try await homeowner.signIn(scene.city.account("Rosa", "Quimby", email: "rosa@example.org"))
        let label = byName ? "Rosa Quimby" : "rosa@example.org"
        _ = byName ? try await scene.add(rosa) : await scene.addEmail("rosa@example.org")
        await takesOff(label, scene)
        let first = try #require(await removal(scene, named: label))
        await scene.contractor.post("\(scene.contacts)/put-back", ["removal": first])
        let gone = await homeowner.post("\(scene.contacts)/remove", ["party": await scene.key(ofRowWith: label)])
        #expect(gone.status == 303)
        #expect(await removal(scene, named: label) == nil)
        // Nor by what was offered before.
        let answer = await scene.contractor.post("\(scene.contacts)/put-back", ["removal": first])
        #expect(await scene.contractor.follow(answer).text.contains("Nothing was changed."))
        #expect(try await scene.liveGrants() == 1)
    }

    @Test("B4 Only who may act on the case puts somebody back, and for a day")
    func whoAndHowLong() async throws {
        let scene = try await Scene.make()
        let viewer = scene.city.browser()
        let rosa = try await scene.city.person("Rosa", "Quimby", email: "rosa@example.org", findable: true)
        try await viewer.signIn(scene.city.account("Rosa", "Quimby", email: "rosa@example.org"))
        _ = try await scene.add(rosa)
        _ = await scene.addEmail("kim@example.org")
        await takesOff("kim@example.org", scene)
        let id = try #require(await removal(scene, named: "kim@example.org"))
        let page = await viewer.get(scene.contacts).text
        #expect(!page.contains("Put ") && !page.contains("kim@example.org"))
        #expect(await viewer.post("\(scene.contacts)/put-back", ["removal": id]).status == 403)
        #expect(await scene.contractor.post("\(scene.contacts)/put-back", ["removal": "x"]).status == 404)
        #expect(await scene.contractor.post("\(scene.contacts)/put-back", ["removal": "999999"]).status == 303)
        try await scene.days(1)
        #expect(await removal(scene, named: "kim@example.org") == nil)
        await scene.contractor.post("\(scene.contacts)/put-back", ["removal": id])
        #expect(await scene.rows().filter { $0.contains("kim@example.org") } == [])
    }

    @Test("D10 Nobody is put back on a case that is over")
    func over() async throws {
        let scene = try await Scene.make()
        _ = await scene.addEmail("kim@example.org")
        await takesOff("kim@example.org", scene)
        let id = try #require(await removal(scene, named: "kim@example.org"))
        try await scene.city.write { try CaseWriter($0).setStatus("closed", of: scene.id) }
        #expect(await removal(scene, named: "kim@example.org") == nil)
        let answer = await scene.contractor.post("\(scene.contacts)/put-back", ["removal": id])
        #expect(answer.status == 422 && answer.text.contains("This case is over"))
    }
}
