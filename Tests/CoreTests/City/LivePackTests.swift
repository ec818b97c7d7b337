import CityPack
import Core
import Database
import Primitives
import TestSupport
import Testing

/// Exactly one pack is live, and every process serves it without being started again (K5).
@Suite struct LivePackTests {
    private static func pack(_ file: String, _ old: String, _ new: String) throws -> CityPack {
        var files = TestCity.pack.files
        let before = files[file] ?? ""
        files[file] = before.replacing(old, with: new, maxReplacements: 1)
        try #require(files[file] != before)
        return try CityPack.load(files: files)
    }

    private static func renamed() throws -> CityPack {
        try pack("city.yaml", "name: \"City of Boulder\"", "name: \"City of Rock\"")
    }

    @discardableResult
    private func publish(_ pack: CityPack, _ city: TestCity, why: String = "because") async throws -> Bool {
        try await city.write(as: .job("test")) { try PackStore.publish(pack, why: why, $0) }
    }

    @Test func `K5 a published pack is live in this process at once and on record with who, from, to and why`() async throws {
        let city = try await TestCity.make()
        let renamed = try Self.renamed()
        #expect(try await publish(renamed, city))
        #expect(try await city.context.refreshPack())
        #expect(city.context.pack.city.name == "City of Rock")
        let payload: String? = try await city.read { conn in
            try conn.value(
                """
                SELECT f.body FROM fact f
                WHERE f.kind = 'city.pack-published' AND f.actor = 'job:test'
                """)
        }
        let body = try #require(payload.flatMap { JSON(parsing: $0) })
        #expect(body["before"]?.string == TestCity.pack.hash)
        #expect(body["after"]?.string == renamed.hash)
        #expect(body["why"]?.string == "because")
        #expect(try await !publish(renamed, city))
    }

    @Test func `K5 an earlier version is made live again as a new entry of the history`() async throws {
        let city = try await TestCity.make()
        try await publish(try Self.renamed(), city)
        let first = try #require(try await city.read { try PackStore.pack(TestCity.pack.hash, $0) })
        city.clock.advance(.minutes(1))
        #expect(try await publish(first, city, why: "It was wrong."))
        let history = try await city.read { try PackStore.history(limit: 10, $0) }
        #expect(history.map(\.hash) == [first.hash, try Self.renamed().hash, first.hash])
        #expect(history.map { $0.until == nil } == [true, false, false])
        #expect(history.first?.why == "It was wrong." && history.first?.by == "job:test")
        #expect(try await city.read { try PackStore.version(beginning: String(first.hash.prefix(8)), $0) } == first.hash)
        #expect(try await city.read { try PackStore.version(beginning: "%", $0) } == nil)
    }

    @Test func `K5 another process takes the new pack by itself`() async throws {
        let city = try await TestCity.make()
        let other = try city.another()
        let service = Task { try await other.context.followLivePack.run() }
        defer { service.cancel() }
        try await publish(try Self.renamed(), city)
        for _ in 0..<200 where other.context.pack.city.name != "City of Rock" { try await Task.sleep(for: .milliseconds(50)) }
        #expect(other.context.pack.city.name == "City of Rock")
    }

    @Test func `a city that moves to another time zone has its clock there at once`() async throws {
        let city = try await TestCity.make(at: "2026-07-06T05:30:00Z")
        #expect(city.context.cityClock.today == CivilDate(year: 2026, month: 7, day: 5))
        try await publish(try Self.pack("city.yaml", "America/Denver", "Europe/Madrid"), city)
        try await city.context.refreshPack()
        #expect(city.context.cityClock.today == CivilDate(year: 2026, month: 7, day: 6))
    }

    @Test func `the city's own words take the place of the program's in mails, in both languages`() async throws {
        let city = try await TestCity.make()
        let program = Phrase("accounts.mail.confirm.oldPortal")
        let own = try #require(TestCity.pack.notices.first { $0.key == program.key })
        for language in Language.allCases { #expect(city.context.voice(language)(program) == own.text[language]) }
        try await publish(try Self.pack("notices.yaml", own.text.english, "Use your old address."), city)
        try await city.context.refreshPack()
        #expect(city.context.voice(.english)(program) == "Use your old address.")
        _ = await city.browser().post("/register", ["email": "new@example.org"])
        let mail = try await city.read { conn in try conn.value("SELECT text FROM mail", as: String.self) }
        #expect(mail?.contains("Use your old address.") == true)
    }

    @Test func `words of a stored pack that the program cannot fill are left out`() async throws {
        let city = try await TestCity.make()
        let before = city.context.words
        let words = before.with([
            "accounts.mail.reset.what": LocalizedText(english: "Hello {who}", spanish: "Hola"),
            "accounts.mail.reset.subject": LocalizedText(english: "Your password", spanish: "Su contraseña"),
            "no.such.words": LocalizedText(english: "x", spanish: "y"),
        ])
        func said(_ key: String) -> String { words.text(WordKey(key), [:], in: .english) }
        #expect(said("accounts.mail.reset.what") == before.text("accounts.mail.reset.what", [:], in: .english))
        #expect(said("accounts.mail.reset.subject") == "Your password")
        #expect(!words.contains("no.such.words"))
    }

    @Test func `K2 what a role carries follows the live pack, and a role that is gone carries nothing`() async throws {
        let city = try await TestCity.make()
        let steward = city.browser()
        try await steward.signIn(city.staff(), staff: true)
        #expect(await steward.get("/staff/desk/access-requests").status == 200)

        let fewer = try Self.pack(
            "roles.yaml",
            """
            contact.view, access-request.view, access-request.answer, contact.link, contact.correct,
                   contact.merge, contact.hold, account.support, ticket.view, ticket.answer, import.view,
                   claim.print, claim.undo]
            """, "contact.view]")
        try await publish(fewer, city)
        try await city.context.refreshPack()
        #expect(await steward.get("/staff/desk/access-requests").status == 403)
        #expect(await steward.get("/staff/desk").status == 200)

        var files = TestCity.pack.files
        for name in ["roles.yaml", "topics.yaml"] {
            files[name] = files[name]?.replacing("contact-steward", with: "record-steward")
        }
        try await publish(try CityPack.load(files: files), city)
        try await city.context.refreshPack()
        #expect(await steward.get("/staff/desk").status == 403)
        let stored = try await city.read { try $0.value("SELECT role FROM staff_role", as: String.self) }
        #expect(stored == "contact-steward")
    }
}
