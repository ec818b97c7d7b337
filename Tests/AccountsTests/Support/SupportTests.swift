import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Accounts

@Suite struct SupportTests {
    let email = "ada@example.org"
    let why = "Ada called from the number on file."

    /// A supervisor at a browser, and the address of the page about an account.
    func helper(_ city: TestCity, role: StaffRole = .supervisor) async throws -> Browser {
        let browser = city.browser()
        try await browser.signIn(try await city.staff(role, email: "sam@city.example", password: goodPassword), staff: true)
        return browser
    }

    func page(of email: String, _ staff: Browser) async throws -> String {
        try #require(await staff.post("/staff/accounts", ["email": email]).location)
    }

    @Test func `A8 an account is found by its exact address only, and each look-up is kept and told`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: email, password: goodPassword)
        let staff = try await helper(city)
        for part in ["ada@example.or", "da@example.org", "a@example.org"] {
            let answer = await staff.post("/staff/accounts", ["email": part])
            #expect(answer.status == 422 && answer.has("No account has this address") && !answer.has("Lindqvist"))
        }
        let page = try await page(of: "ADA@example.org", staff)
        #expect(page.hasPrefix("/staff/accounts/") && !page.contains("ada"))
        let shown = await staff.get(page)
        #expect(shown.has("Account of Ada Lindqvist") && shown.has(email) && shown.has("No second step"))
        #expect(!shown.has("argon2") && !shown.has(goodPassword))

        let owner = city.browser()
        try await owner.signIn(id)
        #expect(await owner.get("/account/activity").has("City staff opened the account to help."))
        #expect(try await city.count("SELECT COUNT(*) FROM fact WHERE kind = 'account.looked-up'") == 1)
        #expect(try await city.count("SELECT COUNT(*) FROM fact WHERE kind = 'account.sought'") == 3)
    }

    @Test func `A8 nobody leafs through accounts: look-ups are limited`() async throws {
        let city = try await TestCity.make()
        let staff = try await helper(city)
        for number in 0..<60 { await staff.post("/staff/accounts", ["email": "nobody\(number)@example.org"]) }
        #expect(await staff.post("/staff/accounts", ["email": email]).status == 429)
    }

    @Test func `A8 only a role that carries it helps, nobody helps themselves, and staff are an administrator's`() async throws {
        let city = try await TestCity.make()
        let ada = try await city.account(email: email, password: goodPassword)
        try await city.staff(.administrator, email: "root@city.example", password: goodPassword)
        let (inspector, person) = (city.browser(), city.browser())
        try await inspector.signIn(try await city.staff(.inspector, email: "ivo@city.example"), staff: true)
        try await person.signIn(ada)
        for browser in [inspector, person, city.browser()] {
            let answer = await browser.get("/staff/accounts")
            #expect(answer.status != 200 && !answer.has("Email address of the account"))
        }
        let staff = try await helper(city)
        #expect(await staff.post("/staff/accounts", ["email": "sam@city.example"]).has("This is your own account."))
        #expect(await staff.post("/staff/accounts", ["email": "root@city.example"]).has("An administrator has to help."))
        let ids: [String] = try await city.read { conn in
            try conn.rows("SELECT public_id FROM account WHERE first_name = 'Sam' ORDER BY id").map { try $0["public_id"] }
        }
        let root = try #require(ids.first)
        #expect(await staff.get("/staff/accounts/\(root)").status == 404)
        #expect(await staff.post("/staff/accounts/\(root)/reset", ["why": why, "email": "root@city.example"]).status == 404)

        let administrator = city.browser()
        try await administrator.signIn(try #require(try await city.found("root@city.example")?.id), staff: true)
        #expect(try await page(of: "sam@city.example", administrator).hasPrefix("/staff/accounts/"))
    }

    @Test func `A8 staff end the delay of sign-in, with a reason, and the person is told`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: email, password: goodPassword)
        for _ in 0..<10 { await city.browser().post("/sign-in", signIn(email, "wrong wrong wrong wrong")) }
        #expect(await city.browser().post("/sign-in", signIn(email, goodPassword)).status == 429)
        let staff = try await helper(city)
        let page = try await page(of: email, staff)
        #expect(await staff.get(page).has("10 tries with a password"))
        let act = page + "/end-delay"
        #expect(await staff.get(page).has(act))
        let empty = await staff.post(act, ["why": " "])
        #expect(empty.status == 422 && empty.has("Say why you are doing this."))
        let done = await staff.post(act, ["why": why])
        #expect(await staff.follow(done).has("The person can try again now."))
        #expect(await staff.get(page).has("Reason: \(why)"))
        #expect(await staff.post(act, ["why": why]).status == 409, "there is nothing to end any more")
        let owner = city.browser()
        #expect(await owner.post("/sign-in", signIn(email, goodPassword)).location == "/dashboard")
        #expect(await owner.get("/account/activity").has("City staff ended the delay of sign-in."))
        #expect(try await city.mails(to: email).contains { $0.subject == "City staff helped with your account" })
        let actors: [String] = try await city.read { conn in
            try conn.rows("SELECT actor FROM fact WHERE kind = 'account.helped' AND subject = \("account:\(id)")")
                .map { try $0["actor"] }
        }
        #expect(actors.count == 1 && actors[0].hasPrefix("staff:"))
    }

    @Test func `A8 a link for a new password goes to a confirmed address of the account, and to no other`() async throws {
        let city = try await TestCity.make()
        try await city.account(email: email, password: goodPassword)
        let staff = try await helper(city)
        let act = try await page(of: email, staff) + "/reset"
        for other in ["mallory@example.org", ""] {
            #expect(await staff.post(act, ["why": why, "email": other]).status == 422)
        }
        #expect(try await city.mails(to: "mallory@example.org").isEmpty)
        #expect(await staff.post(act, ["why": why, "email": email]).status == 303)
        let mails = try await city.mails(to: email)
        let link = try #require(mails.first { $0.subject == "Reset your password" }?.link)
        #expect(mails.contains { $0.subject == "City staff helped with your account" && $0.text.contains("Staff never see") })
        let owner = city.browser()
        let new = ["token": token(in: link), "password": "nine copper kettles at dawn"]
        #expect(await owner.post("/reset/choose", new).location == "/dashboard")
    }

    @Test func `A8 staff end all sessions at once`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: email, password: goodPassword)
        let (first, second) = (city.browser(), city.browser())
        for browser in [first, second] { try await browser.signIn(id) }
        let staff = try await helper(city)
        let page = try await page(of: email, staff)
        #expect(await staff.post(page + "/end-sessions", ["why": why]).status == 303)
        for browser in [first, second] { #expect(await browser.get("/account").status == 303) }
        #expect(await staff.get(page).has("Nowhere."))
    }

    @Test func `A8 a confirmation is sent again: of a new account, and of an address somebody wanted to add`() async throws {
        let city = try await TestCity.make()
        await city.browser().post("/register", ["email": "new@example.org"])
        let staff = try await helper(city)
        let begun = try await page(of: "new@example.org", staff)
        #expect(begun.hasPrefix("/staff/registrations/"))
        #expect(await staff.get(begun).has("has not finished it"))
        #expect(await staff.post(begun, ["why": why]).location == "/staff/accounts")
        #expect(try await city.mails(to: "new@example.org").count { $0.subject == "Confirm your email address" } == 2)
        try await city.registersByLink("new@example.org")

        let id = try await city.account(email: email, password: goodPassword)
        let owner = city.browser()
        try await owner.signIn(id)
        await owner.post("/account/emails", ["email": "second@example.org"])
        let old = try await city.link(to: "second@example.org")
        let page = try await page(of: email, staff)
        #expect(await staff.get(page).has("not confirmed yet"))
        #expect(await staff.post(page + "/confirmation", ["why": why]).status == 303)
        let new = try await city.link(to: "second@example.org")
        #expect(await owner.post("/account/emails/confirm", ["token": token(in: old)]).status == 410)
        #expect(await owner.post("/account/emails/confirm", ["token": token(in: new)]).location == "/account/emails")
    }

    @Test func `A8 the pages of an account open for an hour after it was looked up, and only for whoever did`() async throws {
        let city = try await TestCity.make()
        try await city.account(email: email, password: goodPassword)
        let staff = try await helper(city)
        let page = try await page(of: email, staff)
        let colleague = city.browser()
        let id = try await city.staff(.supervisor, email: "kim@city.example", password: goodPassword)
        try await colleague.signIn(id, staff: true)
        for address in [page, page + "/reset"] {
            #expect(await colleague.get(address).location == "/staff/accounts")
            #expect(await staff.get(address).status == 200)
        }
        #expect(await colleague.post(page + "/reset", ["why": why, "email": email]).location == "/staff/accounts")
        city.clock.advance(.hours(1))
        let late = await staff.get(page)
        #expect(late.location == "/staff/accounts")
        #expect(await staff.follow(late).has("Look the account up again."))
    }

    @Test func `A4 the reason is not lost when the password is asked for again`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: email, password: goodPassword)
        let owner = city.browser()
        try await owner.signIn(id)
        let staff = try await helper(city)
        let page = try await page(of: email, staff)
        city.clock.advance(.minutes(15))
        let stopped = await staff.post(page + "/end-sessions", ["why": why])
        #expect(stopped.location == "/account/confirm-password")
        #expect(await owner.get("/account").status == 200)
        let right = await staff.post("/account/confirm-password", ["password": goodPassword])
        #expect(await staff.follow(right).has(why))
        await staff.post(page + "/end-sessions", ["why": why])
        #expect(await owner.get("/account").status == 303)
    }
}

extension TestCity {
    /// Finishes the account by the newest link that came.
    fileprivate func registersByLink(_ email: String) async throws {
        let browser = browser()
        let link = try await link(to: email)
        #expect(await browser.post("/register/confirm", ["token": token(in: link)]).location == "/register/finish")
        #expect(await browser.post("/register/finish", answers()).status == 303)
    }
}
