import Accounts
import Cases
import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import CleanUp

@Suite struct MergePagesTests {
    private func publicIDs(_ two: TwoRecords) async throws -> (String, String) {
        let (one, other) = (two.one, two.other)
        let ids = try await two.city.read { conn in
            try [one, other].map { try Contact.find($0, conn)?.publicID.description ?? "" }
        }
        return (ids[0], ids[1])
    }

    /// The value of a hidden field of the page.
    private func hidden(_ name: String, on page: Browser.Answer) throws -> String {
        let start = try #require(page.text.range(of: "name=\"\(name)\" value=\""))
        return String(page.text[start.upperBound...].prefix { $0 != "\"" })
    }

    /// Merges through the pages: the first record stands for both. Answers the id of the edge.
    private func merges(_ two: TwoRecords, _ steward: Browser, ticking gains: [String] = []) async throws -> Int64 {
        let (one, other) = try await publicIDs(two)
        let page = await steward.get("/staff/contacts/\(one)/merge/\(other)")
        #expect(page.status == 200)
        var fields = ["keep": one, "evidence": "She said so on the phone", "seen": try hidden("seen", on: page)]
        for gain in gains { fields["gain-\(gain)"] = "yes" }
        let answer = await steward.post("/staff/contacts/\(one)/merge/\(other)", fields)
        #expect(answer.location?.hasPrefix("/staff/contacts/\(one)") == true)
        let edge: Int64? = try await two.city.read { try $0.value("SELECT MAX(id) FROM identity_edge") }
        return try #require(edge)
    }

    @Test func `B9 a steward compares, merges, sees one contact, and undoes it`() async throws {
        let two = try await TwoRecords()
        let steward = try await two.city.desk()
        let (one, other) = try await publicIDs(two)
        let page = await steward.get("/staff/contacts/\(one)/merge/\(other)")
        #expect(page.text.contains("Patricia Quimby") && page.text.contains("Pat Quimby-Rao"))
        // Both accounts would gain the other's case; nothing speaks for either, so neither is ticked.
        #expect(page.text.contains("sees 1 more case"))
        let boxes = page.text.split(separator: "<input").filter { $0.contains("type=\"checkbox\"") }
        #expect(boxes.count == 2)
        #expect(!boxes.contains { $0.prefix { $0 != ">" }.contains("checked") })
        let edge = try await merges(two, steward)
        let contact = await steward.get("/staff/contacts/\(one)")
        #expect(contact.text.contains("2 records are shown as one contact"))
        #expect(contact.text.contains("She said so on the phone"))
        #expect(contact.text.contains("pat@example.org") && contact.text.contains("pqr@example.net"))
        // The other's page is the page of the one that stands for both.
        #expect(await steward.get("/staff/contacts/\(other)").location == "/staff/contacts/\(one)")
        let undo = await steward.post("/staff/contacts/\(one)/apart/\(edge)", ["why": "They are sisters"])
        #expect(undo.status == 303)
        #expect(await steward.get("/staff/contacts/\(other)").status == 200)
        #expect(await steward.get("/staff/contacts/\(one)").text.contains("The city has one record of this contact"))
    }

    @Test func `B9 only a ticked gain is given`() async throws {
        let two = try await TwoRecords()
        let steward = try await two.city.desk()
        _ = try await merges(two, steward, ticking: ["\(two.oneAccount)-\(two.other)"])
        #expect(try await two.sees(two.oneAccount, two.otherCase))
        #expect(try await !two.sees(two.otherAccount, two.oneCase))
    }

    @Test func `B9 records that changed since the page was opened are not merged`() async throws {
        let two = try await TwoRecords()
        let steward = try await two.city.desk()
        let (one, other) = try await publicIDs(two)
        let seen = try hidden("seen", on: await steward.get("/staff/contacts/\(one)/merge/\(other)"))
        let contact = two.other
        try await two.city.write { try ContactWriter($0).correct(contact, [.lastName: "Rao"], why: "she married") }
        let answer = await steward.post(
            "/staff/contacts/\(one)/merge/\(other)", ["keep": one, "evidence": "She said so", "seen": seen])
        #expect(answer.status == 422)
        #expect(answer.text.contains("changed since you opened the page"))
        #expect(try await two.city.read { try $0.value("SELECT COUNT(*) FROM identity_edge") } == 0)
    }

    @Test func `B9 who is put on a case while two are one waits for a decision when they are two again`() async throws {
        let two = try await TwoRecords()
        let steward = try await two.city.desk()
        let edge = try await merges(two, steward)
        let third = try await two.city.aCase(street: "7 Aurora Ave")
        let (one, other) = (two.one, two.other)
        guard let applicant = two.city.context.pack.contactType("applicant") else { throw NotFound() }
        try await two.city.write { _ = try GrantWriter($0).add(one, to: third, as: applicant) }
        #expect(try await two.sees(two.oneAccount, third))
        let (id, _) = try await publicIDs(two)
        let undone = await steward.post("/staff/contacts/\(id)/apart/\(edge)", ["why": "They are sisters"])
        #expect(undone.location?.hasPrefix("/staff/desk/clean-up/undone/\(edge)") == true)
        // Until somebody decides, neither is on it.
        #expect(try await !two.sees(two.oneAccount, third))
        #expect(try await !two.sees(two.otherAccount, third))
        let page = await steward.get("/staff/desk/clean-up/undone/\(edge)")
        #expect(page.text.contains("It is Pat Quimby-Rao") && page.text.contains("Neither"))
        let item: Int64? = try await two.city.read {
            try $0.value("SELECT id FROM since_merge WHERE case_id IS NOT NULL AND state = 'waiting'")
        }
        let key = try #require(item)
        await steward.post("/staff/desk/clean-up/undone/\(edge)", ["item": "\(key)", "who": "\(other)"])
        #expect(try await two.sees(two.otherAccount, third))
        #expect(try await !two.sees(two.oneAccount, third))
        // Decided once.
        let again = await steward.post("/staff/desk/clean-up/undone/\(edge)", ["item": "\(key)", "who": "\(one)"])
        #expect(again.status >= 400)
    }

    @Test func `C1 d a mailbox that is marked as shared makes nobody a person, on whichever record it stands`() async throws {
        let city = try await TestCity.make()
        let contact = try await city.person("Office", "Desk", email: "office@firm.example")
        _ = try await city.person("Rue", "Alder", email: "office@firm.example")
        let steward = try await city.desk()
        let id = try await city.read { try Contact.find(contact, $0)?.publicID.description ?? "" }
        let email: Int64? = try await city.read { try $0.value("SELECT id FROM contact_email WHERE contact_id = \(contact)") }
        await steward.post("/staff/contacts/\(id)/mailbox", ["email": "\(try #require(email))", "shared": "yes"])
        #expect(await steward.get("/staff/contacts/\(id)").text.contains("Shared mailbox"))
        let account = try await city.account("Rue", "Alder", email: "office@firm.example")
        let linked: Int = try await city.read {
            try $0.value("SELECT COUNT(*) FROM contact_link WHERE account_id = \(account) AND contact_id = \(contact)") ?? -1
        }
        #expect(linked == 0)
    }

    @Test func `K5 only who may merge reaches these pages`() async throws {
        let two = try await TwoRecords()
        let (one, other) = try await publicIDs(two)
        let inspector = try await two.city.desk(.inspector)
        let person = try await two.city.visitor(two.oneAccount)
        for path in ["/staff/contacts/\(one)/merge/\(other)", "/staff/contacts/\(one)/apart/1", "/staff/desk/clean-up/undone/1"] {
            #expect(await inspector.get(path).status != 200, "\(path)")
            #expect(await person.get(path).status != 200, "\(path)")
            #expect(await two.city.browser().get(path).status != 200, "\(path)")
        }
    }

    @Test func `staff find a record by name either way round, by email, and by phone`() async throws {
        let city = try await TestCity.make()
        var new = NewContact(.person)
        (new.firstName, new.lastName) = ("Rosa", "Ibarra Peña")
        new.emails = [.init("rosa@example.org")]
        new.phones = [.init(kind: "mobile", typed: "303-555-0199")]
        let contact = new
        try await city.write(origin: .imported) { _ = try ContactWriter($0).create(contact) }
        let steward = try await city.desk()
        for typed in [
            "ibarra", "Rosa%20Ibarra%20Pe%C3%B1a", "rosa%20ibar", "pe%C3%B1a%20rosa%20ibarra", "ROSA@example.org",
            "(303)%20555-0199",
        ] {
            #expect(await steward.get("/staff/contacts?q=\(typed)").text.contains("Rosa Ibarra Peña"), "\(typed)")
        }
        #expect(await steward.get("/staff/contacts?q=zzz").text.contains("No contact begins with this name"))
    }
}
