import Core
import Primitives
import TestSupport
import Testing

@testable import Accounts

@Suite struct ActivityTests {
    @Test func `A7 what happened is told in sentences, newest first, in both languages`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org", password: goodPassword)
        let browser = city.browser()
        await browser.post("/sign-in", signIn("ada@example.org", goodPassword))
        await browser.post("/account/details", ["first_name": "Ada", "last_name": "Holm", "phone": "303-555-0199"])
        let page = await browser.get("/account/activity")
        for sentence in ["The account was created.", "Signed in.", "Name or phone was changed."] {
            #expect(page.has(sentence), "\(sentence)")
        }
        #expect(page.has("This wasn&#39;t me") || page.has("This wasn't me"))
        await browser.get("/language/es?return=/account")
        #expect(await browser.get("/account/activity").has("Se cambió el nombre o el teléfono."))
        #expect(try await city.read { try Account.find(id, $0)?.name } == "Ada Holm")
    }

    @Test func `A7 "This wasn't me" signs everybody else out and leads to a new password`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: "ada@example.org", password: goodPassword)
        let (mine, theirs) = (city.browser(), city.browser())
        await theirs.post("/sign-in", signIn("ada@example.org", goodPassword))
        await mine.post("/sign-in", signIn("ada@example.org", goodPassword))
        let list = await mine.get("/account/activity")
        let link = try #require(list.text.firstMatch(of: /\/account\/not-me\?entry=\d+/).map { String($0.output) })
        #expect(await mine.get(link).has("Signed in."))
        #expect(await theirs.get("/account").status == 200, "looking ends nothing")
        let done = await mine.post("/account/not-me", ["entry": token(in: link)])
        #expect(done.location == "/account/password")
        #expect(await mine.follow(done).has("The other session has ended. Now choose a new password."))
        #expect(await theirs.get("/account").status == 303)
        #expect(await mine.get("/account/activity").has("Somebody said that something in the activity was not them."))
        #expect(try await city.count("SELECT COUNT(*) FROM session WHERE account_id = \(id) AND ended_at IS NULL") == 1)
    }

    @Test func `a new password from inside needs the old one, and signs everybody else out`() async throws {
        let city = try await TestCity.make()
        try await city.account(email: "ada@example.org", password: goodPassword)
        let (mine, other) = (city.browser(), city.browser())
        await mine.post("/sign-in", signIn("ada@example.org", goodPassword))
        await other.post("/sign-in", signIn("ada@example.org", goodPassword))
        let new = "another four words entirely"
        let wrong = await mine.post("/account/password", ["current": "not the password of ada", "password": new])
        #expect(wrong.status == 422 && wrong.has("not the password of your account"))
        let own = await mine.post("/account/password", ["current": goodPassword, "password": "ada lindqvist boulder"])
        #expect(own.status == 422 && own.has("made of your name"))
        #expect(await mine.post("/account/password", ["current": goodPassword, "password": new]).location == "/account")
        #expect(await mine.get("/account").status == 200)
        #expect(await other.get("/account").status == 303)
        #expect(await city.browser().post("/sign-in", signIn("ada@example.org", goodPassword)).status == 422)
        #expect(await city.browser().post("/sign-in", signIn("ada@example.org", new)).status == 303)
        #expect(try await city.mails(to: "ada@example.org").contains { $0.subject == "Your password was changed" })
    }
}
