import Cases
import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Claims

/// Claims about records that were found to be one (C2, B9): a merge opens nothing by itself, and tells nobody apart who is one.
@Suite struct MergedTests {
    private struct Two {
        let scene: ClaimScene
        /// Shown under the other's face.
        let lower: ContactID
        let survivor: ContactID
    }

    /// Ada's two records, each on a case of its own, with an address of its own.
    private func two(street: String? = nil) async throws -> Two {
        let scene = try await ClaimScene.make()
        var records: [ContactID] = []
        for email in ["ada@old.example", "ada@new.example"] {
            var new = NewContact(.person)
            new.firstName = "Ada"
            new.lastName = "Lindqvist"
            new.emails = [.init(email)]
            if let street { new.address = .init(street: street, unit: "", city: "Boulder", state: "CO", zip: "80301") }
            let contact = new
            records.append(try await scene.city.write(origin: .imported) { try ContactWriter($0).create(contact) })
        }
        try await scene.city.grant(records[0], on: scene.id, as: "property-owner")
        try await scene.city.grant(records[1], on: scene.city.aCase(number: "ELE2026-00902"), as: "property-owner")
        let (lower, survivor) = (records[0], records[1])
        try await scene.city.write { try ContactWriter($0).merge(lower, into: survivor, evidence: "same phone") }
        return Two(scene: scene, lower: lower, survivor: survivor)
    }

    private func link(_ two: Two, _ contact: ContactID, to account: AccountID) async throws {
        _ = try await two.scene.city.write {
            try ContactWriter($0).link(account, to: contact, how: .steward, evidence: "a deed")
        }
    }

    @Test("C2 The addresses of all records of the person are told, also those of the one that was not claimed")
    func told() async throws {
        let two = try await two()
        try await two.scene.invoice("1042", of: two.lower)
        await two.scene.showsInvoice("1042", "1284.20")
        #expect(try await two.scene.cases() == [two.scene.number])
        for email in ["ada@old.example", "ada@new.example"] {
            #expect(try await two.scene.mails(to: email).count == 1, "\(email)")
        }
        await two.scene.city.browser().post(try await two.scene.link("ada@new.example"))
        #expect(try await two.scene.cases() == [])
    }

    @Test("C2 Somebody who has one record of theirs gets the cases of the other by its paper")
    func mate() async throws {
        let two = try await two()
        try await link(two, two.survivor, to: two.scene.claimant)
        try await two.scene.invoice("1042", of: two.lower)
        let page = await two.scene.browser.follow(await two.scene.showsInvoice("1042", "1284.20"))
        #expect(page.text.contains("You are connected with Ada Lindqvist. Its cases are in your list."))
        #expect(try await two.scene.cases() == [two.scene.number, "ELE2026-00902"])
        let again = await two.scene.browser.follow(await two.scene.showsInvoice("1042", "1284.20"))
        #expect(again.text.contains("You are connected with Ada Lindqvist already."))
    }

    @Test("C2 Where the other record is somebody else's too, a steward looks")
    func othersMate() async throws {
        let two = try await two()
        let (other, _) = try await two.scene.another()
        try await link(two, two.survivor, to: two.scene.claimant)
        try await link(two, two.survivor, to: other)
        try await two.scene.invoice("1042", of: two.lower)
        let page = await two.scene.browser.follow(await two.scene.showsInvoice("1042", "1284.20"))
        #expect(page.text.contains("We made a request for you"))
        #expect(try await two.scene.cases() == ["ELE2026-00902"])
    }

    @Test("C1 C2 The owner of a company's one record becomes the owner of its other one by its paper; a member asks a steward")
    func companies() async throws {
        for role in [Membership.Role.owner, .member] {
            let scene = try await ClaimScene.make()
            let older = try await scene.city.company("Northfork Builders", email: nil)
            try await scene.city.write { change in
                let writer = ContactWriter(change)
                try writer.merge(older, into: scene.company, evidence: "same phone")
                try writer.join(scene.claimant, organization: older, as: role)
            }
            if role == .member {
                let (owner, _) = try await scene.another()
                try await scene.city.write { try ContactWriter($0).join(owner, organization: older, as: .owner) }
            }
            try await scene.invoice("1042", of: scene.company)
            let page = await scene.browser.follow(await scene.showsInvoice("1042", "1284.20"))
            #expect(page.text.contains("You now act for Northfork Builders LLC") == (role == .owner))
            #expect(page.text.contains("We made a request for you") == (role == .member))
            #expect(try await scene.cases() == (role == .owner ? [scene.number] : []))
        }
    }

    @Test("C2 Somebody whose records were merged gets a letter: to one with an address, which is not theirs yet")
    func letter() async throws {
        let two = try await two(street: "12 Alder Ct")
        let named = AskedLetter.Named(license: "", name: "Ada Lindqvist", street: "12 Alder Ct", zip: "80301")
        func record() async throws -> ContactID? {
            try await two.scene.city.read { try AskedLetter.record(named, for: two.scene.claimant, $0)?.contact.id }
        }
        #expect(try await record() == two.lower)
        await two.scene.browser.post("/claim/letter", ["name": "Ada Lindqvist", "street": "12 Alder Ct", "zip": "80301"])
        try await two.scene.looks()
        for email in ["ada@old.example", "ada@new.example"] {
            #expect(try await two.scene.mails(to: email).count == 1, "\(email)")
        }
        try await link(two, two.lower, to: two.scene.claimant)
        #expect(try await record() == two.survivor)
        // Two who are not one: nobody guesses.
        let third = try await self.two(street: "12 Alder Ct")
        let edge = try await third.scene.city.read { try Cluster.edges(among: Cluster.members(of: third.lower, $0), $0).first }
        let merge = try #require(edge)
        try await third.scene.city.write { try ContactWriter($0).separate(merge, why: "two people") }
        let nobody = try await third.scene.city.read { try AskedLetter.record(named, for: third.scene.claimant, $0)?.contact.id }
        #expect(nobody == nil)
    }
}
