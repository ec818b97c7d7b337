import Cases
import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import CleanUp

@Suite struct HoldTests {
    @Test func `B11 a hold stands in the way of what it names, on every record of the contact, until it is lifted`() async throws
    {
        let two = try await TwoRecords()
        let steward = try await two.city.desk()
        let (one, otherCase) = (two.one, two.otherCase)
        let id = try await two.city.read { try Contact.find(one, $0)?.publicID.description ?? "" }
        let placed = await steward.post(
            "/staff/contacts/\(id)/hold",
            ["held-request-inspection": "yes", "reason": "Your check came back. Pay at the counter."])
        #expect(placed.status == 303)
        #expect(await steward.get("/staff/contacts/\(id)").text.contains("Your check came back"))
        func mails() async throws -> [String] {
            try await two.city.read {
                try $0.rows("SELECT text FROM mail WHERE recipient = 'pat@example.org' ORDER BY id").map { try $0["text"] }
            }
        }
        let told = try #require(try await mails().last)
        #expect(told.contains("Request an inspection") && told.contains("Your check came back. Pay at the counter."))
        func held(_ what: ContactHold.Held, _ on: CaseID) async throws -> [String] {
            try await two.city.read { try ContactHold.all(onCase: on, what, $0).map(\.reason) }
        }
        #expect(try await held(.requestInspection, two.oneCase) == ["Your check came back. Pay at the counter."])
        #expect(try await held(.renew, two.oneCase).isEmpty)
        #expect(try await held(.requestInspection, otherCase).isEmpty)
        let edge = try await two.merge()
        #expect(try await held(.requestInspection, otherCase).count == 1)
        try await two.separate(edge)
        #expect(try await held(.requestInspection, otherCase).isEmpty)
        let hold: Int64? = try await two.city.read { try $0.value("SELECT id FROM contact_hold WHERE until IS NULL") }
        let lift = "/staff/contacts/\(id)/hold/\(try #require(hold))"
        #expect(await steward.post(lift, ["why": ""]).status == 422)
        #expect(await steward.post(lift, ["why": "Paid at the counter"]).status == 303)
        #expect(try await held(.requestInspection, two.oneCase).isEmpty)
        #expect(await steward.get(lift).status == 404)
        #expect(try await mails().last?.contains("This is possible again") == true)
    }

    @Test func `B11 a hold needs something that is held and a reason that the contact can read`() async throws {
        let two = try await TwoRecords()
        let steward = try await two.city.desk()
        let one = two.one
        let id = try await two.city.read { try Contact.find(one, $0)?.publicID.description ?? "" }
        #expect(await steward.post("/staff/contacts/\(id)/hold", ["reason": "A reason"]).status == 422)
        #expect(await steward.post("/staff/contacts/\(id)/hold", ["held-renew": "yes"]).status == 422)
        #expect(try await two.city.read { try $0.value("SELECT COUNT(*) FROM contact_hold") } == 0)
    }
}

@Suite struct ProposalTests {
    @Test func `B10 a person says that two of their records are the same; a steward merges them and the person is told`()
        async throws
    {
        let two = try await TwoRecords()
        let (account, other) = (two.oneAccount, two.other)
        try await two.city.write { try ContactWriter($0).link(account, to: other, how: .steward, evidence: "a deed") }
        let person = try await two.city.visitor(account)
        let page = await person.get("/account/contacts/same")
        let boxes = page.text.split(separator: "name=\"record-").dropFirst().map { "record-" + $0.prefix { $0 != "\"" } }
        #expect(boxes.count == 2)
        #expect(await person.post("/account/contacts/same", [boxes[0]: "yes", "why": "I married"]).status == 422)
        let said = await person.post("/account/contacts/same", [boxes[0]: "yes", boxes[1]: "yes", "why": "I married"])
        #expect(said.status == 303)
        let steward = try await two.city.desk()
        #expect(await steward.get("/staff/desk/clean-up/proposals").text.contains("I married"))
        try await two.merge()
        #expect(await steward.get("/staff/desk/clean-up/proposals").text.contains("Nobody is waiting"))
        let subjects: [String] = try await two.city.read {
            try $0.rows("SELECT subject FROM mail WHERE recipient = 'pat@example.org'").map { try $0["subject"] }
        }
        #expect(subjects.contains("Your two records are one now"))
    }

    @Test func `B10 a no comes with the steward's words, once`() async throws {
        let two = try await TwoRecords()
        let (account, one, other) = (two.oneAccount, two.one, two.other)
        try await two.city.write { change in
            try ContactWriter(change).link(account, to: other, how: .steward, evidence: "a deed")
            guard let first = try Contact.find(one, change.conn), let second = try Contact.find(other, change.conn) else {
                return
            }
            try MergeProposal.make(first, second, why: "I married", by: account, change)
        }
        let steward = try await two.city.desk()
        let id = try #require(try await two.city.read { try MergeProposal.waiting($0).first?.publicID })
        #expect(await steward.post("/staff/desk/clean-up/proposals/\(id)", ["answer": ""]).status == 422)
        #expect(
            await steward.post("/staff/desk/clean-up/proposals/\(id)", ["answer": "The deed names your sister."]).status == 303)
        #expect(await steward.get("/staff/desk/clean-up/proposals/\(id)").status == 404)
        let texts: [String] = try await two.city.read {
            try $0.rows("SELECT text FROM mail WHERE recipient = 'pat@example.org'").map { try $0["text"] }
        }
        #expect(texts.contains { $0.contains("The deed names your sister.") })
    }
}
