import Accounts
import Cases
import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import CleanUp

/// Two records of one woman, each with a case and an account of its own; a third person's case, which nobody here may see.
struct TwoRecords {
    let city: TestCity
    let (one, other): (ContactID, ContactID)
    let (oneAccount, otherAccount): (AccountID, AccountID)
    let (oneCase, otherCase): (CaseID, CaseID)

    init(statements: StatementLog? = nil) async throws {
        city = try await TestCity.make(statements: statements)
        one = try await city.person("Patricia", "Quimby", email: "pat@example.org", findable: true)
        other = try await city.person("Pat", "Quimby-Rao", email: "pqr@example.net", findable: true)
        (oneCase, otherCase) = (try await city.aCase(), try await city.aCase(street: "40 Pearl St"))
        try await city.grant(one, on: oneCase)
        try await city.grant(other, on: otherCase)
        oneAccount = try await city.account("Patricia", "Quimby", email: "pat@example.org")
        otherAccount = try await city.account("Pat", "Quimby-Rao", email: "pqr@example.net")
    }

    @discardableResult
    func merge(chosen: [FaceField: ContactID] = [:]) async throws -> IdentityEdge {
        let (one, other) = (one, other)
        return try await city.write { try ContactWriter($0).merge(other, into: one, chosen: chosen, evidence: "she said so") }
    }

    func separate(_ edge: IdentityEdge) async throws {
        try await city.write { try ContactWriter($0).separate(edge, why: "they are sisters") }
    }

    func sees(_ account: AccountID, _ id: CaseID) async throws -> Bool {
        let access = city.context.access
        return try await city.read { try access.may("case.party-view", .account(account, actingFor: nil), on: id.value, $0) }
    }

    func parties(_ id: CaseID, as account: AccountID) async throws -> String {
        let browser = try await city.visitor(account)
        let number = try await city.number(of: id)
        return await browser.get("/cases/\(number)/contacts").text
    }
}

@Suite struct MergeTests {
    @Test func `B9 a merge changes what others see a contact called, and nothing else`() async throws {
        let two = try await TwoRecords()
        try await two.merge(chosen: [.lastName: two.other])
        // Two accounts, two cases: as before.
        #expect(try await two.sees(two.oneAccount, two.oneCase))
        #expect(try await !two.sees(two.oneAccount, two.otherCase))
        #expect(try await two.sees(two.otherAccount, two.otherCase))
        #expect(try await !two.sees(two.otherAccount, two.oneCase))
        // The name that was chosen stands on the cases of both.
        #expect(try await two.parties(two.oneCase, as: two.oneAccount).contains("Patricia Quimby-Rao"))
        #expect(try await two.parties(two.otherCase, as: two.otherAccount).contains("Patricia Quimby-Rao"))
        // The records themselves are as they were.
        let (one, other) = (two.one, two.other)
        let names = try await two.city.read { conn in try [one, other].map { try Contact.find($0, conn)?.name } }
        #expect(names == ["Patricia Quimby", "Pat Quimby-Rao"])
    }

    @Test func `B5 a merged contact is found once, by any of its names`() async throws {
        let two = try await TwoRecords()
        try await two.merge()
        for typed in ["Quimby", "Quimby-Rao"] {
            let result = try await two.city.read { try ContactSearch.search(typed, $0) }
            guard case .found(let hits) = result else {
                Issue.record("nothing found for \(typed)")
                continue
            }
            #expect(hits.map(\.name) == ["Patricia Quimby"])
            #expect(hits.map(\.id) == [two.one])
        }
    }

    @Test func `B9 after unmerging, everything is as before`() async throws {
        let two = try await TwoRecords()
        let before = try await two.parties(two.otherCase, as: two.otherAccount)
        let edge = try await two.merge(chosen: [.firstName: two.one, .lastName: two.one])
        #expect(try await two.parties(two.otherCase, as: two.otherAccount).contains("Patricia Quimby"))
        try await two.separate(edge)
        let after = try await two.parties(two.otherCase, as: two.otherAccount)
        #expect(after.contains("Pat Quimby-Rao") && before.contains("Pat Quimby-Rao"))
        #expect(!after.contains("Patricia"))
        let (one, other) = (two.one, two.other)
        let clusters = try await two.city.read { conn in try [one, other].map { try Cluster.members(of: $0, conn) } }
        #expect(clusters == [[one], [other]])
    }

    @Test func `B9 what a merge gives is listed, given where it is ticked, and ends with the merge`() async throws {
        let two = try await TwoRecords()
        let (one, other) = (two.one, two.other)
        let gains = try await two.city.read { try MergeGain.all(between: [one], and: [other], $0) }
        #expect(Set(gains.map(\.account)) == [two.oneAccount, two.otherAccount])
        #expect(gains.allSatisfy { $0.proof == nil })
        let edge = try await two.merge()
        let mine = try #require(gains.first { $0.account == two.oneAccount })
        try await two.city.write { try ContactWriter($0).give(mine, by: edge, evidence: "her passport") }
        #expect(try await two.sees(two.oneAccount, two.otherCase))
        #expect(try await !two.sees(two.otherAccount, two.oneCase))
        try await two.separate(edge)
        #expect(try await !two.sees(two.oneAccount, two.otherCase))
        #expect(try await two.sees(two.oneAccount, two.oneCase))
    }

    @Test func `B9 an address that the account proved and that stands on the other record is evidence`() async throws {
        let city = try await TestCity.make()
        let one = try await city.person("Rue", "Alder", email: "rue@example.org")
        let account = try await city.account("Rue", "Alder", email: "rue@example.org")
        let other = try await city.person("Rue", "Alder-Voss", email: "rue@example.org")
        let gains = try await city.read { try MergeGain.all(between: [one], and: [other], $0) }
        #expect(gains.map(\.account) == [account])
        #expect(gains.first?.proof == FoldedEmail("rue@example.org"))
    }

    @Test func `B9 a right that somebody gets otherwise meanwhile stays when the merge is undone`() async throws {
        let two = try await TwoRecords()
        let (one, other, account) = (two.one, two.other, two.oneAccount)
        let edge = try await two.merge()
        try await two.city.write { change in
            let gains = try MergeGain.all(between: [one], and: [other], change.conn)
            if let mine = gains.first(where: { $0.account == account }) {
                try ContactWriter(change).give(mine, by: edge, evidence: "her passport")
            }
            try ContactWriter(change).link(account, to: other, how: .steward, evidence: "a deed")
        }
        try await two.separate(edge)
        #expect(try await two.sees(account, two.otherCase))
    }

    @Test func `B9 three records: undoing one merge leaves the other, and ends what stood on it`() async throws {
        let two = try await TwoRecords()
        let third = try await two.city.person("P.", "Quimby", email: "pq@example.com")
        let thirdCase = try await two.city.aCase(street: "7 Aurora Ave")
        try await two.city.grant(third, on: thirdCase)
        let (one, other, account) = (two.one, two.other, two.otherAccount)
        let first = try await two.merge()
        let second = try await two.city.write { change in
            let edge = try ContactWriter(change).merge(one, into: third, evidence: "same phone")
            let gains = try MergeGain.all(between: [one, other], and: [third], change.conn)
            // The other record's account gets the third's case, because the first merge made them one.
            if let gain = gains.first(where: { $0.account == account && $0.contacts.contains(third) }) {
                try ContactWriter(change).give(gain, by: edge, evidence: "same phone")
            }
            return edge
        }
        #expect(try await two.sees(account, thirdCase))
        try await two.separate(first)
        let clusters = try await two.city.read { conn in try [one, other, third].map { try Cluster.members(of: $0, conn) } }
        #expect(clusters == [[one, third], [other], [one, third]])
        #expect(try await !two.sees(account, thirdCase))
        try await two.separate(second)
        #expect(try await two.city.read { try Cluster.members(of: third, $0) } == [third])
    }

    @Test func `B9 a name that was chosen from a record goes with it when its merge is undone and another stays`() async throws {
        let two = try await TwoRecords()
        let third = try await two.city.person("Trish", "Quimby", email: "tq@example.com")
        let (one, other) = (two.one, two.other)
        let first = try await two.merge()
        try await two.city.write {
            try ContactWriter($0).merge(one, into: third, chosen: [.firstName: other], evidence: "same phone")
        }
        func shown(_ contact: ContactID) async throws -> String? {
            try await two.city.read { try Contact.shown(contact, $0)?.name }
        }
        #expect(try await shown(one) == "Pat Quimby")
        try await two.separate(first)
        #expect(try await shown(one) == "Trish Quimby")
        #expect(try await shown(third) == "Trish Quimby")
        #expect(try await shown(other) == "Pat Quimby-Rao")
    }

    @Test func `B9 records of two kinds, or that are one already, are not merged`() async throws {
        let two = try await TwoRecords()
        let company = try await two.city.company("Quimby Tile")
        let (one, other) = (two.one, two.other)
        await #expect(throws: Refusal.self) {
            try await two.city.write { try ContactWriter($0).merge(one, into: company, evidence: "same phone") }
        }
        try await two.merge()
        await #expect(throws: Refusal.self) {
            try await two.city.write { try ContactWriter($0).merge(one, into: other, evidence: "again") }
        }
    }

    @Test func `B9 a corrected name is shown on the cases of every record of the contact`() async throws {
        let two = try await TwoRecords()
        try await two.merge(chosen: [.lastName: two.other])
        let other = two.other
        try await two.city.write { try ContactWriter($0).correct(other, [.lastName: "Quimby Rao"], why: "she wrote") }
        #expect(try await two.parties(two.oneCase, as: two.oneAccount).contains("Patricia Quimby Rao"))
    }

    @Test func `model 4 records that are one and have one part on a case are one row, and leave together`() async throws {
        let two = try await TwoRecords()
        try await two.city.grant(two.other, on: two.oneCase)
        try await two.merge()
        let owner = try await two.city.person("Ola", "Berg", email: "ola@example.org")
        try await two.city.grant(owner, on: two.oneCase, as: "applicant")
        let olas = try await two.city.account("Ola", "Berg", email: "ola@example.org")
        let browser = try await two.city.visitor(olas)
        let number = try await two.city.number(of: two.oneCase)
        let listed = await browser.get("/cases/\(number)/contacts")
        #expect(listed.text.ranges(of: ">Patricia Quimby<").count == 1)
        let grant: Int64? = try await two.city.read { [oneCase = two.oneCase, one = two.one] in
            try $0.value("SELECT id FROM case_grant WHERE case_id = \(oneCase) AND contact_id = \(one) AND until IS NULL")
        }
        let gone = await browser.post("/cases/\(number)/contacts/remove", ["party": "g\(try #require(grant))"])
        #expect(gone.status == 303)
        let (oneCase, pair) = (two.oneCase, [two.one.value, two.other.value])
        let left: Int = try await two.city.read {
            try $0.value(
                "SELECT COUNT(*) FROM case_grant WHERE case_id = \(oneCase) AND contact_id IN \(list: pair) AND until IS NULL")
                ?? 0
        }
        #expect(left == 0)
    }
}
