import Contacts
import Core
import Primitives
import TestSupport
import Testing

@testable import Accounts

@Suite struct RecordsTests {
    @Test func `A7 the page shows what is on file, and how to say that it is wrong`() async throws {
        let city = try await TestCity.make()
        let record = try await city.person("Ada <i>", "Lindqvist", email: "ada@example.org")
        let aCase = try await city.aCase()
        try await city.grant(record, on: aCase, as: "property-owner")
        let id = try await city.account("Ada", "Lindqvist", email: "ada@example.org", company: "Lindqvist Homes LLC")
        let browser = city.browser()
        try await browser.signIn(id)
        await browser.post("/access-request", ["case": "ELE2026-77777", "part": "I own the house."])
        let contents = await browser.get("/account/records")
        let parts = contents.text.matches(of: /href="(\/account\/records\/[a-z-]+)"/).map { String($0.1) }
        #expect(contents.status == 200 && parts.count > 12)
        var whole = ""
        for part in parts {
            let page = await browser.get(part)
            #expect(page.status == 200, "\(part)")
            whole += page.text
        }
        #expect(await browser.get("/account/records/passwords").status == 404)
        func has(_ text: String) -> Bool { whole.contains(text) }
        let publicID = try await city.read { try Contact.find(record, $0)?.publicID.description ?? "" }
        #expect(has("Ada &lt;i&gt; Lindqvist") && !has("<i>"))
        #expect(has("href=\"/account/contacts/\(publicID)/correct\""))
        #expect(has("Something wrong? Ask for a correction"))
        #expect(has("because you confirmed an email address on this record"))
        #expect(has(try await city.number(of: aCase)) && has("Property Owner · "))
        #expect(has("Lindqvist Homes LLC") && has("Owner since"))
        #expect(has("AR-00001"))
        #expect(has("The account was created."))
    }

    @Test func `A7 the download is complete, has stable names and no secret`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org", password: goodPassword)
        let browser = city.browser()
        await browser.post("/sign-in", signIn("ada@example.org", goodPassword))
        await browser.post("/reset", ["email": "ada@example.org"])
        let answer = await browser.get("/account/records.json")
        #expect(answer.headers["content-disposition"] == "attachment; filename=\"my-records.json\"")
        let json = try #require(JSON(parsing: answer.text)?.object)
        #expect(
            Set(json.keys) == [
                "format", "city", "made_at", "account", "emails", "contacts", "organizations", "organization_invitations",
                "cases", "favorites", "requests",
                "claims", "sessions", "security_events", "mail", "activity", "saved_searches", "followed_cases", "collections",
                "merge_proposals",
            ])
        #expect(json["emails"]?.array?.first?["email"] == "ada@example.org")
        #expect(json["mail"]?.array?.first?["subject"] == "Reset your password")
        #expect(json["sessions"]?.array?.count == 1)
        #expect(json["activity"]?.array?.contains { $0["kind"] == "account.signed-in" } == true)
        let session = try #require(browser.cookie("session"))
        let secrets = try await city.read { conn in
            try conn.rows("SELECT secret FROM credential").map { try $0["secret"] as String }
                + conn.rows("SELECT token_hash FROM email_token").map { try $0["token_hash"] as String }
        }
        for secret in secrets + [session, sha256(session), goodPassword] { #expect(!answer.text.contains(secret)) }
        #expect(try await city.count("SELECT COUNT(*) FROM account WHERE id = \(id)") == 1)
    }

    @Test func `A7 nobody else's records are on the page`() async throws {
        let city = try await TestCity.make()
        try await city.account("Bo", "Sandoval", email: "bo@example.org")
        let id = try await city.account(email: "ada@example.org")
        let browser = city.browser()
        try await browser.signIn(id)
        await city.browser().post("/reset", ["email": "bo@example.org"])
        for address in ["/account/records/emails", "/account/records/mail", "/account/records.json"] {
            let page = await browser.get(address)
            #expect(!page.has("bo@example.org") && !page.has("Sandoval"))
        }
        #expect(await city.browser().get("/account/records.json").status == 303)
    }

    @Test func `A7 mail to an address counts while it was mine`() async throws {
        let city = try await TestCity.make()
        let first = try await city.account(email: "shared@example.org")
        await city.browser().post("/reset", ["email": "shared@example.org"])
        city.clock.advance(.days(3))
        try await city.write { change in
            let second = try #require(TypedAddress("other@example.org"))
            try AccountWriter(change).addEmail(second, to: first)
            let email = try #require(FoldedEmail("shared@example.org"))
            #expect(try AccountWriter(change).removeEmail(email, of: first))
        }
        city.clock.advance(.days(3))
        let next = try await city.account("Bo", "Sand", email: "shared@example.org")
        let browser = city.browser()
        try await browser.signIn(next)
        #expect(!(await browser.get("/account/records/mail").has("Reset your password")))
        try await browser.signIn(first)
        #expect(await browser.get("/account/records/mail").has("Reset your password"))
    }
}
