import Accounts
import Cases
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import CleanUp
@testable import Contacts

/// Two records of one company, each with a case and an owner of its own.
struct TwoCompanies {
    let city: TestCity
    let (one, other): (ContactID, ContactID)
    let (owner, otherOwner): (AccountID, AccountID)
    let (oneCase, otherCase): (CaseID, CaseID)

    init() async throws {
        city = try await TestCity.make()
        one = try await city.company("Alder Builders LLC", email: "olga@alder.example")
        other = try await city.company("Alder Homes", email: "ned@homes.example")
        (oneCase, otherCase) = (try await city.aCase(), try await city.aCase(street: "40 Pearl St"))
        try await city.grant(one, on: oneCase, as: "contractor-electrical")
        try await city.grant(other, on: otherCase, as: "contractor-electrical")
        owner = try await city.account("Olga", "Alder", email: "olga@alder.example")
        otherOwner = try await city.account("Ned", "Alder", email: "ned@homes.example")
    }

    /// Somebody who belongs to the first record's organization.
    func hired(_ first: String, as role: Membership.Role = .member) async throws -> AccountID {
        let account = try await city.account(first, "Crew", email: "\(first.lowercased())@crew.example")
        let one = one
        try await city.write { _ = try ContactWriter($0).join(account, organization: one, as: role, evidence: "hired") }
        return account
    }

    /// The second record is shown under the first one's face; these accounts are given what they gain.
    func merge(giving accounts: AccountID...) async throws -> IdentityEdge {
        let (one, other) = (one, other)
        return try await city.write { change in
            let gains = try MergeGain.all(between: [one], and: [other], change.conn)
            let edge = try ContactWriter(change).merge(other, into: one, evidence: "one license number")
            for gain in gains where accounts.contains(gain.account) {
                try ContactWriter(change).give(gain, by: edge, evidence: "one license number")
            }
            return edge
        }
    }

    func separate(_ edge: IdentityEdge) async throws {
        try await city.write { try ContactWriter($0).separate(edge, why: "two companies") }
    }

    /// What the account is in the second record's organization.
    func place(_ account: AccountID) async throws -> Membership.Place? {
        let other = other
        return try await city.read { try Membership.find(account, in: other, $0)?.place }
    }

    func sees(_ account: AccountID, _ id: CaseID) async throws -> Bool {
        let access = city.context.access
        return try await city.read { try access.may("case.party-view", .account(account, actingFor: nil), on: id.value, $0) }
    }

    /// The subjects of the mails to an address, newest first.
    func mails(to address: String) async throws -> [String] {
        try await city.read { conn in
            try conn.rows("SELECT subject FROM mail WHERE recipient = \(address) ORDER BY id DESC").map { try $0["subject"] }
        }
    }
}

/// What a merge gives, and how long.
@Suite struct MergeAccessTests {
    @Test func `B9 who is removed from a company keeps nothing that a merge gave because of it`() async throws {
        let two = try await TwoCompanies()
        let (one, gone) = (two.one, try await two.hired("Xavier"))
        let stays = try await two.hired("Yara")
        _ = try await two.merge(giving: gone, stays)
        #expect(try await two.sees(gone, two.otherCase))
        try await two.city.write(as: .account(two.owner, actingFor: nil)) {
            _ = try ContactWriter($0).leave(gone, organization: one)
        }
        #expect(try await !two.sees(gone, two.oneCase))
        #expect(try await !two.sees(gone, two.otherCase))
        #expect(try await two.place(gone) == nil)
        #expect(try await two.sees(stays, two.otherCase))
    }

    @Test func `B9 an owner who should not be one keeps nothing that a merge gave, and neither does a person`() async throws {
        let two = try await TwoCompanies()
        let (one, owner) = (two.one, two.owner)
        _ = try await two.merge(giving: owner)
        let ended = try await two.city.write { try ContactWriter($0).endMembership(of: owner, in: one, why: "never hers") }
        #expect(ended)
        #expect(try await !two.sees(owner, two.otherCase))

        let people = try await TwoRecords()
        let (record, other, account) = (people.one, people.other, people.oneAccount)
        let edge = try await people.merge()
        try await people.city.write { change in
            for gain in try MergeGain.all(between: [record], and: [other], change.conn) where gain.account == account {
                try ContactWriter(change).give(gain, by: edge, evidence: "her passport")
            }
        }
        #expect(try await people.sees(account, people.otherCase))
        try await people.city.write { _ = try ContactWriter($0).unlink(account, from: record, why: "wrong person") }
        #expect(try await !people.sees(account, people.otherCase))
    }

    @Test func `B9 what a merge gave stays with whoever still acts for one of its records by themselves`() async throws {
        let two = try await TwoCompanies()
        let (one, other) = (two.one, two.other)
        let third = try await two.city.company("Alder Group")
        let member = try await two.hired("Xavier")
        try await two.city.write { _ = try ContactWriter($0).join(member, organization: third, as: .member, evidence: "hired") }
        let edge = try await two.merge(giving: member)
        try await two.city.write { try ContactWriter($0).merge(third, into: one, evidence: "same phone") }
        try await two.city.write { _ = try ContactWriter($0).leave(member, organization: one) }
        #expect(try await two.place(member)?.role == .member)
        try await two.separate(edge)
        #expect(try await two.place(member) == nil)
        #expect(try await two.city.read { try Cluster.members(of: other, $0) } == [other])
    }

    @Test func `B2 invitations by whoever was an owner through a merge end with it`() async throws {
        let two = try await TwoCompanies()
        let (owner, other) = (two.owner, two.other)
        let edge = try await two.merge(giving: owner)
        let folded = try #require(FoldedEmail("second@alder.example"))
        try await two.city.write(as: .account(owner, actingFor: nil)) { change in
            _ = try ContactWriter(change).invite(
                TypedAddress(typed: folded.description, folded: folded), to: other, as: .owner, by: owner, days: 7,
                language: .english)
        }
        func open() async throws -> Int {
            try await two.city.read { try $0.value("SELECT COUNT(*) FROM organization_invitation WHERE until IS NULL") ?? -1 }
        }
        #expect(try await open() == 1)
        try await two.separate(edge)
        #expect(try await open() == 0)
    }

    @Test(
        "B2 whom an owner makes an owner before leaving stays one when a merge is undone",
        arguments: [Membership.Role.member, .owner])
    func handsOver(given role: Membership.Role) async throws {
        let two = try await TwoCompanies()
        let (other, otherOwner) = (two.other, two.otherOwner)
        let heir = try await two.hired("Xavier", as: role)
        let edge = try await two.merge(giving: heir)
        #expect(try await two.place(heir)?.role == role)
        try await two.city.write(as: .account(otherOwner, actingFor: nil)) {
            try ContactWriter($0).handOver(from: otherOwner, to: heir, organization: other)
        }
        try await two.separate(edge)
        #expect(try await two.place(heir)?.role == .owner)
        #expect(try await two.place(otherOwner) == nil)
    }

    @Test func `B2 an owner by a merge does not let the last one by themselves go`() async throws {
        let two = try await TwoCompanies()
        let (owner, other, otherOwner) = (two.owner, two.other, two.otherOwner)
        let edge = try await two.merge(giving: owner)
        await #expect(throws: Refusal.self) {
            try await two.city.write { _ = try ContactWriter($0).leave(otherOwner, organization: other) }
        }
        await #expect(throws: Refusal.self) {
            try await two.city.write(as: .account(owner, actingFor: nil)) {
                try ContactWriter($0).setRole(.member, of: otherOwner, organization: other)
            }
        }
        try await two.separate(edge)
        #expect(try await two.place(otherOwner)?.role == .owner)
    }

    @Test func `B2 what somebody by a merge makes of another ends with the merge`() async throws {
        let two = try await TwoCompanies()
        let (owner, other) = (two.owner, two.other)
        let member = try await two.hired("Xavier")
        let edge = try await two.merge(giving: owner, member)
        try await two.city.write(as: .account(owner, actingFor: nil)) {
            try ContactWriter($0).setRole(.manager, of: member, organization: other)
        }
        try await two.separate(edge)
        #expect(try await two.place(member) == nil)
    }

    @Test func `B2 who is an owner by a merge and joins as a member is an owner until it is undone, then a member`() async throws
    {
        let two = try await TwoCompanies()
        let (owner, other) = (two.owner, two.other)
        let edge = try await two.merge(giving: owner)
        let joined = try await two.city.write {
            try ContactWriter($0).join(owner, organization: other, as: .member, scope: .chosen, evidence: "an invitation")
        }
        #expect(joined)
        #expect(try await two.place(owner) == .init(role: .owner, scope: .all))
        // Once.
        #expect(
            try await !two.city.write { try ContactWriter($0).join(owner, organization: other, as: .member, evidence: "again") })
        try await two.separate(edge)
        #expect(try await two.place(owner) == .init(role: .member, scope: .chosen))
        #expect(try await !two.sees(owner, two.otherCase))
        #expect(try await two.mails(to: "olga@alder.example").first == "Your role at Alder Homes")
    }

    @Test func `B2 who is a member by a merge and joins as an owner is one when it is undone`() async throws {
        let two = try await TwoCompanies()
        let (member, other) = (try await two.hired("Xavier"), two.other)
        let edge = try await two.merge(giving: member)
        try await two.city.write { _ = try ContactWriter($0).join(member, organization: other, as: .owner, evidence: "a deed") }
        try await two.separate(edge)
        #expect(try await two.place(member)?.role == .owner)
    }

    @Test func `C3 both sides are told when a merge gives access to a company, and when that ends`() async throws {
        let two = try await TwoCompanies()
        let edge = try await two.merge(giving: two.owner)
        #expect(try await two.mails(to: "olga@alder.example").first == "You can now see the cases of Alder Homes")
        #expect(try await two.mails(to: "ned@homes.example") == ["Olga Alder can now see the cases of Alder Homes"])
        try await two.separate(edge)
        #expect(try await two.mails(to: "olga@alder.example").first == "You can no longer see the cases of Alder Homes")
        #expect(
            try await two.mails(to: "ned@homes.example") == [
                "Olga Alder can no longer see the cases of Alder Homes", "Olga Alder can now see the cases of Alder Homes",
            ])
        // Nobody hears of an owner who removed them.
        let removed = try await two.mails(to: "olga@alder.example").contains { $0.contains("no longer act") }
        #expect(!removed)
    }

    @Test func `C3 both sides are told when a merge gives access to a person's record, and when that ends`() async throws {
        let two = try await TwoRecords()
        let (one, other, account) = (two.one, two.other, two.oneAccount)
        let edge = try await two.merge()
        try await two.city.write { change in
            for gain in try MergeGain.all(between: [one], and: [other], change.conn) where gain.account == account {
                try ContactWriter(change).give(gain, by: edge, evidence: "her passport")
            }
        }
        func newest(_ address: String) async throws -> String? {
            try await two.city.read {
                try $0.value("SELECT subject FROM mail WHERE recipient = \(address) ORDER BY id DESC LIMIT 1")
            }
        }
        #expect(try await newest("pat@example.org") == "You can now see the cases of Pat Quimby-Rao")
        #expect(try await newest("pqr@example.net") == "Patricia Quimby can now see the cases of Pat Quimby-Rao")
        try await two.separate(edge)
        #expect(try await newest("pat@example.org") == "You can no longer see the cases of Pat Quimby-Rao")
        #expect(try await newest("pqr@example.net") == "Patricia Quimby can no longer see the cases of Pat Quimby-Rao")
    }
}
