import Cases
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Accounts

@Suite struct SecurityEventTests {
    private let email = "ada@example.org"

    @Test func `a wrong password is kept with the account, and an address that no account has only as a hash`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: email, password: goodPassword)
        for _ in 0..<3 { await city.browser().post("/sign-in", signIn(email, "not the password at all")) }
        for _ in 0..<2 { await city.browser().post("/sign-in", signIn("Nobody@Example.org", "not the password at all")) }
        let failed = try await city.events("sign-in-failed")
        #expect(failed.map(\.times).sorted() == [2, 3], "one row for an hour's tries")
        let known = try #require(failed.first { $0.account == id })
        #expect(known.times == 3 && known.way == "password" && known.network == "127.0.0.1" && known.route == "/sign-in")
        let unknown = try #require(failed.first { $0.account == nil })
        #expect(unknown.typedHash == city.context.typedHash(try #require(FoldedEmail("nobody@example.org"))))
        #expect(try await !city.everythingKept().contains("nobody@example"), "what was typed is not readable")
    }

    @Test func `who got in is kept with how`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: email, password: goodPassword)
        await city.browser().post("/sign-in", signIn(email, goodPassword))
        let events = try await city.events("signed-in")
        #expect(events.map(\.way) == ["password"] && events.map(\.account) == [id])
    }

    @Test func `a wrong second step, and a wrong password where somebody is signed in, are kept`() async throws {
        let city = try await TestCity.make()
        let (owner, _) = try await city.withApp(email)
        let other = city.browser()
        await other.post("/sign-in", signIn(email, goodPassword))
        await other.post("/sign-in/second-step", ["code": "000000"])
        await owner.post("/account/confirm-password", ["password": "not the password at all", "code": "000000", "return": ""])
        #expect(try await city.events("sign-in-failed").map(\.way).sorted() == ["password", "password+app"])
    }

    @Test func `what is refused is kept with who asked for what`() async throws {
        let city = try await TestCity.make()
        let id = try await city.account(email: email)
        let browser = city.browser()
        try await browser.signIn(id)
        #expect(await browser.get("/staff/desk").status == 403)
        #expect(await browser.get("/cases/NONE2026-00001").status == 404)
        #expect(await city.browser().get("/cases/NONE2026-00001").status == 404)
        #expect(try await city.events("refused").map(\.route) == ["/staff/desk"])
        let missing = try await city.events("not-there")
        #expect(missing.map(\.route) == ["/cases/{number}"] && missing.map(\.account) == [id], "guests follow old links")
        #expect(await browser.post("/account/details", ["first_name": ""]).status == 422)
        #expect(try await city.events("not-taken").map(\.account) == [id])
    }

    @Test func `whoever reads a confidential case is kept with its number, on its page and as a file for machines`() async throws
    {
        let city = try await TestCity.make()
        let (secret, open) = (try await city.aCase(confidential: true), try await city.aCase())
        let reviewer = city.browser()
        let id = try await city.staff(.reviewer)
        try await reviewer.signIn(id, staff: true)
        for one in [secret, open] {
            let number = try await city.number(of: one)
            #expect(await reviewer.get("/cases/\(number)").status == 200)
            #expect(await reviewer.get("/cases/\(number)/contacts").status == 200)
        }
        let reads = try await city.events("confidential-read")
        #expect(try await reads.map(\.subject) == Array(repeating: city.number(of: secret), count: 2))
        #expect(reads.allSatisfy { $0.account == id })
    }

    @Test func `a limit that was met is kept`() async throws {
        let city = try await TestCity.make()
        for _ in 0..<60 where try await city.events("too-many").isEmpty {
            await city.browser().post("/sign-in", signIn(email, "not the password at all"))
        }
        #expect(try await city.events("too-many").map(\.route) == ["/sign-in"])
    }

    @Test func `events are thrown away after half a year`() async throws {
        let city = try await TestCity.make()
        await city.browser().post("/sign-in", signIn(email, "not the password at all"))
        let kept = try await city.events("sign-in-failed")
        #expect(kept.count == 1)
        city.clock.advance(.days(181))
        let now = city.clock.now
        try await city.write { change in try CoreFeature().tidy(at: now, change.conn) }
        #expect(try await city.events("sign-in-failed").isEmpty)
    }

    @Test func `whoever may see them finds them by kind, person, typed address and network`() async throws {
        let city = try await TestCity.make()
        try await city.account(email: email, password: goodPassword)
        await city.browser().post("/sign-in", signIn(email, "not the password at all"))
        await city.browser().post("/sign-in", signIn("nobody@example.org", "not the password at all"))
        let (steward, administrator) = (city.browser(), city.browser())
        try await steward.signIn(try await city.staff(.contactSteward), staff: true)
        try await administrator.signIn(try await city.staff(.administrator, email: "root@city.example"), staff: true)
        #expect(await steward.get("/staff/security").status == 403)
        let all = await administrator.get("/staff/security")
        #expect(all.has("Did not get in") && all.has("Not allowed") && all.has("127.0.0.1"))
        let refused = await administrator.get("/staff/security?kind=refused")
        #expect(refused.has("/staff/security") && !refused.has("With the password"))

        let person = await administrator.post("/staff/security", ["find": email])
        #expect(person.location?.contains("account=") == true && person.location?.contains("ada") == false)
        #expect(await administrator.follow(person).has("Only those of"))
        let typed = await administrator.post("/staff/security", ["find": "nobody@example.org"])
        #expect(typed.location?.contains("typed=") == true && typed.location?.contains("nobody") == false)
        #expect(await administrator.follow(typed).has("With the password"))
        let network = await administrator.post("/staff/security", ["find": "192.0.2.7"])
        #expect(await administrator.follow(network).has("Nothing like this has happened lately."))
        #expect(await administrator.post("/staff/security", ["find": "somebody"]).status == 422)
    }

    @Test func `older events follow page by page, and none is left out`() async throws {
        let city = try await TestCity.make()
        let request = 120
        try await city.write { change in
            for number in 0..<request {
                try change.conn.run(
                    """
                    INSERT INTO security_event (kind, since, account_id, typed_hash, way, subject, network, route, times, first_at,
                                                last_at, request_id)
                    VALUES ('refused', \(number), 0, '', '', '', '192.0.2.1', '/staff/desk', 1, \(number), \(number), 'r')
                    """)
            }
        }
        var (seen, before): (Int, Instant?) = (0, nil)
        repeat {
            let search = SecurityEventSearch(kind: nil, account: nil, typedHash: nil, network: nil, before: before)
            let page = try await city.read { conn in try search.page(conn) }
            (seen, before) = (seen + page.entries.count, page.next)
        } while before != nil
        #expect(seen == request)
    }
}

extension TestCity {
    /// Kept events of a kind, the newest first.
    func events(_ kind: String) async throws -> [SecurityEventSearch.Entry] {
        let search = SecurityEventSearch(
            kind: SecurityEvent.Kind(rawValue: kind), account: nil, typedHash: nil, network: nil, before: nil)
        return try await read { conn in try search.page(conn).entries }
    }

    /// The texts of all kept events, as whoever reads the table sees them.
    fileprivate func everythingKept() async throws -> String {
        try await read { conn in
            try conn.rows("SELECT typed_hash, subject, route, way, network FROM security_event").map { row in
                let texts: [String] = try ["typed_hash", "subject", "route", "way", "network"].map { try row[$0] }
                return texts.joined(separator: " ")
            }.joined(separator: "\n").lowercased()
        }
    }
}
