import Contacts
import Core
import Database
import Import
import Primitives
import TestSupport
import Testing

@Suite("Importing an older portal (K6, A5)")
struct LegacyTests {
    @Test("Every row of every file is accounted for; a rehearsal says the same; a second run imports nothing")
    func reconciled() async throws {
        let city = try await TestCity.make()
        let folder = try OldPortal().write()
        let rehearsal = try await city.imports(.legacy, folder, rehearse: true)
        #expect(try await city.count("SELECT COUNT(*) FROM contact") == 0)
        let report = try await city.imports(.legacy, folder)
        #expect(rehearsal.json == report.json)
        #expect(report.totals("contacts.csv") == [14, 9, 0, 0, 5])
        #expect(report.totals("portal_users.csv") == [10, 8, 0, 0, 2])
        #expect(report.totals("cases.csv") == [6, 4, 0, 0, 2])
        #expect(report.totals("case_contacts.csv") == [10, 5, 0, 0, 5])
        #expect(report.totals("invoices.csv") == [1, 1, 0, 0, 0])
        #expect(report.json["not_read"] == ["notes.csv"])

        let before = try await city.contents()
        let second = try await city.imports(.legacy, folder)
        #expect(second.totals("contacts.csv") == [14, 0, 0, 9, 5])
        #expect(second.totals("portal_users.csv") == [10, 0, 0, 8, 2])
        #expect(second.totals("cases.csv") == [6, 0, 0, 4, 2])
        #expect(second.totals("case_contacts.csv") == [10, 0, 0, 5, 5])
        #expect(second.json["can_sign_in"] == report.json["can_sign_in"])
        #expect(try await city.contents() == before)
    }

    @Test("What cannot be taken is refused with a reason, what can be mended is mended and said")
    func reasons() async throws {
        let city = try await TestCity.make()
        let report = try await city.imports(.legacy, try OldPortal().write())
        #expect(report.refusal(9, in: "contacts.csv")?.contains("is a note, not a company") == true)
        #expect(report.refusal(10, in: "contacts.csv")?.contains("row 2 already") == true)
        #expect(report.refusal(12, in: "contacts.csv")?.contains("did you mean \"person\"?") == true)
        #expect(report.refusal(13, in: "contacts.csv")?.contains("neither") == true)
        #expect(report.repairs("email", in: "contacts.csv") == [14])
        #expect(report.repairs("parent_contact_id", in: "contacts.csv") == [8])
        #expect(report.repairs("parcel", in: "cases.csv") == [1])
        #expect(report.repairs("module", in: "cases.csv") == [5])
        #expect(report.repairs("issued", in: "cases.csv") == [5])
        #expect(report.repairs("parent_case_number", in: "cases.csv") == [6])
        #expect(report.repairs("primary", in: "case_contacts.csv") == [5])
        #expect(report.refusal(3, in: "case_contacts.csv")?.contains("row 2 already") == true)
        #expect(report.refusal(7, in: "case_contacts.csv")?.contains("ELE2015-00013 was refused in row 3") == true)
        #expect(report.refusal(8, in: "case_contacts.csv")?.contains("refused in row 12") == true)
        #expect(report.refusal(9, in: "case_contacts.csv")?.contains("no contact p99 in contacts.csv") == true)
        #expect(report.refusal(10, in: "case_contacts.csv")?.contains("did you mean \"Applicant\"?") == true)
    }

    @Test("Contacts keep their emails, phones, address, company and day; the inactive end; license holders can be found (B1, B5)")
    func contacts() async throws {
        let city = try await TestCity.make()
        _ = try await city.imports(.legacy, try OldPortal().write())
        #expect(
            try await city.text("SELECT folded FROM contact_email e JOIN contact c ON c.id = e.contact_id WHERE legacy_id = 'p1'")
                == "tamsin@mail.example")
        #expect(try await city.text("SELECT digits FROM contact_phone WHERE kind = 'mobile'") == "3035550144")
        #expect(try await city.text("SELECT street FROM contact_address") == "18 Pika Ct")
        #expect(
            try await city.text("SELECT p.legacy_id FROM contact c JOIN contact p ON p.id = c.parent_id WHERE c.legacy_id = 'p2'")
                == "c1")
        let created = try await city.read {
            try $0.value("SELECT created_at FROM contact WHERE legacy_id = 'p2'", as: Instant.self)
        }
        #expect(created?.description == "2012-05-04T06:00:00Z")
        #expect(try await city.count("SELECT COUNT(*) FROM contact WHERE until IS NOT NULL AND legacy_id = 'p6'") == 1)
        #expect(try await city.text("SELECT legacy_id FROM contact WHERE findable = 1") == "c1")
        #expect(
            try await city.text("SELECT contractor_state FROM case_record WHERE number = 'BLD-SFD2015-00003'") == "not-designated"
        )
        #expect(try await city.count("SELECT COUNT(*) FROM contact WHERE company_name LIKE '%Not Designated%'") == 0)
        #expect(
            try await city.text(
                "SELECT p.number FROM case_record c JOIN case_record p ON p.id = c.parent_id WHERE c.number = 'ELE2015-00012'")
                == "BLD-SFD2015-00003")
    }

    @Test("The forecast of who can sign in is what C1 does when they register")
    func forecast() async throws {
        let city = try await TestCity.make()
        let report = try await city.imports(.legacy, try OldPortal().write())
        #expect(report.json["can_sign_in"] == 2)
        let cannot = report.json["cannot_sign_in"]?.array ?? []
        let reasons = Dictionary(uniqueKeysWithValues: cannot.map { ($0["email"]?.string ?? "", $0["reason"]?.string ?? "") })
        #expect(reasons.count == 7)
        #expect(reasons["family@mail.example"]?.contains("2 contacts") == true)
        #expect(reasons["info@studio.example"]?.contains("Several people read this mailbox") == true)
        #expect(reasons["basil@mail.example"]?.contains("not active") == true)
        #expect(reasons["zamora@mail.example"]?.contains("refused in row 12") == true)
        #expect(reasons["otto.private@mail.example"]?.contains("does not have this email") == true)
        #expect(reasons["nobody@mail.example"]?.contains("No contact has this email") == true)
        #expect(reasons["no address"] != nil)

        let tamsin = try await city.account("Tamsin", "Fennimore", email: "tamsin@mail.example")
        let office = try await city.account("Any", "Body", email: "office@copperleaf.example")
        let family = try await city.account("Edda", "Yarrow", email: "family@mail.example")
        func reached(_ account: AccountID) async throws -> [String] {
            try await city.read { conn in
                try conn.rows(
                    """
                    SELECT c.legacy_id FROM contact_link l JOIN contact c ON c.id = l.contact_id
                    WHERE l.account_id = \(account) AND l.until IS NULL AND c.legacy_id IS NOT NULL
                    UNION SELECT c.legacy_id FROM membership m JOIN contact c ON c.id = m.organization_id WHERE m.account_id = \(account)
                    """
                ).map { try $0["legacy_id"] }
            }
        }
        #expect(try await reached(tamsin) == ["p1"])
        #expect(try await reached(office) == ["c1"])
        #expect(try await reached(family).isEmpty)
    }

    @Test("K6 A case corrected in the older portal keeps the contractor's state that another file gave it")
    func contractorStateStays() async throws {
        let city = try await TestCity.make()
        var portal = OldPortal()
        _ = try await ImportRunner(city: city.context).run(.legacy, path: portal.write(), rehearse: false)
        func state() async throws -> String? {
            try await city.read { try $0.value("SELECT contractor_state FROM case_record WHERE number = 'BLD-SFD2015-00003'") }
        }
        #expect(try await state() == "not-designated")
        portal.cases[1]["description"] = "Corrected"
        let report = try await ImportRunner(city: city.context).run(.legacy, path: portal.write(), rehearse: false)
        #expect(report.json["files"]?["cases.csv"]?["updated"]?.integer == 1)
        #expect(try await state() == "not-designated")
    }

    @Test("A company that has an owner by now, or a person who is linked by now, changes the forecast")
    func laterForecast() async throws {
        let city = try await TestCity.make()
        let folder = try OldPortal().write()
        _ = try await city.imports(.legacy, folder)
        let stranger = try await city.account("Any", "Body", email: "stranger@mail.example")
        try await city.write { change in
            let company = ContactID(try change.conn.value("SELECT id FROM contact WHERE legacy_id = 'c1'") ?? 0)
            try ContactWriter(change).join(stranger, organization: company, as: .owner, evidence: "test")
        }
        try await city.account("Tamsin", "Fennimore", email: "tamsin@mail.example")
        let report = try await city.imports(.legacy, folder, rehearse: true)
        // Tamsin can: she already does. The company asks its owner.
        #expect(report.json["can_sign_in"] == 1)
        let office = report.json["cannot_sign_in"]?.array?.first { $0["email"]?.string == "OFFICE@copperleaf.example" }
        #expect(office?["reason"]?.string?.contains("has an owner") == true)
    }

    @Test("A mailbox that three people have is shared, also when the third comes later")
    func sharedMailbox() async throws {
        let city = try await TestCity.make()
        var portal = OldPortal()
        _ = try await city.imports(.legacy, try portal.write())
        #expect(
            try await city.count("SELECT COUNT(*) FROM contact_email WHERE folded = 'family@mail.example' AND shared_mailbox = 1")
                == 0)
        portal.contacts.append(
            ["contact_id": "p20", "kind": "person", "first_name": "Ulla", "last_name": "Yarrow", "email": "family@mail.example"])
        _ = try await city.imports(.legacy, try portal.write())
        #expect(
            try await city.count("SELECT COUNT(*) FROM contact_email WHERE folded = 'family@mail.example' AND shared_mailbox = 1")
                == 3)
        #expect(
            try await city.count("SELECT COUNT(*) FROM contact_email WHERE folded = 'info@studio.example' AND shared_mailbox = 1")
                == 1)
    }

    @Test("A newer export brings a contact up to date: what it no longer says ends")
    func update() async throws {
        let city = try await TestCity.make()
        var portal = OldPortal()
        _ = try await city.imports(.legacy, try portal.write())
        portal.contacts[1]["email"] = "tamsin.new@mail.example"
        portal.contacts[1]["mobile_phone"] = ""
        portal.contacts[1]["active"] = "false"
        portal.cases[0]["status"] = "Closed"
        let rehearsal = try await city.imports(.legacy, try portal.write(), rehearse: true)
        let report = try await city.imports(.legacy, try portal.write())
        #expect(report.totals("contacts.csv") == [14, 0, 1, 8, 5])
        #expect(report.totals("cases.csv") == [6, 0, 1, 3, 2])
        #expect(rehearsal.json == report.json)
        #expect(report.json["can_sign_in"] == 1)
        #expect(
            try await city.text(
                """
                SELECT folded FROM contact_email e JOIN contact c ON c.id = e.contact_id WHERE legacy_id = 'p1' AND e.until IS NULL
                """) == "tamsin.new@mail.example")
        #expect(try await city.count("SELECT COUNT(*) FROM contact_phone WHERE until IS NULL") == 0)
        #expect(try await city.text("SELECT bucket FROM case_record WHERE number = 'ELE2015-00012'") == "closed")
    }

    @Test("An import that was stopped after any of its batches goes on and ends like one that was not", arguments: 0..<6)
    func stopped(after batches: Int) async throws {
        struct PowerCut: Error {}
        let folder = try OldPortal().write()
        let (clean, cut) = (try await TestCity.make(), try await TestCity.make())
        _ = try await clean.imports(.legacy, folder)
        let left = Countdown(batches)
        _ = try? await cut.imports(.legacy, folder) { _ in if left.isOver() { throw PowerCut() } }
        _ = try await cut.imports(.legacy, folder)
        #expect(try await cut.contents() == clean.contents())
    }

    @Test("A folder without any of the files says what it wants")
    func wrongFolder() async throws {
        let city = try await TestCity.make()
        let export = try Export()
        await #expect(throws: ImportProblem.self) { try await city.imports(.legacy, export.folder) }
        await #expect(throws: ImportProblem.self) { try await city.imports(.legacy, export.path("nowhere")) }
    }
}
