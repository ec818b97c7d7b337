import Accounts
import Cases
import CityPack
import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import CleanUp

/// What waits after a merge was taken back (B9).
@Suite struct SinceMergeTests {
    private func item(_ two: TwoRecords) async throws -> Int64 {
        let id: Int64? = try await two.city.read {
            try $0.value("SELECT id FROM since_merge WHERE case_id IS NOT NULL AND state = 'waiting'")
        }
        return try #require(id)
    }

    private func publicID(_ contact: ContactID, _ city: TestCity) async throws -> String {
        try await city.read { try Contact.find(contact, $0)?.publicID.description ?? "" }
    }

    private func put(
        _ contact: ContactID, on id: CaseID, as key: String = "applicant", rights: Rights? = nil, by principal: Principal,
        _ city: TestCity
    ) async throws {
        let type = try #require(city.context.pack.contactType(key))
        try await city.write(as: principal) { _ = try GrantWriter($0).add(contact, to: id, as: type, rights: rights) }
    }

    /// The once-keys of the page's forms, in their order.
    private func keys(_ page: String) -> [String] {
        page.matches(of: /name="once" value="([^"]*)"/).map { String($0.output.1) }
    }

    @Test func `B9 what somebody did for their own record stays theirs, what another did for that name waits`() async throws {
        let two = try await TwoRecords()
        let edge = try await two.merge()
        let (own, others) = (try await two.city.aCase(street: "1 Oak St"), try await two.city.aCase(street: "2 Oak St"))
        let neighbor = try await two.city.account("Noa", "Other", email: "noa@example.org")
        try await put(two.one, on: own, by: .account(two.oneAccount, actingFor: nil), two.city)
        try await put(two.one, on: others, by: .account(neighbor, actingFor: nil), two.city)
        try await two.separate(edge)
        #expect(try await two.sees(two.oneAccount, own))
        #expect(try await !two.sees(two.oneAccount, others))
        // Both are in the list to look at.
        let waiting: Int? = try await two.city.read { try $0.value("SELECT COUNT(*) FROM since_merge WHERE state = 'waiting'") }
        #expect(waiting == 2)
    }

    @Test func `B9 what somebody did for a record that a merge gave them waits`() async throws {
        let two = try await TwoRecords()
        let (one, other, account) = (two.one, two.other, two.otherAccount)
        let edge = try await two.merge()
        try await two.city.write { change in
            for gain in try MergeGain.all(between: [one], and: [other], change.conn) where gain.account == account {
                try ContactWriter(change).give(gain, by: edge, evidence: "her passport")
            }
        }
        let third = try await two.city.aCase(street: "1 Oak St")
        try await put(one, on: third, by: .account(account, actingFor: nil), two.city)
        try await two.separate(edge)
        #expect(try await !two.sees(two.oneAccount, third))
    }

    @Test func `B9 an undo asks the database as often for a long time together as for a short one`() async throws {
        func statements(_ acts: Int) async throws -> (page: Int, undo: Int) {
            let log = StatementLog()
            let two = try await TwoRecords(statements: log)
            let edge = try await two.merge()
            let other = two.other
            for act in 0..<acts { try await two.city.write { try ContactWriter($0).setFindable(act % 2 == 1, other) } }
            let steward = try await two.city.desk()
            let page = "/staff/contacts/\(try await publicID(two.one, two.city))/apart/\(edge.id)"
            _ = await steward.get(page)
            _ = log.take()
            #expect(await steward.get(page).text.contains("\(acts) things happened since"))
            let count = log.take().count
            try await two.separate(edge)
            return (count, log.take().count)
        }
        let (few, many) = (try await statements(2), try await statements(40))
        #expect(few.page == many.page)
        #expect(few.undo == many.undo)
    }

    @Test func `B9 the list of what happened comes in pages, what waits first, by an index`() async throws {
        let two = try await TwoRecords()
        let edge = try await two.merge()
        let other = two.other
        for act in 0..<30 { try await two.city.write { try ContactWriter($0).setFindable(act % 2 == 1, other) } }
        try await two.separate(edge)
        let steward = try await two.city.desk()
        let first = await steward.get("/staff/desk/clean-up/undone/\(edge.id)")
        #expect(first.text.contains("1–25 of 30"))
        #expect(await steward.get("/staff/desk/clean-up/undone/\(edge.id)?page=2").text.contains("26–30 of 30"))
        let oldest = try await two.city.read { try SinceMerge.all(of: edge.id, limit: 1, offset: 0, $0).map(\.id) }
        await steward.post("/staff/desk/clean-up/undone/\(edge.id)", ["item": "\(try #require(oldest.first))", "who": ""])
        let last = try await two.city.read { try SinceMerge.all(of: edge.id, limit: 1, offset: 29, $0).map(\.id) }
        #expect(last == oldest)
        #expect(await steward.post("/staff/desk/clean-up/undone/\(edge.id)", ["item": "rest", "who": ""]).status == 303)
        let waiting: Int? = try await two.city.read { try $0.value("SELECT COUNT(*) FROM since_merge WHERE state = 'waiting'") }
        #expect(waiting == 0)
        let plan = try await two.city.read { try QueryPlan(SinceMerge.list(of: edge.id, limit: 25, offset: 0), $0) }
        #expect(plan.uses(index: "since_merge_list"), "\(plan)")
        if TestDatabase.current == .sqlite { #expect(!plan.sorts, "\(plan)") }
    }

    @Test func `B9 the page names whom the undo takes access from, and the undo's own endings wait for nobody`() async throws {
        let two = try await TwoCompanies()
        let (one, other, owner) = (two.one, two.other, two.owner)
        let manager = try await two.hired("Mia", as: .manager)
        let third = try await two.city.company("Alder Group")
        let edge = try await two.merge(giving: owner)
        // The manager has access by another merge, which stays.
        try await two.city.write { change in
            let gains = try MergeGain.all(between: [one, other], and: [third], change.conn)
            let second = try ContactWriter(change).merge(third, into: one, evidence: "same phone")
            for gain in gains where gain.account == manager && gain.contacts.contains(third) {
                try ContactWriter(change).give(gain, by: second, evidence: "same phone")
            }
        }
        let folded = try #require(FoldedEmail("second@alder.example"))
        let steward = try await two.city.desk()
        let contact = "/staff/contacts/\(try await publicID(one, two.city))"
        let page = await steward.get("\(contact)/apart/\(edge.id)").text
        #expect(page.contains("Access that the merge gave ends now for Olga Alder."))
        #expect(page.contains("Nothing happened with them since"))
        // What the owner asked of others by it is taken back, and nobody need look at that either.
        try await two.city.write(as: .account(owner, actingFor: nil)) { change in
            _ = try ContactWriter(change).invite(
                TypedAddress(typed: folded.description, folded: folded), to: other, as: .member, by: owner, days: 7,
                language: .english)
        }
        #expect(await steward.get("\(contact)/apart/\(edge.id)").text.contains("1 thing happened since"))
        let undone = await steward.post("\(contact)/apart/\(edge.id)", ["why": "Two companies"])
        #expect(await steward.follow(undone).text.contains("Decide about 1 thing below"))
        #expect(try await two.city.read { try SinceMerge.counts(of: edge.id, $0).all } == 1)
        let listed = await steward.get("\(contact)").text
        #expect(listed.contains("Mia Crew"))
    }

    @Test func `B9 the endings of one undo do not wait at the next one`() async throws {
        let two = try await TwoCompanies()
        let (one, owner) = (two.one, two.otherOwner)
        let third = try await two.city.company("Alder Group")
        let second = try await two.city.write { try ContactWriter($0).merge(third, into: one, evidence: "same phone") }
        let edge = try await two.merge(giving: owner)
        let folded = try #require(FoldedEmail("second@alder.example"))
        try await two.city.write(as: .account(owner, actingFor: nil)) { change in
            _ = try ContactWriter(change).invite(
                TypedAddress(typed: folded.description, folded: folded), to: one, as: .member, by: owner, days: 7,
                language: .english)
        }
        try await two.separate(edge)
        try await two.separate(second)
        // The invitation, and nothing of how the other undo took it and the access back.
        #expect(try await two.city.read { try SinceMerge.counts(of: second.id, $0).all } == 1)
    }

    @Test func `B9 a place is given with the rights it had, also to the other record`() async throws {
        let two = try await TwoRecords()
        let edge = try await two.merge()
        let third = try await two.city.aCase(street: "7 Aurora Ave")
        let neighbor = try await two.city.account("Noa", "Other", email: "noa@example.org")
        try await put(two.one, on: third, as: "contact", rights: [.view], by: .account(neighbor, actingFor: nil), two.city)
        try await two.separate(edge)
        let steward = try await two.city.desk()
        let answer = await steward.post(
            "/staff/desk/clean-up/undone/\(edge.id)", ["item": "\(try await item(two))", "who": "\(two.other)"])
        #expect(answer.status == 303)
        #expect(try await two.sees(two.otherAccount, third))
        let other = two.other
        let bills: Bool? = try await two.city.read {
            try $0.value("SELECT may_bill FROM case_grant WHERE case_id = \(third) AND contact_id = \(other) AND until IS NULL")
        }
        #expect(bills == false)
    }

    @Test func `B9 a place is given as the case knows it, also when the city calls it something else now`() async throws {
        let two = try await TwoRecords()
        let edge = try await two.merge()
        let third = try await two.city.aCase(street: "7 Aurora Ave")
        try await put(two.one, on: third, as: "contractor-electrical", by: .job("test"), two.city)
        try await two.separate(edge)
        let files = TestCity.pack.files.mapValues { $0.replacing("contractor-electrical", with: "contractor-electric") }
        let later = try await two.city.with(pack: CityPack.load(files: files))
        let steward = try await later.desk()
        let answer = await steward.post(
            "/staff/desk/clean-up/undone/\(edge.id)", ["item": "\(try await item(two))", "who": "\(two.other)"])
        #expect(answer.status == 303)
        #expect(try await two.sees(two.otherAccount, third))
    }

    @Test func `B9 a place that the case does not know is given to nobody, and nobody is told that it was`() async throws {
        let two = try await TwoRecords()
        let edge = try await two.merge()
        let third = try await two.city.aCase(street: "7 Aurora Ave")
        try await put(two.one, on: third, by: .job("test"), two.city)
        try await two.separate(edge)
        let id = try await item(two)
        try await two.city.write { _ = try $0.conn.run("UPDATE since_merge SET contact_type = 'beekeeper' WHERE id = \(id)") }
        let steward = try await two.city.desk()
        let path = "/staff/desk/clean-up/undone/\(edge.id)"
        let answer = await steward.post(path, ["item": "\(id)", "who": "\(two.other)"])
        #expect(answer.status == 409)
        #expect(answer.text.contains("no longer knows this part"))
        #expect(try await item(two) == id)
        #expect(await steward.post(path, ["item": "\(id)", "who": "nobody"]).status == 303)
    }

    @Test func `B9 two decisions from one page are two`() async throws {
        let two = try await TwoRecords()
        let edge = try await two.merge()
        let (third, fourth) = (try await two.city.aCase(street: "7 Aurora Ave"), try await two.city.aCase(street: "9 Oak St"))
        for id in [third, fourth] { try await put(two.one, on: id, by: .job("test"), two.city) }
        try await two.separate(edge)
        let steward = try await two.city.desk()
        let path = "/staff/desk/clean-up/undone/\(edge.id)"
        let page = await steward.get(path).text
        let forms = page.split(separator: "<form").dropFirst().filter { $0.contains("name=\"who\" value=\"\(two.other)\"") }
        #expect(forms.count == 2)
        for form in forms {
            let item = try #require(form.firstMatch(of: /name="item" value="([0-9]+)"/)).output.1
            await steward.post(path, ["item": String(item), "who": "\(two.other)"], once: try #require(keys(String(form)).first))
        }
        #expect(try await two.sees(two.otherAccount, third))
        #expect(try await two.sees(two.otherAccount, fourth))
    }

    @Test func `C1 d two mailboxes are marked from one page`() async throws {
        let city = try await TestCity.make()
        let company = try await city.company("Alder Homes", email: "one@homes.example", also: ["two@homes.example"])
        let steward = try await city.desk()
        let path = "/staff/contacts/\(try await publicID(company, city))"
        let forms = await steward.get(path).text.split(separator: "<form").dropFirst().filter { $0.contains("name=\"shared\"") }
        #expect(forms.count == 2)
        for form in forms {
            let email = try #require(form.firstMatch(of: /name="email" value="([0-9]+)"/)).output.1
            await steward.post(
                "\(path)/mailbox", ["email": String(email), "shared": "yes"], once: try #require(keys(String(form)).first))
        }
        let shared: Int? = try await city.read { try $0.value("SELECT COUNT(*) FROM contact_email WHERE shared_mailbox = 1") }
        #expect(shared == 2)
    }
}
