import Core
import Primitives
import TestSupport
import Testing

@testable import Accounts

/// A5: whoever had an account on the older portal learns by mail alone what to do.
@Suite struct OldPortalTests {
    private func city() async throws -> TestCity {
        let city = try await TestCity.make()
        try await city.account(email: "known@example.org", password: goodPassword)
        try await city.write(origin: .imported) { change in
            try change.conn.run(
                """
                INSERT INTO legacy_portal_user (user_id, email, folded, contact_legacy_id)
                VALUES ('1', 'Old.User@example.org', 'old.user@example.org', '')
                """)
        }
        return city
    }

    @Test func `A2 A5 a failed sign-in leaves the same behind for everybody; the particular words go to that address only`()
        async throws
    {
        let city = try await city()
        var answers: Set<String> = []
        for email in ["old.user@example.org", "known@example.org", "nobody@example.org"] {
            let before = try await city.count("SELECT COUNT(*) FROM job")
            let answer = await city.browser().post("/sign-in", signIn(email, "this is not the password"))
            answers.insert("\(answer.status) \(answer.headers) \(answer.comparable(email))")
            #expect(try await city.count("SELECT COUNT(*) FROM job") == before + 1)
            #expect(try await city.count("SELECT COUNT(*) FROM mail") == 0, "nothing is decided while somebody waits")
        }
        #expect(answers.count == 1)
        try await city.context.worker().runDue()
        #expect(try await city.count("SELECT COUNT(*) FROM mail") == 1)
        let mail = try #require(try await city.mails(to: "old.user@example.org").first)
        #expect(mail.subject == "How to sign in after the change of portals")
        #expect(mail.text.contains("old.user@example.org") && mail.text.contains("/guide/old-portal"))
        #expect(mail.link?.hasSuffix("/register") == true)
    }

    @Test func `A5 the mail comes once a day, however often somebody tries`() async throws {
        let city = try await city()
        for _ in 0..<3 { await city.browser().post("/sign-in", signIn("old.user@example.org", "this is not the password")) }
        try await city.context.worker().runDue()
        #expect(try await city.mails(to: "old.user@example.org").count == 1)
        city.clock.advance(.days(1))
        await city.browser().post("/sign-in", signIn("old.user@example.org", "this is not the password"))
        try await city.context.worker().runDue()
        #expect(try await city.mails(to: "old.user@example.org").count == 2)
    }

    @Test func `A2 A5 "I forgot my password" says the same on the page, and by mail what to do`() async throws {
        let city = try await city()
        var answers: Set<String> = []
        for email in ["old.user@example.org", "known@example.org", "nobody@example.org"] {
            let browser = city.browser()
            let sent = await browser.post("/reset", ["email": email])
            let page = await browser.follow(sent)
            answers.insert("\(sent.status) \(sent.headers) \(page.comparable(email))")
            #expect(try await city.mails(to: email).count == 1)
        }
        #expect(answers.count == 1)
        #expect(try await city.mails(to: "old.user@example.org").first?.subject == "How to sign in after the change of portals")
        #expect(try await city.mails(to: "nobody@example.org").first?.subject == "There is no account with this address")
    }

    @Test func `A5 whoever has registered again gets no such mail any more`() async throws {
        let city = try await city()
        try await city.registers(city.browser(), "old.user@example.org")
        await city.browser().post("/sign-in", signIn("old.user@example.org", "this is not the password"))
        try await city.context.worker().runDue()
        #expect(!(try await city.mails(to: "old.user@example.org").contains { $0.subject.contains("change of portals") }))
    }
}
