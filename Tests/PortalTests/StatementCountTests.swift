import CityPack
import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

/// A page asks its database few questions, however much there is (L3).
struct StatementCountTests {
    static let most = 6

    @Test("P1 No page of the public record or of a case, and no list of one's cases, takes more than six statements")
    func pages() async throws {
        let log = StatementLog()
        let city = try await TestCity.make(statements: log)
        let id = try await city.aCase(number: "ELE2026-00408", description: "Kitchen remodel")
        let contact = try await city.person(email: "ada@example.org")
        let account = try await city.account(email: "ada@example.org")
        try await city.grant(contact, on: id)
        try await city.grant(city.company(), on: id, as: "contractor-electrical")
        let firm = try await city.company("Pika Court Builders", email: "ada@firm.example")
        try await city.grant(firm, on: id, as: "contractor-general")
        _ = try await city.write { change in try ContactWriter(change).join(account, organization: firm, as: .owner) }
        let colleague = try await city.account("Bo", "Crew", email: "bo@firm.example")
        _ = try await city.write { change in try ContactWriter(change).join(colleague, organization: firm, as: .member) }
        let organization = try await city.read { conn in
            "/account/organization/\(try Contact.find(firm, conn)?.publicID.description ?? "")"
        }
        let bo = try await city.read { conn in
            try conn.value("SELECT public_id FROM account WHERE id = \(colleague)") as String? ?? ""
        }
        let (guest, party) = (city.browser(), city.browser())
        try await party.signIn(account)
        await party.post("/cases/ELE2026-00408/contacts/add-email", ["email": "nova@example.org", "as": "contact"])
        await party.post(
            "\(organization)/invite", ["email": "nova@example.org", "role": "member", "scope": "chosen", "days": "7"])
        let invitations: [String] = try await city.read { conn in
            try conn.rows("SELECT link FROM mail WHERE recipient = 'nova@example.org' ORDER BY id").map {
                (try $0["link"] as String).replacing(Browser.origin, with: "")
            }
        }
        #expect(invitations.count == 2)
        await party.post("/cases/ELE2026-00408/follow")
        await party.post("/cases/ELE2026-00408/collections", ["title": "Our street"])
        let collection = try await city.read { conn in
            "/account/collections/\(try conn.value("SELECT public_id FROM collection") as String? ?? "")"
        }
        let pages =
            [
                "/", "/search", "/search?q=kitchen", "/search?q=kitchen&status=issued&work=new&company=northfork",
                "/search?q=kichten",
                "/search?q=ELE2026-408", "/search?after=ELE2026-00408", "/cases/ELE2026-00408", "/cases/ELE2026-00408/contacts",
                "/cases/ELE2026-00408/locations", "/cases/ELE2026-00408/timeline", "/cases/ELE2026-00408/sub-records",
                "/addresses/1195-bear-mountain-dr", "/sitemap.xml", "/sitemaps/0", "/register", "/sign-in", "/help", "/guide",
                "/access-request",
            ] + invitations
        for (who, browser) in [("guest", guest), ("party", party)] {
            for page in pages
                + (who == "party"
                    ? [
                        "/dashboard", "/cases", "/searches", "/help/correct", "/account", "/account/emails", "/account/activity",
                        "/account/mail",
                        "/claim", "/claim/card", "/claim/invoice", "/claim/letter", "/claim/code",
                        organization, "\(organization)/invite", "\(organization)/people/\(bo)",
                        "\(organization)/people/\(bo)/cases", "\(organization)/people/\(bo)/cases?q=ELE",
                        "/account/following", "/account/collections", collection, "/cases/ELE2026-00408/collections",
                    ]
                    : [])
            {
                try await look(at: page, as: who, browser, log)
            }
        }
    }

    @Test("P1 No page of the staff's side takes more than six statements, however many requests wait")
    func staffPages() async throws {
        let log = StatementLog()
        let city = try await TestCity.make(statements: log)
        let visitor = city.browser()
        let number = try await city.number(of: city.aCase())
        for number in 1...3 {
            let topic = city.context.pack.topics.first { $0.kind == .question }?.key ?? ""
            let sent = await visitor.post(
                "/help/ask/\(topic)",
                ["about": "ELE2026-00001", "text": "When is the counter open?", "email": "a\(number)@example.org"])
            #expect(sent.status < 400)
        }
        for (who, role) in [("steward", StaffRole.contactSteward), ("administrator", StaffRole(rawValue: "administrator"))] {
            let browser = city.browser()
            try await browser.signIn(try await city.staff(role, email: "\(who)@city.example"), staff: true)
            for page in [
                "/staff/desk", "/staff/desk/access-requests", "/staff/desk/questions", "/staff/desk/numbers", "/staff/imports",
                "/staff/pack", "/staff/roles", "/staff/system", "/staff/desk/clean-up", "/staff/desk/clean-up/batch",
                "/staff/pack", "/staff/roles", "/staff/system", "/staff/claims", "/staff/desk/letters",
                "/staff/desk/letters/print", "/staff/cases/\(number)/card", "/cases/\(number)",
            ] {
                let answer = await browser.get(page)
                if answer.status < 400 { try await look(at: page, as: who, browser, log) }
            }
        }
    }

    @Test("P1 The page of a ticket takes no more for eight suggested records with parts on many cases")
    func tickets() async throws {
        let log = StatementLog()
        let city = try await TestCity.make(statements: log)
        for place in 0..<9 {
            let namesake = try await city.person("Ada", "Quimby", email: "ada\(place)@example.org")
            for _ in 0..<3 { try await city.grant(namesake, on: city.aCase(), as: "property-owner") }
        }
        _ = try await city.company("Northfork Builders LLC", email: "old@northfork.example")
        let own = try await city.person("Ada", "Quimby", email: "ada@example.org")
        let asker = city.browser()
        try await asker.signIn(try await city.account("Ada", "Quimby", email: "ada@example.org"))
        let record = try await city.read { conn in try Contact.find(own, conn)?.publicID.description ?? "" }
        for (address, fields) in [
            ("/access-request", ["case": "ELE2026-00001, ELE2026-00002", "part": "I own the house"]),
            ("/account/contacts/\(record)/correct", ["first_name": "Ada", "last_name": "Quimbly", "mobile_phone": ""]),
            (
                "/help/primary-email",
                [
                    "company": "Northfork Builders", "mailbox": "office@northfork.example", "why": "I am the office manager",
                    "email": "mia@home.example", "name": "Mia Marsh",
                ]
            ),
        ] {
            #expect(await asker.post(address, fields).status == 303, "\(address)")
        }
        let steward = city.browser()
        try await steward.signIn(try await city.staff(.contactSteward, email: "steward@city.example"), staff: true)
        let page = await steward.get("/staff/desk/access-requests/AR-00001")
        #expect(page.text.matches(of: /Link Ada Quimby/).count == 8)
        for number in ["AR-00001", "HD-00001", "HD-00002"] {
            try await look(at: "/staff/desk/access-requests/\(number)", as: "steward", steward, log)
        }
    }

    @Test("P1 The Contacts tab takes no more for people who were taken off, by name and by address")
    func removals() async throws {
        let log = StatementLog()
        let city = try await TestCity.make(statements: log)
        let id = try await city.aCase(number: "ELE2026-00408")
        let owner = try await city.person(email: "ada@example.org")
        let account = try await city.account(email: "ada@example.org")
        try await city.grant(owner, on: id)
        let browser = city.browser()
        try await browser.signIn(account)
        for name in ["Nia", "Bo", "Ike"] {
            try await city.grant(city.person(name, "Sandoval"), on: id)
            await browser.post("/cases/ELE2026-00408/contacts/add-email", ["email": "\(name)@example.org", "as": "contact"])
        }
        let parties: [String] = try await city.read { conn in
            try conn.rows("SELECT 'g' AS what, id FROM case_grant WHERE contact_id <> \(owner) AND added_as IS NULL").map {
                "g\(try $0["id"] as Int64)"
            }
                + conn.rows("SELECT id FROM case_invitation").map { "e\(try $0["id"] as Int64)" }
        }
        #expect(parties.count == 6)
        for party in parties {
            #expect(await browser.post("/cases/ELE2026-00408/contacts/remove", ["party": party]).status == 303)
        }
        let page = await browser.follow(await browser.get("/cases/ELE2026-00408/contacts"))
        #expect(page.text.matches(of: /contacts\/put-back/).count == 6)
        for q in ["sandoval", "nova@example.org"] {
            try await look(at: "/cases/ELE2026-00408/contacts?q=\(q)&as=contact", as: "party", browser, log)
        }
        try await look(at: "/cases/ELE2026-00408/contacts", as: "party", browser, log)
    }

    private func look(at page: String, as who: String, _ browser: Browser, _ log: StatementLog) async throws {
        _ = await browser.get(page)
        _ = log.take()
        let answer = await browser.get(page)
        let statements = log.take()
        let list = statements.map { $0.prefix(90).replacing("\n", with: " ") }.joined(separator: "\n")
        #expect(answer.status < 400, "\(page)")
        #expect(statements.count <= Self.most, "\(who) \(page): \(statements.count)\n\(list)")
    }
}
