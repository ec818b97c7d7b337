import Accounts
import Core
import Database
import Primitives
import TestSupport
import Testing
import Web

@testable import Portal

/// Mistakes that court and permit portals made, each shown to be absent. Those that the crawler shows are in `LeakCrawlerTests`; which
/// test shows which is in docs/security/incidents.md.
@Suite struct IncidentTests {
    @Test func `incident 1 nobody is somebody by a parameter of the address`() async throws {
        let leaks = try await LeakCity()
        let guest = leaks.city.browser()
        for name in ["user", "account", "account_id", "id", "email", "session", "xyzldk", "acting_for", "as", "token"] {
            for value in ["1", "\(leaks.stranger)", "rookfern@example.org"] {
                let answer = await guest.get("/dashboard?\(name)=\(value)")
                #expect(answer.status == 303 && answer.location?.contains("sign-in") == true, "\(name)=\(value)")
            }
        }
        let stranger = try leaks.comer("stranger").browser
        #expect(await stranger.get("/account/records.json?account=1&id=1").text.contains("rookfern") == false)
    }

    @Test func `incident 2, 4 and 8 no file is reached but what belongs to the pages`() async throws {
        let guest = try await TestCity.make().browser()
        for path in [
            "/assets/../../../etc/passwd", "/assets/..%2F..%2Fetc%2Fpasswd", "/assets/%2e%2e/Package.swift", "/backup.zip",
            "/.git/config",
            "/var/groundwork.sqlite", "/temp/1.zip", "/Package.swift", "/assets/", "//etc/passwd", "/assets/..;/secret",
        ] {
            #expect(await guest.get(path).status == 404, "\(path)")
        }
    }

    @Test func `incident 6 what gives a right cannot be counted up`() async throws {
        let leaks = try await LeakCity()
        let guest = leaks.city.browser()
        await guest.post("/register", ["email": "one@example.org"])
        await guest.post("/register", ["email": "two@example.org"])
        await guest.post("/reset", ["email": "rookfern@example.org"])
        await guest.post("/access-request", ["case": "1 Elsewhere St", "part": "I rent it", "email": "three@example.org"])
        let tokens: [String] = try await leaks.city.read { conn in
            try conn.rows("SELECT link FROM mail WHERE link IS NOT NULL").map { try $0["link"] }
        }
        // Links that let somebody in without signing in.
        let secret = tokens.filter { $0.contains("token=") || $0.contains("/invitations/") || $0.contains("/access-request/") }
        #expect(!secret.isEmpty)
        for link in secret {
            let word = link.split(whereSeparator: { "/=".contains($0) }).last ?? ""
            #expect(word.count >= 26, "\(word.count) letters are too few")
        }
        #expect(Set(secret).count == secret.count)
    }

    @Test func `incident 12 a new password needs the link of the mail, whatever else is known`() async throws {
        let leaks = try await LeakCity()
        let guest = leaks.city.browser()
        let before = try await leaks.city.read { try $0.value("SELECT COUNT(*) FROM credential") as Int64? }
        for fields in [
            ["password": "four sandstone arches at noon", "password_again": "four sandstone arches at noon"],
            ["password": "four sandstone arches at noon", "email": "rookfern@example.org", "token": ""],
            ["password": "four sandstone arches at noon", "token": String(repeating: "a", count: 32), "account": "1"],
        ] {
            let answer = await guest.post("/reset/choose", fields)
            #expect(answer.status != 303 || answer.location?.contains("dashboard") == false)
            #expect(guest.cookie("session") == nil)
        }
        #expect(try await leaks.city.read { try $0.value("SELECT COUNT(*) FROM credential") as Int64? } == before)
    }

    @Test func `incident 13 the search for people takes no wildcard`() async throws {
        let leaks = try await LeakCity()
        let person = try leaks.comer("person").browser
        let number = leaks.numbers[0]
        for typed in ["%25%25%25", "*", "_", "%25", "___", "e%25", "%3F%3F"] {
            let answer = await person.get("/cases/\(number)/contacts?as=applicant&q=\(typed)")
            #expect(!answer.text.contains("Add Otto") && !answer.text.contains("Add Yarrow"), "\(typed)")
        }
    }

    @Test func `incident 14 no field that a form does not have makes anybody more than they are`() async throws {
        let city = try await TestCity.make()
        let browser = city.browser()
        let more = [
            "role": "administrator", "roles": "administrator", "is_staff": "1", "account_id": "1", "contact_id": "1",
            "staff": "1",
            "applicationRoleId": "90000", "proven_at": "1", "kind": "company",
        ]
        await browser.post("/register", ["email": "new@example.org"].merging(more) { $1 })
        let link: String? = try await city.read {
            try $0.value("SELECT link FROM mail WHERE recipient = 'new@example.org' ORDER BY id DESC LIMIT 1")
        }
        let page = await browser.get(try #require(link))
        let start = try #require(page.text.range(of: "name=\"token\" value=\""))
        let token = String(page.text[start.upperBound...].prefix { $0 != "\"" })
        await browser.post("/register/confirm", ["token": token].merging(more) { $1 })
        let answers = [
            "first_name": "Nia", "last_name": "New", "phone": "303-555-0100", "password": "four sandstone arches at noon",
        ]
        await browser.post("/register/finish", answers.merging(more) { $1 })
        #expect(await browser.get("/account").status == 200)
        #expect(await browser.get("/staff/desk").status != 200)
        #expect(try await city.read { try $0.value("SELECT COUNT(*) FROM staff_role") } == 0)
    }

    @Test func `incident 16 no form is taken without what it needs`() async throws {
        let leaks = try await LeakCity()
        let access = leaks.city.context.access
        var sent = 0
        for route in TestCity.routes
        where route.method == .post && !route.template.contains("{") && !route.template.hasPrefix("/demo") {
            guard route.form.fields.contains(where: \.isRequired) else { continue }
            let comer = try #require(
                leaks.comers.first { comer in
                    switch route.access {
                    case .anyone: comer.name == "guest"
                    case .signedIn, .account: comer.name == "person"
                    case .staff(let action): access.may(action, comer.principal)
                    }
                })
            let before: Int64? = try await leaks.city.read { try $0.value("SELECT MAX(id) FROM fact") }
            let answer = await comer.browser.post(route.template, [:])
            // A page that only stands between two steps leads back to the first one.
            #expect([303, 404, 409, 410, 422, 429].contains(answer.status), "\(route.template): \(answer.status)")
            #expect(
                try await leaks.city.read { try $0.value("SELECT MAX(id) FROM fact") as Int64? } == before, "\(route.template)")
            sent += 1
        }
        #expect(sent > 10)
    }

    /// A path of this portal, however a browser reads it.
    private func isInside(_ location: String) -> Bool {
        location.hasPrefix("/") && !location.hasPrefix("//") && !location.contains("\\") && !location.contains("\t")
    }

    @Test func `incident 18 no address leads out of the portal`() async throws {
        let city = try await TestCity.make()
        _ = try await city.account("Ann", "Reed", email: "ann@example.org", password: TestCity.password)
        for away in [
            "https://evil.example/", "//evil.example", "/\\evil.example", "https:evil.example", "javascript:alert(1)",
            "/\t/evil.example",
        ] {
            let browser = city.browser()
            let signedIn = await browser.post(
                "/sign-in", ["email": "ann@example.org", "password": TestCity.password, "return": away])
            let there = signedIn.location ?? "nowhere"
            #expect(signedIn.location.map { isInside($0) } ?? true, "\(away): \(there)")
            let encoded = away.replacing("/", with: "%2F").replacing(":", with: "%3A").replacing("\\", with: "%5C")
            for page in [
                "/language/es?return=\(encoded)", "/sign-in?return=\(encoded)", "/language/en?to=\(encoded)&next=\(encoded)",
            ] {
                let answer = await browser.get(page)
                #expect(answer.location.map { isInside($0) } ?? true, "\(page)")
                #expect(!answer.text.contains("href=\"https://evil") && !answer.text.contains("href=\"javascript"), "\(page)")
            }
        }
    }
}
