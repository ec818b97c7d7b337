import Accounts
import Contacts
import Core
import Primitives
import TestSupport
import Testing

/// C1 on a real city: who sees which case before and after an address is proven.
@Suite struct ClaimTests {
    @Test("C1 (a): one person's record is linked and all its cases are there")
    func aPersonFindsTheirCases() async throws {
        let city = try await TestCity.make()
        let rosa = try await city.person("Rosa", "Quimby", email: "rosa@example.org")
        let (mine, other) = (try await city.aCase(), try await city.aCase())
        try await city.grant(rosa, on: mine)
        let account = try await city.account("Rosa", "Quimby", email: "ROSA@example.org")
        #expect(try await city.sees(account, mine))
        #expect(try await !city.sees(account, other))
        #expect(try await city.welcome(account).hasPrefix("We found your records"))
        #expect(try await city.read { try ContactPeople.personContact(of: account, $0) } == rosa)
        #expect(try await city.facts(.claimDecided, about: .account(account)).map { $0.text("decision") } == ["link-person"])
    }

    @Test("C1 (a): the other addresses on the record are told")
    func otherAddressesAreTold() async throws {
        let city = try await TestCity.make()
        _ = try await city.write { change in
            var new = NewContact(.person)
            new.firstName = "Rosa"
            new.lastName = "Quimby"
            new.emails = [.init("rosa@example.org"), .init("old@example.org")]
            return try ContactWriter(change).create(new)
        }
        try await city.account("Rosa", "Quimby", email: "rosa@example.org")
        #expect(
            try await city.mails(to: "old@example.org").map(\.subject) == ["Somebody now acts for a record with your address"])
        #expect(try await city.mails(to: "rosa@example.org").isEmpty)
    }

    @Test("C1 (b): the first to prove a company's address owns it and sees all its cases")
    func firstOwner() async throws {
        let city = try await TestCity.make()
        let company = try await city.company("Front Range Electric LLC", email: "office@frontrange.example")
        let (mine, other) = (try await city.aCase(), try await city.aCase())
        try await city.grant(company, on: mine, as: "contractor-electrical")
        let account = try await city.account("Jo", "Avery", email: "office@frontrange.example", company: "Another Name Inc")
        #expect(try await city.role(account, in: company) == .owner)
        #expect(try await city.sees(account, mine))
        #expect(try await !city.sees(account, other))
        #expect(try await city.welcome(account).hasPrefix("You now act for Front Range Electric LLC"))
        let acting = try await city.read { try Membership.all(of: account, $0).first }
        #expect(acting?.organization == company)
        #expect(acting?.organizationName == "Front Range Electric LLC")
        // What was typed is ignored, and the person has a record of their own without the company's address.
        #expect(try await city.read { try Membership.all(of: account, $0).count } == 1)
        let own = try #require(try await city.read { try ContactPeople.personContact(of: account, $0) })
        #expect(try await city.read { try ContactDetails.find(own, $0).emails.isEmpty })
        #expect(try await city.read { try Contact.find(own, $0)?.isFindable } == false)
    }

    @Test("C1 (c): a company with an owner asks the owner, and nothing is open before")
    func joinRequest() async throws {
        let city = try await TestCity.make()
        let company = try await city.company("Front Range Electric LLC", email: "office@fr.example", also: ["crew@fr.example"])
        let permit = try await city.aCase()
        try await city.grant(company, on: permit, as: "contractor-electrical")
        let owner = try await city.account("Jo", "Avery", email: "office@fr.example")
        let asker = try await city.account("Bo", "Crew", email: "crew@fr.example")
        #expect(try await !city.sees(asker, permit))
        #expect(try await city.role(asker, in: company) == nil)
        #expect(try await city.welcome(asker).hasPrefix("We asked the owners of Front Range Electric LLC"))
        #expect(try await city.sees(owner, permit))
        let mail = try #require(try await city.mails(to: "office@fr.example").first)
        #expect(mail.subject == "Bo Crew asks to act for Front Range Electric LLC")
        #expect(mail.link?.hasSuffix(try await city.page(of: company)) == true)
    }

    @Test("C1 (d): a shared mailbox opens the company, never a person")
    func sharedMailbox() async throws {
        let city = try await TestCity.make()
        let company = try await city.company("Northfork Builders LLC", email: "info@northfork.example", shared: true)
        let person = try await city.person("Pat", "Northfork", email: "info@northfork.example")
        let (theirs, his) = (try await city.aCase(), try await city.aCase())
        try await city.grant(company, on: theirs)
        try await city.grant(person, on: his)
        let account = try await city.account(email: "info@northfork.example")
        #expect(try await city.role(account, in: company) == .owner)
        #expect(try await city.sees(account, theirs))
        #expect(try await !city.sees(account, his))
        let facts = try await city.facts(.claimUndecided, about: .account(account))
        #expect(facts.map { $0.arguments["contacts"] } == [.array([.integer(person.value)])])
    }

    @Test("C1 (d): a person with a shared mailbox goes to a steward")
    func sharedPerson() async throws {
        let city = try await TestCity.make()
        let person = try await city.person("Pat", "Quimby", email: "family@example.org", shared: true)
        let permit = try await city.aCase()
        try await city.grant(person, on: permit)
        let account = try await city.account("Pat", "Quimby", email: "family@example.org")
        #expect(try await !city.sees(account, permit))
        #expect(try await city.facts(.claimUndecided, about: .account(account)).map { $0.text("reason") } == ["shared-mailbox"])
        #expect(try await city.welcome(account).hasPrefix("We are checking which records are yours"))
    }

    @Test("C1: several persons with one address go to a steward, and nobody gains a case")
    func severalPersons() async throws {
        let city = try await TestCity.make()
        let one = try await city.person("Ann", "Quimby", email: "home@example.org")
        let two = try await city.person("Bob", "Quimby", email: "home@example.org")
        let (hers, his) = (try await city.aCase(), try await city.aCase())
        try await city.grant(one, on: hers)
        try await city.grant(two, on: his)
        let account = try await city.account("Ann", "Quimby", email: "home@example.org")
        #expect(try await !city.sees(account, hers))
        #expect(try await !city.sees(account, his))
        let fact = try #require(try await city.facts(.claimUndecided, about: .account(account)).first)
        #expect(fact.arguments["contacts"] == .array([.integer(one.value), .integer(two.value)]))
        #expect(fact.text("email") == "home@example.org")
        #expect(fact.text("reason") == "several-contacts")
        // The account's own record does not carry the address a third time.
        let carriers = try await city.read { conn in
            try FoldedEmail("home@example.org").map { try Contact.all(email: $0, conn).map(\.id) } ?? []
        }
        #expect(carriers == [one, two])
        let own = try #require(try await city.read { try ContactPeople.personContact(of: account, $0) })
        #expect(own != one && own != two)
    }

    @Test("C1: a record that somebody else acts as goes to a steward, who decides")
    func takenRecord() async throws {
        let city = try await TestCity.make()
        let rosa = try await city.person("Rosa", "Quimby", email: "rosa@example.org")
        let permit = try await city.aCase()
        try await city.grant(rosa, on: permit)
        let first = try await city.account("Ron", "Other", email: "ron@example.org")
        _ = try await city.write { try ContactWriter($0).link(first, to: rosa, how: .steward, evidence: "test") }
        let second = try await city.account("Rosa", "Quimby", email: "rosa@example.org")
        #expect(try await city.sees(first, permit))
        #expect(try await !city.sees(second, permit))
        #expect(try await city.facts(.claimUndecided, about: .account(second)).map { $0.text("reason") } == ["linked-to-another"])
    }

    @Test("C1: a company's primary contact is decided, every other contact goes to a steward")
    func companyAndPerson() async throws {
        let city = try await TestCity.make()
        let company = try await city.company("Avery Roofing LLC", email: "jo@avery.example")
        let person = try await city.person("Jo", "Avery", email: "jo@avery.example")
        let (work, home) = (try await city.aCase(), try await city.aCase())
        try await city.grant(company, on: work)
        try await city.grant(person, on: home)
        let account = try await city.account("Jo", "Avery", email: "jo@avery.example")
        #expect(try await city.sees(account, work))
        #expect(try await !city.sees(account, home))
        #expect(try await city.welcome(account).hasPrefix("You now act for Avery Roofing LLC"))
        #expect(try await city.welcome(account).contains("checking which other records"))
    }

    @Test("C1: two companies with one address are a steward's to decide, and what was typed is no third one")
    func twoCompanies() async throws {
        let city = try await TestCity.make()
        let one = try await city.company("Avery Roofing LLC", email: "jo@avery.example")
        let two = try await city.company("Avery Roofing", email: "jo@avery.example")
        let permit = try await city.aCase()
        try await city.grant(one, on: permit)
        let account = try await city.account("Jo", "Avery", email: "jo@avery.example", company: "Avery Roofing")
        #expect(try await !city.sees(account, permit))
        #expect(try await city.role(account, in: one) == nil)
        #expect(try await city.role(account, in: two) == nil)
        #expect(try await city.read { try Membership.all(of: account, $0).isEmpty })
    }

    @Test("C1: somebody new gets a record of their own, not findable, with the address")
    func newPerson() async throws {
        let city = try await TestCity.make()
        let account = try await city.account("New", "Comer", email: "new@example.org")
        let own = try #require(try await city.read { try ContactPeople.personContact(of: account, $0) })
        let (contact, details) = try await city.read { (try Contact.find(own, $0), try ContactDetails.find(own, $0)) }
        #expect(contact?.name == "New Comer")
        #expect(contact?.isFindable == false)
        #expect(details.emails.map(\.address.folded.description) == ["new@example.org"])
        #expect(try await city.welcome(account) == "Your account is ready.")
        #expect(try await city.read { try Membership.all(of: account, $0) }.isEmpty)
    }

    @Test("C1: a typed company is a new record that only its account owns, whatever else has that name")
    func typedCompany() async throws {
        let city = try await TestCity.make()
        let known = try await city.company("Front Range Electric LLC", email: "office@fr.example")
        let permit = try await city.aCase()
        try await city.grant(known, on: permit)
        let account = try await city.account("Jo", "Avery", email: "jo@example.org", company: "Front Range Electric LLC")
        #expect(try await !city.sees(account, permit))
        #expect(try await city.role(account, in: known) == nil)
        let memberships = try await city.read { try Membership.all(of: account, $0) }
        #expect(memberships.map(\.role) == [.owner])
        let made = try #require(memberships.first?.organization)
        #expect(made != known)
        #expect(try await city.read { try Contact.find(made, $0)?.isFindable } == false)
    }

    @Test("C1 decides once: proving the address again does not undo what a steward ended")
    func once() async throws {
        let city = try await TestCity.make()
        let rosa = try await city.person("Rosa", "Quimby", email: "rosa@example.org")
        let permit = try await city.aCase()
        try await city.grant(rosa, on: permit)
        let account = try await city.account("Rosa", "Quimby", email: "rosa@example.org")
        _ = try await city.write { try ContactWriter($0).unlink(account, from: rosa, why: "wrong person") }
        #expect(try await !city.sees(account, permit))
        try await city.proves(account, "rosa@example.org")
        #expect(try await !city.sees(account, permit))
        #expect(try await city.facts(.claimDecided, about: .account(account)).count == 1)
    }

    @Test("C1: another address of the same record does not undo what a steward ended either")
    func endedBefore() async throws {
        let city = try await TestCity.make()
        let rosa = try await city.write { change in
            var new = NewContact(.person)
            new.lastName = "Quimby"
            new.emails = [.init("rosa@example.org"), .init("rosa@work.example")]
            return try ContactWriter(change).create(new)
        }
        let permit = try await city.aCase()
        try await city.grant(rosa, on: permit)
        let account = try await city.account("Rosa", "Quimby", email: "rosa@example.org")
        _ = try await city.write { try ContactWriter($0).unlink(account, from: rosa, why: "wrong person") }
        try await city.proves(account, "rosa@work.example")
        #expect(try await !city.sees(account, permit))
        #expect(try await city.facts(.claimUndecided, about: .account(account)).map { $0.text("reason") } == ["ended-before"])
    }

    @Test("B9: records merged into one are one candidate, and only those with the address are linked")
    func mergedRecords() async throws {
        let city = try await TestCity.make()
        let one = try await city.person("Rosa", "Quimby", email: "rosa@example.org")
        let two = try await city.person("R", "Quimby", email: "rosa@example.org")
        let three = try await city.person("Rosa", "Quimby-Hart", email: "hart@example.org")
        var permits: [CaseID] = []
        for contact in [one, two, three] {
            let permit = try await city.aCase()
            try await city.grant(contact, on: permit)
            permits.append(permit)
        }
        _ = try await city.write { change in
            try change.conn.run("UPDATE contact_cluster SET survivor_id = \(one) WHERE contact_id IN (\(two), \(three))")
        }
        let account = try await city.account("Rosa", "Quimby", email: "rosa@example.org")
        #expect(try await city.sees(account, permits[0]))
        #expect(try await city.sees(account, permits[1]))
        #expect(try await !city.sees(account, permits[2]))
        #expect(try await city.facts(.claimUndecided, about: .account(account)).isEmpty)
    }

    @Test("B5: a grant for a proven address goes to its owner's own record; nobody's address gets none")
    func recipients() async throws {
        let city = try await TestCity.make()
        let company = try await city.company("Front Range Electric LLC", email: "office@fr.example")
        let account = try await city.account("Jo", "Avery", email: "office@fr.example")
        let own = try await city.read { try ContactPeople.personContact(of: account, $0) }
        let (known, unknown) = try await city.read { conn in
            (
                try FoldedEmail("Office@FR.example").flatMap { try ContactPeople.recipient(email: $0, conn) },
                try FoldedEmail("nobody@example.org").flatMap { try ContactPeople.recipient(email: $0, conn) }
            )
        }
        #expect(known == own)
        #expect(known != company)
        #expect(unknown == nil)
        #expect(try await city.read { try ContactPeople.behind(company, $0).map(\.email.typed) } == ["office@fr.example"])
    }
}
