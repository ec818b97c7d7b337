import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Accounts

/// A lost second step goes after a day in which its owner can stop it.
extension SupportTests {
    @Test func `A8 a lost second step goes after a day, never at once`() async throws {
        let city = try await TestCity.make()
        _ = try await city.withApp(email)
        let staff = try await helper(city)
        let page = try await page(of: email, staff)
        #expect(await staff.get(page).has("10 recovery codes"))
        #expect(await staff.post(page + "/remove-second-step", ["why": why]).status == 303)
        #expect(await staff.get(page).has("The person can still stop it."))
        #expect(await staff.post(page + "/remove-second-step", ["why": why]).status == 409)
        #expect(try await city.mails(to: email).contains { $0.subject == "Your second step will be removed in 24 hours" })

        city.clock.advance(.hours(23))
        try await city.context.worker().runDue()
        #expect(await city.browser().post("/sign-in", signIn(email, goodPassword)).location == "/sign-in/second-step")
        city.clock.advance(.hours(1))
        try await city.context.worker().runDue()
        let owner = city.browser()
        #expect(await owner.post("/sign-in", signIn(email, goodPassword)).location == "/dashboard")
        #expect(await owner.get("/account/security").has("You sign in with your password alone."))
        #expect(await owner.get("/account/activity").has("The authenticator app was removed."))
        #expect(
            try await city.count("SELECT COUNT(*) FROM credential WHERE kind IN ('totp', 'recovery') AND until IS NULL") == 0)
    }

    @Test func `A8 what was added after the second step was said to be lost stays`() async throws {
        let city = try await TestCity.make()
        let (owner, _) = try await city.withApp(email)
        let staff = try await helper(city)
        await staff.post(try await page(of: email, staff) + "/remove-second-step", ["why": why])
        city.clock.advance(.minutes(5))
        _ = try await owner.adds(SoftPasskey.es256())
        city.clock.advance(.hours(24))
        try await city.context.worker().runDue()
        #expect(try await city.count("SELECT COUNT(*) FROM credential WHERE kind = 'totp' AND until IS NULL") == 0)
        #expect(try await city.count("SELECT COUNT(*) FROM credential WHERE kind = 'passkey' AND until IS NULL") == 1)
        #expect(await city.browser().post("/sign-in", signIn(email, goodPassword)).location == "/sign-in/second-step")
    }

    @Test func `A8 whoever confirms something with the second step has not lost it`() async throws {
        let city = try await TestCity.make()
        let owner = city.browser()
        try await owner.signIn(try await city.account(email: email, password: goodPassword))
        let passkey = SoftPasskey.es256()
        _ = try await owner.adds(passkey)
        let staff = try await helper(city)
        await staff.post(try await page(of: email, staff) + "/remove-second-step", ["why": why])
        let challenge = try await owner.challenge(to: "/account/confirm-passkey/begin")
        await owner.post("/account/confirm-passkey", try passkey.answers(challenge))
        #expect(try await city.count("SELECT COUNT(*) FROM factor_removal WHERE until IS NULL") == 0)
        #expect(try await city.mails(to: email).contains { $0.subject == "Your second step stays" })
    }

    @Test func `A8 the link in the mail keeps the second step, without signing in`() async throws {
        let city = try await TestCity.make()
        _ = try await city.withApp(email)
        let staff = try await helper(city)
        let page = try await page(of: email, staff)
        await staff.post(page + "/remove-second-step", ["why": why])
        let subject = "Your second step will be removed in 24 hours"
        let link = try #require(try await city.mails(to: email).first { $0.subject == subject }?.link)
        let anybody = city.browser()
        #expect(await anybody.get(link).has("Keep my second step"))
        #expect(await staff.get(page).has("The person can still stop it."), "looking stops nothing")
        #expect(await anybody.post("/sign-in/keep-second-step", ["token": token(in: link)]).location == "/sign-in")
        #expect(await anybody.post("/sign-in/keep-second-step", ["token": token(in: link)]).status == 410)
        #expect(try await city.mails(to: email).contains { $0.subject == "Your second step stays" })
        city.clock.advance(.hours(25))
        try await city.context.worker().runDue()
        #expect(await city.browser().post("/sign-in", signIn(email, goodPassword)).location == "/sign-in/second-step")
    }

    @Test func `A8 whoever signs in with the second step has not lost it`() async throws {
        let city = try await TestCity.make()
        let (owner, totp) = try await city.withApp(email)
        let staff = try await helper(city)
        await staff.post(try await page(of: email, staff) + "/remove-second-step", ["why": why])
        #expect(await owner.get("/account/security").has("Second step to be removed"))
        city.clock.advance(.seconds(60))
        let browser = city.browser()
        await browser.post("/sign-in", signIn(email, goodPassword))
        await browser.post("/sign-in/second-step", ["code": totp.now(city)])
        #expect(!(await browser.get("/account/security").has("Second step to be removed")))
        city.clock.advance(.hours(25))
        try await city.context.worker().runDue()
        #expect(await city.browser().post("/sign-in", signIn(email, goodPassword)).location == "/sign-in/second-step")
    }

    @Test func `A3 a short password does not stand alone after the second step went`() async throws {
        let city = try await TestCity.make()
        let (owner, _) = try await city.withApp(email)
        await owner.post("/account/password", ["current": goodPassword, "password": "kT4!wq9z"])
        let staff = try await helper(city)
        await staff.post(try await page(of: email, staff) + "/remove-second-step", ["why": why])
        city.clock.advance(.hours(24))
        try await city.context.worker().runDue()
        #expect(await city.browser().post("/sign-in", signIn(email, "kT4!wq9z")).status == 422)
        let browser = city.browser()
        await browser.post("/reset", ["email": email])
        let link = try await city.link(to: email)
        let new = ["token": token(in: link), "password": "nine copper kettles at dawn"]
        #expect(await browser.post("/reset/choose", new).location == "/dashboard")
    }
}
