import CityPack
import Contacts
import Core
import Database
import Foundation
import Primitives
import TestSupport
import Testing

@testable import Claims

/// The code that is printed on a permit card (C2).
@Suite struct CardTests {
    @Test(
        "C2 The code of the card puts its holder on the case, open or closed, with the rights that the city says",
        arguments: ["issued", "closed"])
    func right(status: String) async throws {
        let scene = try await ClaimScene.make()
        try await scene.city.write { try $0.conn.run("UPDATE case_record SET status = \(status) WHERE id = \(scene.id)") }
        let code = try await scene.card()
        let page = await scene.browser.get("/claim?case=\(scene.number)")
        #expect(page.text.contains("I have the permit card") && page.text.contains("/claim/card?case=\(scene.number)"))
        // As people type: small letters, no dashes, spaces around.
        let answer = await scene.shows(" \(code.lowercased().replacing("-", with: " ")) ", of: scene.number.lowercased())
        #expect(answer.status == 303)
        #expect(await scene.browser.follow(answer).text.contains("You are on case \(scene.number) now"))
        #expect(try await scene.cases() == [scene.number])
        let row = try await scene.city.read {
            try $0.row(
                """
                SELECT contact_type, may_view, may_act, may_bill, may_request_inspection FROM case_grant
                WHERE case_id = \(scene.id) AND contact_id <> \(scene.company)
                """)
        }
        let grant = try #require(row)
        let type = try #require(scene.city.context.pack.cardType)
        let (key, rights): (String, [Bool]) = (
            try grant["contact_type"], try Rights.allNames.map { try grant["may_\($0.name)"] }
        )
        #expect(key == type.key)
        #expect(rights == Rights.allNames.map { type.cardRights?.contains($0.right) ?? false })
        #expect(await scene.browser.get("/claim").text.contains("Permit card of \(scene.number)"))
    }

    @Test("C2 A wrong code, an unknown number, a draft and a confidential case get the same answer from the same work")
    func same() async throws {
        let log = StatementLog()
        let scene = try await ClaimScene.make(statements: log)
        let code = try await scene.card()
        let hidden = try await scene.city.aCase()
        let draft = try await scene.city.aCase(submitted: false)
        let (hiddenNumber, draftNumber) = (try await scene.city.number(of: hidden), try await scene.city.number(of: draft))
        let hiddenCode = try await scene.card(of: hiddenNumber)
        try await scene.city.write { try $0.conn.run("UPDATE case_record SET confidential = 1 WHERE id = \(hidden)") }
        var answers: Set<String> = []
        var work: Set<[String]> = []
        for (number, typed) in [
            (scene.number, "AAAA-BBBB-CCCC"), ("ELE2026-99999", code), (hiddenNumber, hiddenCode), (hiddenNumber, code),
            (draftNumber, code),
        ] {
            scene.city.clock.advance(.minutes(61))
            _ = await scene.browser.get("/claim")
            _ = log.take()
            let answer = await scene.shows(typed, of: number)
            work.insert(log.work())
            #expect(answer.status == 422)
            answers.insert(answer.told(hiding: [number, typed]))
        }
        #expect(answers.count == 1)
        #expect(work.count == 1, "\(work)")
        #expect(try await scene.cases() == [])
    }

    @Test("C2 A new card leaves the older ones; a withdrawn code no longer works")
    func withdrawn() async throws {
        let scene = try await ClaimScene.make()
        let first = try await scene.card()
        let second = try await scene.card()
        #expect(first != second)
        let list = await scene.staff.get("/staff/cases/\(scene.number)/card")
        #expect(list.text.matches(of: />Withdraw</).count == 2)
        let newest: Int64 = try await scene.city.read { try $0.value("SELECT MAX(id) FROM case_code") } ?? 0
        await scene.staff.post("/staff/cases/\(scene.number)/card/\(newest)/withdraw")
        #expect(await scene.shows(second).status == 422)
        #expect(await scene.shows(first).status == 303)
        #expect(try await scene.cases() == [scene.number])
        #expect(try await scene.kinds(.case(scene.id)).contains(.cardWithdrawn))
    }

    @Test("C2 A card is shown to whoever made it for ten minutes, and its code is stored nowhere")
    func shownOnce() async throws {
        let scene = try await ClaimScene.make()
        let code = try await scene.card()
        let page = "/staff/cases/\(scene.number)/card"
        #expect(await scene.staff.get(page).text.contains(code))
        let other = scene.city.browser()
        try await other.signIn(try await scene.city.staff(.supervisor, email: "other@city.example"), staff: true)
        #expect(!(await other.get(page).text.contains(code)))
        scene.city.clock.advance(.minutes(11))
        #expect(!(await scene.staff.get(page).text.contains(code)))
        let plain = code.lowercased().replacing("-", with: "")
        let kept = try await scene.city.read { conn in
            try conn.rows("SELECT code_hash, batch FROM case_code").map {
                "\(try $0["code_hash"] as String) \(try $0["batch"] as String)"
            }
                + conn.rows("SELECT body FROM fact").map { try $0["body"] as String }
        }
        #expect(!kept.contains { $0.lowercased().contains(plain) || $0.contains(code) })
    }

    @Test("C2 No card is printed of a confidential case, and none by a role without the action")
    func mayPrint() async throws {
        let scene = try await ClaimScene.make()
        let hidden = try await scene.city.aCase(confidential: true)
        let number = try await scene.city.number(of: hidden)
        for page in ["/staff/cases/\(number)/card", "/staff/cases/ELE2026-99999/card"] {
            #expect(await scene.staff.get(page).status == 404)
            #expect(await scene.staff.post(page).status == 404)
        }
        let reviewer = scene.city.browser()
        try await reviewer.signIn(try await scene.city.staff(.reviewer, email: "reviewer@city.example"), staff: true)
        #expect(await reviewer.get("/staff/cases/\(scene.number)/card").status == 403)
        #expect(!(await reviewer.get("/cases/\(scene.number)").text.contains("/card")))
        #expect(await scene.staff.get("/cases/\(scene.number)").text.contains("/staff/cases/\(scene.number)/card"))
        #expect(await scene.browser.get("/staff/cases/\(scene.number)/card").status == 403)
    }

    @Test("C2 Shown twice, and many times at once, a card makes one part in the case and one claim")
    func once() async throws {
        let scene = try await ClaimScene.make()
        let code = try await scene.card()
        let statuses = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 { group.addTask { await scene.shows(code).status } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == [303, 303, 303, 303])
        let again = await scene.browser.follow(await scene.shows(code))
        #expect(again.text.contains("You are on case \(scene.number) already"))
        let counts = try await scene.city.read { conn in
            [
                try conn.value("SELECT COUNT(*) FROM claim") ?? 0,
                try conn.value("SELECT COUNT(*) FROM case_grant WHERE case_id = \(scene.id)") ?? 0,
            ] as [Int]
        }
        #expect(counts == [1, 2])
    }

    @Test("C2 Whoever was taken off the case does not come back by its card: a steward looks, with place in line (C3)")
    func takenOff() async throws {
        let scene = try await ClaimScene.make()
        let code = try await scene.card()
        await scene.shows(code)
        let own = try await scene.city.read { try ContactPeople.personContact(of: scene.claimant, $0) }
        let contact = try #require(own)
        let key = try #require(scene.city.context.pack.cardType).key
        try await scene.city.write { change in
            guard
                let grant: Int64 = try change.conn.value(
                    "SELECT id FROM case_grant WHERE contact_id = \(contact) AND contact_type = \(key) AND until IS NULL")
            else { throw NotFound() }
            try change.conn.run("UPDATE case_grant SET until = \(change.now) WHERE id = \(grant)")
        }
        let page = await scene.browser.follow(await scene.shows(code))
        #expect(page.text.contains("We made a request for you"))
        #expect(try await scene.cases() == [])
        let request = try await scene.city.read {
            try $0.row("SELECT case_text, reason, state FROM access_request WHERE account_id = \(scene.claimant)")
        }
        let (about, reason): (String?, String?) = (try request?["case_text"], try request?["reason"])
        #expect(about == scene.number && reason == "ended-before")
        #expect(await scene.staff.get("/staff/desk/access-requests").text.contains(scene.number))
    }

    @Test(
        "C2 Five tries an hour for an account, twenty a day for a network, ten a day for one case; each is noted, nothing typed is"
    )
    func throttled() async throws {
        let scene = try await ClaimScene.make()
        let code = try await scene.card()
        for _ in 0..<5 { #expect(await scene.shows("AAAA-BBBB-CCCC").status == 422) }
        #expect(await scene.shows(code).status == 429)
        let (_, noa) = try await scene.another()
        for _ in 0..<5 { #expect(await scene.shows("AAAA-BBBB-CCCC", as: noa).status == 422) }
        // Ten at this case: nobody tries it any more today, known or not.
        let (_, kim) = try await scene.another("Kim", email: "kim@example.org")
        #expect(await scene.shows(code, as: kim).status == 429)
        for _ in 0..<5 { #expect(await scene.shows(code, of: "ELE2026-77777", as: kim).status == 422) }
        scene.city.clock.advance(.minutes(61))
        for _ in 0..<5 { #expect(await scene.shows(code, of: "ELE2026-88888", as: kim).status == 422) }
        scene.city.clock.advance(.minutes(61))
        #expect(await scene.shows(code, of: "ELE2026-66666", as: kim).status == 429)
        scene.city.clock.advance(.hours(23))
        try await scene.browser.signIn(scene.claimant)
        #expect(await scene.shows(code).status == 303)
        let facts = try await scene.city.read { try FactLog.timeline(of: .account(scene.claimant), limit: 100, $0) }
        let tries = facts.filter { $0.kind == .claimTried }
        #expect(tries.count == 6)
        #expect(tries.allSatisfy { $0.arguments.keys.sorted() == ["evidence", "target"] && $0.text("target").count == 16 })
    }

    @Test("B9 C2 A case that somebody showed the card of stays theirs when a wrong merge is undone")
    func survivesUnmerge() async throws {
        let scene = try await ClaimScene.make()
        let claimant = scene.claimant
        let own = try #require(try await scene.city.read { try ContactPeople.personContact(of: claimant, $0) })
        let other = try await scene.city.person("Cleo", "Marsh-Ode")
        let edge = try await scene.city.write { try ContactWriter($0).merge(other, into: own, evidence: "same name") }
        await scene.shows(try await scene.card())
        #expect(try await scene.cases() == [scene.number])
        try await scene.city.write { try ContactWriter($0).separate(edge, why: "two women") }
        #expect(try await scene.cases() == [scene.number])
    }

    @Test("C2 The code of a card that was taken back lets nobody else in, and other cards of the case still work")
    func takenBack() async throws {
        let scene = try await ClaimScene.make()
        let (stolen, other) = (try await scene.card(), try await scene.card())
        await scene.shows(stolen)
        await scene.city.browser().post(try await scene.link("office@northfork.example"))
        let (second, noa) = try await scene.another()
        #expect(await scene.shows(stolen, as: noa).status == 422)
        #expect(try await scene.cases(of: second) == [])
        #expect(try await scene.kinds(.case(scene.id)).contains(.cardWithdrawn))
        #expect(await scene.shows(other, as: noa).status == 303)
        #expect(try await scene.cases(of: second) == [scene.number])
    }

    @Test("C2 A form that is sent again counts one try, and leads where it led")
    func sentAgain() async throws {
        let scene = try await ClaimScene.make()
        let code = try await scene.card()
        for _ in 0..<8 {
            let answer = await scene.shows(code, once: "the same page")
            #expect(answer.location == "/cases/\(scene.number)")
        }
        #expect(try await scene.kinds(.account(scene.claimant)).count { $0 == .claimTried } == 1)
    }

    @Test("C2 A code is hashed on the threads of passwords, and only after its try was counted", .timeLimit(.minutes(1)))
    func hashedApart() async throws {
        let scene = try await ClaimScene.make()
        let code = try await scene.card()
        let hasher = scene.city.hasher
        let gate = Gate()
        defer { gate.open() }
        // Two at work, then sixty-four in line: nobody else gets a turn.
        let work: @Sendable (Int) -> Task<Void, Never> = { count in
            Task {
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<count {
                        group.addTask { do { try await hasher.run { gate.pass() } } catch { gate.refuse() } }
                    }
                }
            }
        }
        let atWork = work(2)
        while gate.count.held < 2 { try await Task.sleep(for: .milliseconds(2)) }
        let inLine = work(80)
        while gate.count.refused < 16 { try await Task.sleep(for: .milliseconds(2)) }
        #expect(await scene.shows(code).status == 429)
        #expect(try await scene.kinds(.account(scene.claimant)).contains(.claimTried))
        gate.open()
        for task in [atWork, inLine] { await task.value }
        #expect(await scene.shows(code).status == 303)
    }
}

/// Holds threads up until it is opened.
/// `@unchecked Sendable`: everything is read and written under `condition` only.
private final class Gate: @unchecked Sendable {
    private let condition = NSCondition()
    private var isOpen = false
    private var all = (held: 0, refused: 0)
    var count: (held: Int, refused: Int) { condition.withLock { all } }

    func pass() {
        condition.withLock {
            all.held += 1
            while !isOpen { condition.wait() }
        }
    }

    func refuse() { condition.withLock { all.refused += 1 } }

    func open() {
        condition.withLock {
            isOpen = true
            condition.broadcast()
        }
    }
}
