import Cases
import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Claims

/// The number and the amount of the last invoice (C2), decided by the rules of C1.
@Suite struct InvoiceTests {
    private func person(_ scene: ClaimScene) async throws -> ContactID {
        let owner = try await scene.city.person("Ada", "Lindqvist", email: "ada@old.example")
        try await scene.city.grant(owner, on: scene.id, as: "property-owner")
        return owner
    }

    @Test(
        "C2 Number and amount of the last invoice connect a person with the record it bills, however they are written",
        arguments: [("1042", "$1,284.20"), ("# 1042", "1284.2"), ("No. 1042", "1,284.20 USD")])
    func right(number: String, amount: String) async throws {
        let scene = try await ClaimScene.make()
        let ada = try await person(scene)
        try await scene.invoice("1041", of: ada, cents: 5_000, issued: "2026-03-01")
        try await scene.invoice("1042", of: ada)
        let page = await scene.browser.follow(await scene.showsInvoice(number, amount))
        #expect(page.text.contains("You are connected with Ada Lindqvist"))
        #expect(try await scene.cases() == [scene.number])
        let how: String? = try await scene.city.read {
            try $0.value("SELECT how FROM contact_link WHERE contact_id = \(ada) AND account_id = \(scene.claimant)")
        }
        #expect(how == "claim")
        #expect(try await scene.mails(to: "ada@old.example").count == 1)
    }

    @Test(
        "C2 Another amount, an older invoice, a confidential case, a draft and an unknown number answer alike, from the same work"
    )
    func wrong() async throws {
        let log = StatementLog()
        let scene = try await ClaimScene.make(statements: log)
        let ada = try await person(scene)
        let bo = try await scene.city.person("Bo", "Karr")
        let cy = try await scene.city.person("Cy", "Dunn")
        let hidden = try await scene.city.aCase(confidential: true)
        let draft = try await scene.city.aCase(submitted: false)
        try await scene.invoice("1041", of: ada, cents: 5_000, issued: "2026-03-01")
        try await scene.invoice("1042", of: ada)
        try await scene.invoice("1043", of: bo, on: hidden, cents: 7_000)
        try await scene.invoice("1044", of: cy, on: draft, cents: 7_000)
        try await scene.invoice("1045", of: nil, cents: 7_000)
        var answers: Set<String> = []
        var work: Set<[String]> = []
        for (number, amount) in [
            ("1042", "$1,284.21"), ("1041", "$50.00"), ("1043", "$70.00"), ("1044", "$70.00"), ("1045", "$70.00"),
            ("9999", "$70.00"),
        ] {
            scene.city.clock.advance(.minutes(61))
            _ = await scene.browser.get("/claim")
            _ = log.take()
            let answer = await scene.showsInvoice(number, amount)
            work.insert(log.work())
            #expect(answer.status == 422)
            // 1042 is also the example beside the field.
            answers.insert(answer.told(hiding: [number, amount, "1042"]))
        }
        #expect(answers.count == 1)
        #expect(work.count == 1, "\(work)")
        #expect(try await scene.cases() == [])
        for amount in ["a lot", "12.345", "-5", "0"] {
            let page = await scene.showsInvoice("1042", amount)
            #expect(page.status == 422 && page.text.contains("Enter the total in dollars and cents"), "\(amount)")
        }
    }

    @Test("C1 C2 A company without an owner gets its first one; one that has an owner is asked")
    func company() async throws {
        let scene = try await ClaimScene.make()
        try await scene.invoice("1042", of: scene.company)
        let page = await scene.browser.follow(await scene.showsInvoice("1042", "1284.20"))
        #expect(page.text.contains("You now act for Northfork Builders LLC"))
        #expect(try await scene.cases() == [scene.number])
        #expect(try await scene.mails(to: "office@northfork.example").count == 1)
        #expect(try await scene.mails(to: "two@northfork.example").count == 1)

        let (other, noa) = try await scene.another()
        let asked = await noa.follow(await scene.showsInvoice("1042", "1284.20", as: noa))
        #expect(asked.text.contains("We asked the owners to let you in"))
        #expect(try await scene.cases(of: other) == [])
        let waits = try await scene.city.read {
            try $0.exists("SELECT 1 FROM join_request WHERE account_id = \(other) AND state = 'waiting'")
        }
        #expect(waits)
    }

    @Test("C2 C3 A record that is somebody else's is never given away: a steward gets it, with what was shown")
    func taken() async throws {
        let scene = try await ClaimScene.make()
        let ada = try await person(scene)
        let rightful = try await scene.city.account("Ada", "Lindqvist", email: "ada@old.example")
        #expect(try await scene.cases(of: rightful) == [scene.number])
        try await scene.invoice("1042", of: ada)
        let page = await scene.browser.follow(await scene.showsInvoice("1042", "1284.20"))
        #expect(page.text.contains("We made a request for you"))
        #expect(try await scene.cases() == [])
        let row = try await scene.city.read {
            try $0.row(
                "SELECT number, case_text, part_text, reason, contacts FROM access_request WHERE account_id = \(scene.claimant)")
        }
        let request = try #require(row)
        let (number, about, part): (String, String, String) = (
            try request["number"], try request["case_text"], try request["part_text"]
        )
        let (reason, contacts): (String, String) = (try request["reason"], try request["contacts"])
        #expect(about == "Invoice 1042" && reason == "linked-to-another" && contacts == "[\(ada.value)]")
        #expect(part.contains("Invoice 1042") && !part.contains("1284"))
        let desk = await scene.staff.get("/staff/desk/access-requests/\(number)")
        #expect(desk.text.contains("Invoice 1042") && desk.text.contains("Ada Lindqvist"))
        // Shown again, it does not ask twice.
        await scene.showsInvoice("1042", "1284.20")
        let count: Int? = try await scene.city.read { try $0.value("SELECT COUNT(*) FROM access_request") }
        #expect(count == 1)
    }

    @Test("C2 Shown many times at once, an invoice connects once; what was taken back is not connected again by it")
    func once() async throws {
        let scene = try await ClaimScene.make()
        let ada = try await person(scene)
        try await scene.invoice("1042", of: ada)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { await scene.showsInvoice("1042", "1284.20") } }
        }
        let claims: Int? = try await scene.city.read { try $0.value("SELECT COUNT(*) FROM claim") }
        #expect(claims == 1)
        await scene.city.browser().post(try await scene.link("ada@old.example"))
        #expect(try await scene.cases() == [])
        let again = await scene.browser.follow(await scene.showsInvoice("1042", "1284.20"))
        #expect(again.text.contains("We made a request for you"))
        #expect(try await scene.cases() == [])
    }

    private func reason(_ account: AccountID, _ scene: ClaimScene) async throws -> String? {
        try await scene.city.read { try $0.value("SELECT reason FROM access_request WHERE account_id = \(account)") }
    }

    @Test(
        "C2 C3 Whoever reads the invoice on the Fees tab of a case, or did within a year, does not become the party it bills",
        arguments: [nil, .days(100), .days(400)] as [Span?])
    func readInThePortal(endedSince: Span?) async throws {
        let scene = try await ClaimScene.make()
        let ada = try await person(scene)
        try await scene.invoice("1042", of: ada)
        let found = try await scene.city.read { try ContactPeople.personContact(of: scene.claimant, $0) }
        let own = try #require(found)
        try await scene.city.grant(own, on: scene.id, as: "contact")
        let fees = await scene.browser.get("/cases/\(scene.number)/fees").text
        #expect(fees.contains("1042") && fees.contains("Ada Lindqvist") && fees.contains("1,284.20"))
        if let endedSince {
            try await scene.city.write {
                try GrantWriter($0).remove(own, from: scene.id, type: "contact")
            }
            scene.city.clock.advance(endedSince)
            try await scene.browser.signIn(scene.claimant)
        }
        let page = await scene.browser.follow(await scene.showsInvoice("1042", "1284.20"))
        let isOver = endedSince == .days(400)
        #expect(page.text.contains("You are connected with Ada Lindqvist") == isOver)
        #expect(page.text.contains("We made a request for you") != isOver)
        #expect(try await reason(scene.claimant, scene) == (isOver ? nil : "on-the-case"))
        let isLinked = try await scene.city.read { try $0.exists("SELECT 1 FROM contact_link WHERE contact_id = \(ada)") }
        #expect(isLinked == isOver)
    }

    @Test("C2 A member of a company on the case reads its invoices too; one who may only see the case does not")
    func readAsMember() async throws {
        let scene = try await ClaimScene.make()
        let ada = try await person(scene)
        try await scene.invoice("1042", of: ada)
        let (member, noa) = try await scene.another()
        try await scene.city.write { try ContactWriter($0).join(member, organization: scene.company, as: .member) }
        await scene.showsInvoice("1042", "1284.20", as: noa)
        #expect(try await reason(member, scene) == "on-the-case")
        await scene.shows(try await scene.card())
        #expect(await scene.browser.get("/cases/\(scene.number)/fees").status == 404)
        let page = await scene.browser.follow(await scene.showsInvoice("1042", "1284.20"))
        #expect(page.text.contains("You are connected with Ada Lindqvist"))
    }

    @Test("C2 Paper of a record that was taken back connects nobody for a year, whoever shows it")
    func takenBack() async throws {
        let scene = try await ClaimScene.make()
        let ada = try await person(scene)
        try await scene.invoice("1042", of: ada)
        await scene.showsInvoice("1042", "1284.20")
        await scene.city.browser().post(try await scene.link("ada@old.example"))
        let (second, noa) = try await scene.another()
        let page = await noa.follow(await scene.showsInvoice("1042", "1284.20", as: noa))
        #expect(page.text.contains("We made a request for you"))
        #expect(try await reason(second, scene) == "taken-back")
        #expect(try await scene.cases(of: second) == [])
        #expect(await scene.staff.get("/staff/desk/access-requests").text.contains("Invoice 1042"))
        scene.city.clock.advance(.days(366))
        let (third, kim) = try await scene.another("Kim", email: "kim@example.org")
        await scene.showsInvoice("1042", "1284.20", as: kim)
        #expect(try await scene.cases(of: third) == [scene.number])
    }
}
