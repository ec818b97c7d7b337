import Core
import Mail
import Primitives
import TestSupport
import Testing

/// What was said to whom is kept; the secret of a link is not, once nobody can use it.
@Suite struct MailSecretsTests {
    private func mails(_ city: TestCity) async throws -> [Outbox.Kept] { try await city.read { try Outbox.newest(10, $0) } }

    private func strip(_ city: TestCity) async throws {
        let now = city.clock.now
        try await city.write { change in try Outbox.strip(at: now, change.conn) }
    }

    @Test func `a month after a mail was dealt with its link is kept without its secret`() async throws {
        let city = try await TestCity.make()
        await city.browser().post("/register", ["email": "ada@example.org"])
        let before = try #require(try await mails(city).first)
        let secret = try #require(before.link?.firstMatch(of: #/[a-z2-7]{32}/#)).output
        try await city.write { change in
            try change.conn.run("UPDATE mail SET state = 'sent', finished_at = \(change.now) WHERE id = \(before.id)")
        }
        city.clock.advance(.days(30))
        try await strip(city)
        #expect(try await mails(city).first?.link == before.link, "somebody may still come with it")
        city.clock.advance(.days(2))
        try await strip(city)
        let after = try #require(try await mails(city).first)
        #expect(after.subject == before.subject && after.text.count > 100)
        for text in [after.text, after.html, after.link ?? ""] { #expect(!text.contains(secret)) }
        #expect(after.link?.hasSuffix("…") == true)
    }

    @Test func `a mail that waits keeps its link, however long, and one that failed long ago is not sent without it`()
        async throws
    {
        let city = try await TestCity.make()
        for name in ["ada", "ben"] { await city.browser().post("/register", ["email": "\(name)@example.org"]) }
        let (waiting, failed) = (try await mails(city)[0], try await mails(city)[1])
        try await city.write { change in
            try change.conn.run("UPDATE mail SET state = 'failed', finished_at = \(change.now) WHERE id = \(failed.id)")
        }
        city.clock.advance(.days(32))
        try await strip(city)
        #expect(try await mails(city).first?.link == waiting.link)
        let now = city.clock.now
        #expect(try await city.write { change in try Outbox.resend(failed.id, at: now, change.conn) } == false)
        #expect(try await city.read { try Outbox.failed(limit: 9, $0) }.isEmpty)
    }
}
