import Core
import Foundation
import Primitives
import TestSupport
import Testing

@testable import Accounts

@Suite struct SecondStepTests {
    private let email = "ada@example.org"

    @Test func `A3 somebody sets up an app, and from then on a code comes after the password`() async throws {
        let city = try await TestCity.make()
        let (browser, totp) = try await city.withApp(email)
        #expect(await browser.get("/account/security").has("You enter a code from your app"))
        #expect(try await city.mails(to: email).contains { $0.subject == "A second step was added to your account" })

        let other = city.browser()
        let answer = await other.post("/sign-in", signIn(email, goodPassword).merging(["return": "/account/emails"]) { $1 })
        #expect(answer.location == "/sign-in/second-step" && other.cookie("session") == nil)
        #expect(await other.get("/account").location == "/sign-in?return=%2Faccount")
        let page = await other.follow(answer)
        #expect(page.has("<h1>Second step</h1>") && page.has("autocomplete=\"one-time-code\""))

        let wrong = await other.post("/sign-in/second-step", ["code": "000000"])
        #expect(wrong.status == 422 && wrong.has("This code is not right") && !wrong.has("000000"))
        city.clock.advance(.seconds(60))
        let right = await other.post("/sign-in/second-step", ["code": totp.now(city)])
        #expect(right.location == "/account/emails")
        #expect(await other.get("/account").status == 200 && other.cookie("step") == nil)
    }

    @Test func `A3 the secret of an app is shown in the browser that asked for it, and in no other of the account`() async throws
    {
        let city = try await TestCity.make()
        let id = try await city.account(email: email, password: goodPassword)
        let (owner, other) = (city.browser(), city.browser())
        for browser in [owner, other] { try await browser.signIn(id) }
        await owner.post("/account/security/app/begin")
        #expect(await owner.get("/account/security/app").has("<svg class=\"squares\""))
        #expect(await other.get("/account/security/app").location == "/account/security")
    }

    @Test func `A7 new recovery codes are told of by mail, and whoever else is signed in is signed out`() async throws {
        let city = try await TestCity.make()
        let (owner, totp) = try await city.withApp(email)
        let other = city.browser()
        await other.post("/sign-in", signIn(email, goodPassword))
        city.clock.advance(.seconds(60))
        await other.post("/sign-in/second-step", ["code": totp.now(city)])
        #expect(await other.get("/account").status == 200)
        let before = try await city.mails(to: email).count
        #expect(await owner.post("/account/security/recovery-codes").location == "/account/security/recovery-codes")
        let mails = try await city.mails(to: email)
        #expect(mails.count == before + 1 && mails.contains { $0.text.contains("New recovery codes were made") })
        #expect(await other.get("/account").status == 303)
        #expect(await owner.get("/account").status == 200)
    }

    @Test func `A3 a code is good once, and only where the password was entered`() async throws {
        let city = try await TestCity.make()
        let (_, totp) = try await city.withApp(email)
        city.clock.advance(.seconds(60))
        let (first, second, stranger) = (city.browser(), city.browser(), city.browser())
        for browser in [first, second] { await browser.post("/sign-in", signIn(email, goodPassword)) }
        let code = totp.now(city)
        #expect(await stranger.post("/sign-in/second-step", ["code": code]).location == "/sign-in")
        #expect(await first.post("/sign-in/second-step", ["code": code]).location == "/dashboard")
        #expect(await second.post("/sign-in/second-step", ["code": code]).status == 422)
        #expect(second.cookie("session") == nil)
    }

    @Test func `A3 the second step has to come within ten minutes`() async throws {
        let city = try await TestCity.make()
        let (_, totp) = try await city.withApp(email)
        let browser = city.browser()
        await browser.post("/sign-in", signIn(email, goodPassword))
        city.clock.advance(.minutes(10))
        let answer = await browser.post("/sign-in/second-step", ["code": totp.now(city)])
        #expect(answer.location == "/sign-in" && browser.cookie("session") == nil)
        #expect(await browser.follow(answer).has("This took too long. Sign in again."))
    }

    @Test func `A3 a recovery code stands in for the app, once, however it is typed`() async throws {
        let city = try await TestCity.make()
        let (owner, _) = try await city.withApp(email)
        let codes = try #require(await owner.get("/account/security/recovery-codes").recoveryCodes)
        #expect(codes.count == 10 && Set(codes).count == 10)
        let browser = city.browser()
        await browser.post("/sign-in", signIn(email, goodPassword))
        let typed = codes[3].uppercased().replacing(" ", with: "-")
        #expect(await browser.post("/sign-in/recovery-code", ["code": typed]).location == "/dashboard")
        #expect(try await city.mails(to: email).contains { $0.subject == "A recovery code was used" })
        #expect(await browser.get("/account/security").has("You have 9 unused codes left."))

        let again = city.browser()
        await again.post("/sign-in", signIn(email, goodPassword))
        #expect(await again.post("/sign-in/recovery-code", ["code": codes[3]]).status == 422)
        #expect(await again.post("/sign-in/recovery-code", ["code": "not a code at all"]).status == 422)
        #expect(again.cookie("session") == nil)
    }

    @Test func `A3 recovery codes are shown in one browser, for ten minutes; new ones end the old`() async throws {
        let city = try await TestCity.make()
        let (owner, _) = try await city.withApp(email)
        let old = try #require(await owner.get("/account/security/recovery-codes").recoveryCodes)
        let id = try #require(try await city.found(email)?.id)
        let other = city.browser()
        try await other.signIn(id)
        #expect(await other.get("/account/security/recovery-codes").recoveryCodes == nil)
        city.clock.advance(.minutes(10))
        #expect(await owner.get("/account/security/recovery-codes").recoveryCodes == nil)

        let answer = await owner.post("/account/security/recovery-codes")
        let new = try #require(await owner.follow(answer).recoveryCodes)
        #expect(Set(new).isDisjoint(with: old))
        let browser = city.browser()
        await browser.post("/sign-in", signIn(email, goodPassword))
        #expect(await browser.post("/sign-in/recovery-code", ["code": old[0]]).status == 422)
        #expect(await browser.post("/sign-in/recovery-code", ["code": new[0]]).location == "/dashboard")
    }

    @Test func `A3 a new password by mail does not get around the second step`() async throws {
        let city = try await TestCity.make()
        let (owner, totp) = try await city.withApp(email)
        let browser = city.browser()
        await browser.post("/reset", ["email": email])
        let link = try await city.link(to: email)
        let answer = await browser.post("/reset/choose", ["token": token(in: link), "password": "nine copper kettles at dawn"])
        #expect(answer.location == "/sign-in/second-step" && browser.cookie("session") == nil)
        #expect(await owner.get("/account").location?.hasPrefix("/sign-in") == true)
        city.clock.advance(.seconds(60))
        #expect(await browser.post("/sign-in/second-step", ["code": totp.now(city)]).location == "/dashboard")
    }

    @Test func `A3 a password of eight characters stands only beside a second step`() async throws {
        let city = try await TestCity.make()
        let plain = city.browser()
        try await plain.signIn(try await city.account(email: "bo@example.org", password: goodPassword))
        let refused = await plain.post("/account/password", ["current": goodPassword, "password": "kT4!wq9z"])
        #expect(refused.status == 422 && refused.has("at least 15 characters"))

        let (owner, _) = try await city.withApp(email)
        for (password, why) in [
            ("kT4!wq9", "at least 8 characters"), ("iloveyou", "Others would try"), ("password1", "Others would try"),
            ("12345678", "Others would try"),
        ] {
            let answer = await owner.post("/account/password", ["current": goodPassword, "password": password])
            #expect(answer.status == 422 && answer.has(why), "\(password)")
        }
        #expect(await owner.post("/account/password", ["current": goodPassword, "password": "kT4!wq9z"]).status == 303)
        let kept = await owner.post("/account/security/app/remove")
        #expect(kept.status == 409 && kept.has("fewer than 15 characters"))
        #expect(await owner.post("/account/password", ["current": "kT4!wq9z", "password": goodPassword]).status == 303)
        #expect(await owner.post("/account/security/app/remove").location == "/account/security")
        #expect(try await city.mails(to: email).contains { $0.subject == "A second step was removed from your account" })
        #expect(await city.browser().post("/sign-in", signIn(email, goodPassword)).location == "/dashboard")
    }

    @Test func `A4 what guards the account asks for the code too, and the session gets a new token`() async throws {
        let city = try await TestCity.make()
        let (owner, totp) = try await city.withApp(email)
        city.clock.advance(.minutes(15))
        let before = owner.cookie("session")
        #expect(await owner.post("/account/security/app/remove").location?.hasPrefix("/account/confirm-password") == true)
        #expect(await owner.get("/account/confirm-password").has("name=\"code\""))
        #expect(await owner.post("/account/confirm-password", ["password": goodPassword]).status == 422)
        let answer = await owner.post(
            "/account/confirm-password",
            ["password": goodPassword, "code": totp.now(city), "return": "/account/security"])
        #expect(answer.location == "/account/security" && owner.cookie("session") != before)
        #expect(await owner.post("/account/security/app/remove").location == "/account/security")
    }

    @Test func `A4 confirming the password twice, or again after the answer was lost, signs nobody out`() async throws {
        let city = try await TestCity.make()
        let (owner, totp) = try await city.withApp(email)
        city.clock.advance(.minutes(15))
        let (second, wrong) = (owner.asItIsNow(), owner.asItIsNow())
        let fields = ["password": goodPassword, "code": totp.now(city), "return": "/account/security"]
        let once = SecretToken(randomness: .system).text
        for browser in [owner, second] {
            #expect(await browser.post("/account/confirm-password", fields, once: once).location == "/account/security")
            #expect(await browser.get("/account").status == 200)
        }
        #expect(owner.cookie("session") == second.cookie("session"))
        // The old token alone is nobody's.
        #expect(await wrong.post("/account/confirm-password", fields).location == "/sign-in")
        #expect(await wrong.get("/account").location?.hasPrefix("/sign-in") == true)
    }

    @Test func `A3 guessing codes gets slower and slower`() async throws {
        let city = try await TestCity.make()
        let (_, totp) = try await city.withApp(email)
        let browser = city.browser()
        await browser.post("/sign-in", signIn(email, goodPassword))
        for _ in 0..<10 { #expect(await browser.post("/sign-in/second-step", ["code": "000000"]).status == 422) }
        let waits = await browser.post("/sign-in/second-step", ["code": totp.now(city)])
        #expect(waits.status == 429 && waits.has("Wait a minute, then try again."))
        #expect(waits.headers["retry-after"] == "31")
        city.clock.advance(.seconds(30))
        #expect(await browser.post("/sign-in/second-step", ["code": "000000"]).status == 422)
        city.clock.advance(.seconds(30))
        #expect(await browser.post("/sign-in/second-step", ["code": totp.now(city)]).status == 429)
        city.clock.advance(.seconds(30))
        #expect(await browser.post("/sign-in/second-step", ["code": totp.now(city)]).status == 303)
    }

    @Test func `staff have the same page and the same second step`() async throws {
        let city = try await TestCity.make()
        let (staff, totp) = try await city.withApp("dana@city-staff.example", role: .contactSteward)
        #expect(await staff.get("/account/security").has("<h1>Sign-in and security</h1>"))
        city.clock.advance(.seconds(60))
        let browser = city.browser()
        let answer = await browser.post("/staff/sign-in", signIn("dana@city-staff.example", goodPassword))
        #expect(answer.location == "/sign-in/second-step")
        #expect(await browser.post("/sign-in/second-step", ["code": totp.now(city)]).location == "/staff/desk")
    }

    @Test func `with the installation's key the seed is not readable in the database`() async throws {
        let (plain, sealed) = (
            CitySettings(baseURL: "http://localhost", isDemo: false),
            CitySettings(baseURL: "http://localhost", isDemo: false, secretKey: String(repeating: "k", count: 32))
        )
        let seed = Array("12345678901234567890".utf8)
        let (owner, other) = (AccountID(7), AccountID(8))
        let stored = try SeedBox(sealed).close(seed, of: owner)
        #expect(!stored.contains(Data(seed).base64EncodedString()))
        #expect(SeedBox(sealed).open(stored, of: owner) == seed)
        #expect(SeedBox(sealed).open(stored, of: other) == nil && SeedBox(plain).open(stored, of: owner) == nil)
        // With another key it is read while the one before is known, and stands to be sealed anew.
        let replaced = CitySettings(
            baseURL: "http://localhost", isDemo: false, secretKey: String(repeating: "n", count: 32),
            secretKeyBefore: String(repeating: "k", count: 32))
        #expect(SeedBox(replaced).open(stored, of: owner) == seed && SeedBox(replaced).isOld(stored, of: owner))
        #expect(SeedBox(replaced).open(stored, of: other) == nil && !SeedBox(sealed).isOld(stored, of: owner))
        // What was stored before there was a key is still read.
        #expect(SeedBox(sealed).open(try SeedBox(plain).close(seed, of: owner), of: owner) == seed)
    }
}

extension TOTP {
    func now(_ city: TestCity) -> String { code(step: TOTP.step(at: city.clock.now)) }
}

extension TestCity {
    /// An account with an authenticator app that it set up on the pages, in a browser that is signed in.
    func withApp(_ email: String, role: StaffRole? = nil) async throws -> (Browser, TOTP) {
        let id: AccountID =
            if let role { try await staff(role, email: email, password: goodPassword) } else {
                try await account(email: email, password: goodPassword)
            }
        let browser = browser()
        try await browser.signIn(id, staff: role != nil)
        #expect(await browser.post("/account/security/app/begin").location == "/account/security/app")
        let page = await browser.get("/account/security/app")
        let (settings, now) = (context.settings, clock.now)
        let token = browser.cookie("app-offer").flatMap(SecretToken.init(presented:))
        let totp = try #require(try await read { try AppCodes.offered(to: id, token, at: now, settings, $0) })
        #expect(page.has(Base32.grouped(Base32.encode(totp.seed))) && page.has("<svg class=\"squares\""))
        let wrong = await browser.post("/account/security/app", ["code": "1"])
        #expect(wrong.status == 422)
        let done = await browser.post("/account/security/app", ["code": totp.now(self)])
        #expect(done.location == "/account/security/recovery-codes")
        return (browser, totp)
    }
}

extension Browser.Answer {
    /// nil when the page shows none.
    var recoveryCodes: [String]? {
        let codes = text.matches(of: /<li><code>([a-z2-7 ]{29})<\/code>/).map { String($0.output.1) }
        return codes.isEmpty ? nil : codes
    }
}
