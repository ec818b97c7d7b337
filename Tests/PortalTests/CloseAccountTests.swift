import Accounts
import Contacts
import Core
import Database
import Mail
import Primitives
import TestSupport
import Testing

/// A7: somebody closes their account. The records of the city stay, the way in ends.
struct CloseAccountTests {
    private let email = "ada@example.org"

    private func signedIn(_ city: TestCity, _ id: AccountID) async throws -> Browser {
        let browser = city.browser()
        try await browser.signIn(id)
        return browser
    }

    private func mails(_ city: TestCity, to email: String) async throws -> [Outbox.Kept] {
        try await city.read { try Outbox.newest(100, $0).filter { $0.to == email } }
    }

    private func live(_ city: TestCity, _ table: SQL, _ id: AccountID) async throws -> Int {
        try await city.read { try $0.value("SELECT COUNT(*) FROM \(table) WHERE account_id = \(id) AND until IS NULL") ?? 0 }
    }

    private func acts(_ city: TestCity, _ id: AccountID, as contact: ContactID) async throws -> Bool {
        try await city.read { conn in
            try conn.exists(
                "SELECT 1 FROM contact_link WHERE account_id = \(id) AND contact_id = \(contact) AND until IS NULL")
        }
    }

    @Test("A7 Closing ends the way in and every connection, and the cases stay as they are")
    func closes() async throws {
        let city = try await TestCity.make()
        let contact = try await city.person(email: email)
        let caseID = try await city.aCase(number: "ELE2026-00408")
        try await city.grant(contact, on: caseID)
        let id = try await city.account(email: email, password: TestCity.password)
        let (mine, other) = (try await signedIn(city, id), try await signedIn(city, id))
        await mine.post("/cases/ELE2026-00408/contacts/add-email", ["email": "nova@example.org", "as": "contact"])
        await mine.post("/access-request", ["case": "ELE2026-00409", "part": "I am the tenant"])
        try await city.write { change in
            try change.conn.run(
                """
                INSERT INTO saved_search (public_id, account_id, title, parameters, since)
                VALUES (\(change.publicID()), \(id), 'Kitchens', 'q=kitchen', \(change.now))
                """)
        }
        let page = await mine.get("/account/close")
        for sentence in [
            "1 open case goes on without you.", "1 request that waits for an answer is withdrawn.", "1 saved search ends.",
        ] {
            #expect(page.text.contains(sentence), "\(sentence)")
        }
        #expect(await mine.get("/account").text.contains("/account/close"))
        let before = try await mails(city, to: email).count
        let closed = await mine.post("/account/close")
        #expect(closed.location == "/" && mine.cookie("session") == nil)
        #expect(await mine.follow(closed).text.contains("Your account is closed."))
        for browser in [mine, other] { #expect(await browser.get("/account").status == 303) }
        #expect(
            await city.browser().post("/sign-in", ["email": email, "password": TestCity.password]).text
                .contains("The email and the password do not match."))
        for table: SQL in ["account_email", "credential", "contact_link", "membership", "saved_search"] {
            #expect(try await live(city, table, id) == 0)
        }
        let (waiting, open): (Int, Int) = try await city.read { conn in
            (
                try conn.value("SELECT COUNT(*) FROM case_invitation WHERE ended_at IS NULL") ?? 0,
                try conn.value("SELECT COUNT(*) FROM access_request WHERE state = 'waiting'") ?? 0
            )
        }
        #expect(waiting == 0 && open == 0)
        // The city's records are untouched.
        let parties: Int = try await city.read { conn in
            try conn.value(
                "SELECT COUNT(*) FROM case_grant WHERE case_id = \(caseID) AND contact_id = \(contact) AND until IS NULL") ?? 0
        }
        #expect(parties == 1)
        let sent = try await mails(city, to: email)
        #expect(sent.count == before + 1 && sent.first?.subject == "Your account is closed")
        let kinds = try await city.read { try FactLog.timeline(of: .account(id), limit: 100, $0) }.map(\.kind.rawValue)
        #expect(kinds.contains("account.closed"))
    }

    @Test("A7 The same address can register again: a new account, for which C1 decides anew")
    func again() async throws {
        let city = try await TestCity.make()
        let contact = try await city.person(email: email)
        let first = try await city.account(email: email)
        await (try await signedIn(city, first)).post("/account/close")
        let second = try await city.account(email: email)
        #expect(second != first)
        #expect(try await acts(city, second, as: contact))

        // What somebody else has meanwhile is not handed over.
        await (try await signedIn(city, second)).post("/account/close")
        let third = try await city.account("Bo", "Crew", email: "bo@example.org")
        _ = try await city.write { change in
            try ContactWriter(change).link(third, to: contact, how: .steward, evidence: "a deed")
        }
        let fourth = try await city.account(email: email)
        #expect(try await !acts(city, fourth, as: contact))
        #expect(try await acts(city, third, as: contact))
    }

    @Test("A7 The last owner of an organization hands over first; alone, the organization stays without them")
    func lastOwner() async throws {
        let city = try await TestCity.make()
        let company = try await city.company(email: "office@example.org")
        let (owner, member) = (
            try await city.account(email: email), try await city.account("Bo", "Crew", email: "bo@example.org")
        )
        for (id, role) in [(owner, Membership.Role.owner), (member, .member)] {
            _ = try await city.write { try ContactWriter($0).join(id, organization: company, as: role) }
        }
        let browser = try await signedIn(city, owner)
        let page = await browser.get("/account/close")
        #expect(
            page.text.contains("You are the only owner of Northfork Builders LLC.")
                && page.text.contains("/account/organization/"))
        #expect(!page.text.contains("action=\"/account/close\""))
        #expect(await browser.post("/account/close").status == 409)
        #expect(await browser.get("/account").status == 200)

        _ = try await city.write { try ContactWriter($0).setRole(.owner, of: member, organization: company) }
        #expect(await browser.get("/account/close").text.contains("You leave Northfork Builders LLC."))
        #expect(await browser.post("/account/close").location == "/")
        #expect(try await mails(city, to: "bo@example.org").contains { $0.text.contains("Ada Lindqvist") })

        let last = try await signedIn(city, member)
        #expect(await last.get("/account/close").text.contains("Nobody else acts for Northfork Builders LLC."))
        #expect(await last.post("/account/close").location == "/")
        let (exists, hasOwner) = try await city.read { conn in
            (try Contact.find(company, conn) != nil, try Membership.hasOwner(company, conn))
        }
        #expect(exists && !hasOwner)
        // Whoever proves the company's address becomes the next owner (C1).
        try await city.account("Cy", "Vale", email: "office@example.org")
        #expect(try await city.read { try Membership.hasOwner(company, $0) })
    }

    @Test("A4 Closing takes the password again")
    func password() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: email, password: TestCity.password)
        let browser = try await signedIn(city, id)
        city.clock.advance(.minutes(15))
        #expect(await browser.post("/account/close").location == "/account/confirm-password?return=%2Faccount%2Fclose")
        #expect(await browser.get("/account").status == 200)
        await browser.post("/account/confirm-password", ["password": TestCity.password])
        #expect(await browser.post("/account/close").location == "/")
    }
}
