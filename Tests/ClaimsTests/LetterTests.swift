import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Claims

/// A code mailed to the address of record, and a license number with such a code (C2).
@Suite struct LetterTests {
    /// A company with a license and a postal address, on a permit.
    private func licensed(_ scene: ClaimScene, number: String = "LIC2026-00007") async throws -> ContactID {
        var new = NewContact(.company)
        new.companyName = "Copper Lane Electric Inc."
        new.emails = [.init("owner@copper.example")]
        new.address = .init(street: "40 Copper Ln", unit: "2", city: "Boulder", state: "CO", zip: "80301-1234")
        let company = new
        let contact = try await scene.city.write(origin: .imported) { try ContactWriter($0).create(company) }
        let type = try #require(
            scene.city.context.pack.caseTypes.first { $0.module == .license && $0.contactTypes.contains("license-holder") })
        let license = try await scene.city.aCase(number: number, type: type.key)
        try await scene.city.grant(contact, on: license, as: "license-holder", primary: true)
        let permit = try await scene.city.aCase(number: "ELE2026-00901")
        try await scene.city.grant(contact, on: permit, as: "contractor-electrical")
        return contact
    }

    @discardableResult
    private func asks(_ scene: ClaimScene, _ fields: [String: String], as browser: Browser? = nil) async throws -> Browser.Answer
    {
        let answer = await (browser ?? scene.browser).post("/claim/letter", fields)
        try await scene.looks()
        return answer
    }

    /// Prints what waits, and answers the codes on the letters.
    private func prints(_ scene: ClaimScene) async throws -> [String] {
        try await scene.staff.signIn(AccountID(2), staff: true)
        let page = await scene.staff.follow(await scene.staff.post("/staff/desk/letters"))
        return page.text.matches(of: /<code>([A-Z0-9-]{14})<\/code>/).map { String($0.output.1) }
    }

    private func types(_ code: String, _ scene: ClaimScene, as browser: Browser? = nil) async -> Browser.Answer {
        await (browser ?? scene.browser).post("/claim/code", ["code": code])
    }

    private func states(_ scene: ClaimScene) async throws -> [String] {
        try await scene.city.read { try $0.rows("SELECT state FROM mailed_code ORDER BY id").map { try $0["state"] } }
    }

    @Test(
        "C2 License number, then the code of the letter: the company has its first owner, and everybody on file was told twice",
        arguments: [
            ["license": "lic2026-00007"],
            ["name": "copper lane electric inc", "street": "40 copper ln.", "zip": "80301"],
        ])
    func right(named: [String: String]) async throws {
        let scene = try await ClaimScene.make()
        _ = try await licensed(scene)
        let page = await scene.browser.follow(try await asks(scene, named))
        #expect(page.text.contains("If we have a record like that"))
        #expect(try await scene.mails(to: "owner@copper.example").count == 1)
        let desk = await scene.staff.get("/staff/desk").text
        #expect(desk.contains("Letters to print"))
        #expect(await scene.staff.get("/staff/desk/letters").text.contains("40 Copper Ln, 2, Boulder, CO 80301"))
        let code = try #require(try await prints(scene).first)
        #expect(try await states(scene) == ["printed"])
        let done = await scene.browser.follow(await types(code.lowercased(), scene))
        #expect(done.text.contains("You now act for Copper Lane Electric Inc."))
        #expect(try await scene.cases().contains("ELE2026-00901"))
        #expect(try await scene.mails(to: "owner@copper.example").count == 2)
        // Used once.
        #expect(await types(code, scene).status == 422)
        #expect(try await states(scene) == ["used"])
    }

    @Test(
        "A2 C2 Whoever asks learns nothing: no record, two records, no address and a third letter have the same answer and work")
    func same() async throws {
        let log = StatementLog()
        let scene = try await ClaimScene.make(statements: log)
        _ = try await licensed(scene)
        var answers: Set<String> = []
        var work: Set<[String]> = []
        let typed = ["LIC2026-00007", "LIC2026-00007", "LIC2026-00007", "LIC2026-99999", scene.number, "%"]
        for license in typed {
            scene.city.clock.advance(.minutes(61))
            _ = await scene.browser.get("/claim")
            _ = log.take()
            let answer = await scene.browser.post("/claim/letter", ["license": license])
            work.insert(log.work())
            answers.insert(answer.told(hiding: typed))
            answers.insert(await scene.browser.follow(answer).told(hiding: typed))
            try await scene.looks()
        }
        #expect(answers.count == 2)
        #expect(work.count == 1, "\(work)")
        #expect(try await states(scene) == ["waiting", "waiting", "nothing", "nothing", "nothing", "nothing"])
        let own = await scene.browser.get("/claim").text
        #expect(own.matches(of: /Letter asked for/).count == 6)
    }

    @Test("C2 A code works for thirty days, in the account that asked, and five wrong ones end it")
    func ends() async throws {
        let scene = try await ClaimScene.make()
        _ = try await licensed(scene)
        try await asks(scene, ["license": "LIC2026-00007"])
        let code = try #require(try await prints(scene).first)
        let (_, noa) = try await scene.another()
        let wrong = await types("AAAA-BBBB-CCCC", scene).told(hiding: ["AAAA-BBBB-CCCC"])
        #expect(await types(code, scene, as: noa).told(hiding: [code]).replacing("Noa Other", with: "Cleo Marsh") == wrong)
        for _ in 0..<3 { #expect(await types("AAAA-BBBB-CCCC", scene).status == 422) }
        scene.city.clock.advance(.minutes(61))
        #expect(await types("AAAA-BBBB-CCCC", scene).status == 422)
        #expect(await types(code, scene).told(hiding: [code]) == wrong)

        // Printed again it has a new code, and the old one is over.
        let id: String? = try await scene.city.read { try $0.value("SELECT public_id FROM mailed_code") }
        await scene.staff.post("/staff/desk/letters/\(try #require(id))/again")
        let next = try #require(try await prints(scene).first)
        #expect(next != code)
        scene.city.clock.advance(.days(31))
        try await scene.browser.signIn(scene.claimant)
        #expect(await types(next, scene).told(hiding: [next]) == wrong)
        #expect(try await scene.cases() == [])
    }

    @Test("C2 A letter is printed once, in bulk, and many presses of its code at once use it once")
    func parallel() async throws {
        let scene = try await ClaimScene.make()
        let company = try await licensed(scene)
        try await asks(scene, ["license": "LIC2026-00007"])
        let (_, noa) = try await scene.another()
        try await asks(scene, ["license": "LIC2026-00007"], as: noa)
        let codes = try await prints(scene)
        #expect(codes.count == 2 && Set(codes).count == 2)
        #expect(try await prints(scene) == [])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { _ = await types(codes[0], scene) } }
        }
        let counts = try await scene.city.read { conn in
            [
                try conn.value("SELECT COUNT(*) FROM claim") ?? 0,
                try conn.value("SELECT COUNT(*) FROM membership WHERE organization_id = \(company)") ?? 0,
            ] as [Int]
        }
        #expect(counts == [1, 1])
        let asked = await noa.follow(await types(codes[1], scene, as: noa))
        #expect(asked.text.contains("We asked the owners to let you in"))
    }

    @Test("C2 The form says what is missing")
    func missing() async throws {
        let scene = try await ClaimScene.make()
        for (fields, words) in [
            ([:], "Enter a license number, or a name and a street address."),
            (["name": "Ada"], "Enter the street address on the record."), (["street": "1 A St"], "Enter the name on the record."),
        ] as [([String: String], String)] {
            let page = await scene.browser.post("/claim/letter", fields)
            #expect(page.status == 422 && page.text.contains(words), "\(words)")
        }
        #expect(try await states(scene) == [])
    }

    @Test("C2 A stranger who asks twice leaves letters for whoever the record is about; a record has no more than six a year")
    func fewLetters() async throws {
        let scene = try await ClaimScene.make()
        _ = try await licensed(scene)
        for _ in 0..<3 {
            scene.city.clock.advance(.minutes(61))
            try await asks(scene, ["license": "LIC2026-00007"])
        }
        #expect(try await states(scene) == ["waiting", "waiting", "nothing"])
        for number in 1...5 {
            let (_, browser) = try await scene.another("Noa", email: "noa\(number)@example.org")
            let sent = await browser.follow(try await asks(scene, ["license": "LIC2026-00007"], as: browser))
            #expect(sent.text.contains("No letter after 10 days?") && sent.text.contains("href=\"/access-request\""))
            scene.city.clock.advance(.days(1))
        }
        #expect(try await states(scene).suffix(5) == ["waiting", "waiting", "waiting", "waiting", "nothing"])
    }

    @Test("A7 Whoever closes their account gets no letter any more, and reads that before")
    func closed() async throws {
        let scene = try await ClaimScene.make()
        _ = try await licensed(scene)
        try await asks(scene, ["license": "LIC2026-00007"])
        _ = try await prints(scene)
        try await asks(scene, ["license": "LIC2026-00007"])
        // Nobody has looked yet whether there is a record.
        await scene.browser.post("/claim/letter", ["license": "LIC2026-99999"])
        #expect(try await states(scene) == ["printed", "waiting", "asked"])
        let sentence = "A letter with a code that you asked for no longer comes"
        #expect(await scene.browser.get("/account/close").text.contains(sentence))
        let (_, noa) = try await scene.another()
        #expect(!(await noa.get("/account/close").text.contains(sentence)))
        #expect(await scene.browser.post("/account/close").location == "/")
        try await scene.looks()
        #expect(try await states(scene) == ["nothing", "nothing", "nothing"])
        #expect(try await prints(scene) == [])
    }

    @Test("C2 A letter whose code still works is found by the name on it and printed again, and that stands in the history")
    func again() async throws {
        let scene = try await ClaimScene.make()
        let company = try await licensed(scene)
        try await asks(scene, ["license": "LIC2026-00007"])
        let code = try #require(try await prints(scene).first)
        // Far more than one page of later ones.
        try await scene.city.write { change in
            for number in 0..<25 {
                try change.conn.run(
                    """
                    INSERT INTO mailed_code (public_id, account_id, license, name, street, zip, state, recipient, address, tries,
                                             requested_at, printed_at, expires_at)
                    VALUES (\(change.publicID()), \(scene.claimant), '', '', '', '', 'printed', \("Bo Karr \(number)"), '', 0,
                            \(change.now), \(change.now + .minutes(1)), \(change.now + .days(30)))
                    """)
            }
        }
        scene.city.clock.advance(.days(20))
        try await scene.staff.signIn(AccountID(2), staff: true)
        #expect(!(await scene.staff.get("/staff/desk/letters").text.contains("Copper Lane")))
        let found = await scene.staff.get("/staff/desk/letters?q=electric+copper").text
        #expect(found.contains("Copper Lane Electric Inc.") && !found.contains("Bo Karr"))
        #expect(await scene.staff.get("/staff/desk/letters?q=nobody").text.contains("No letter with this name"))
        let id = try #require(found.firstMatch(of: /letters\/([0-9a-f-]{36})\/again/)).output.1
        for _ in 0..<2 { await scene.staff.post("/staff/desk/letters/\(id)/again") }
        #expect(try await scene.kinds(.account(scene.claimant)).count { $0 == .letterAgain } == 1)
        #expect(try await scene.kinds(.contact(company)).contains(.letterAgain), "The record's history refers to it.")
        #expect(try await prints(scene).count == 1)
        try await scene.browser.signIn(scene.claimant)
        #expect(await types(code, scene).status == 422)

        // After its thirty days it is not printed again: whoever still wants it asks anew.
        scene.city.clock.advance(.days(31))
        try await scene.staff.signIn(AccountID(2), staff: true)
        #expect(!(await scene.staff.get("/staff/desk/letters?q=copper").text.contains("Copper Lane")))
        await scene.staff.post("/staff/desk/letters/\(id)/again")
        #expect(try await scene.kinds(.account(scene.claimant)).count { $0 == .letterAgain } == 1)
    }
}
