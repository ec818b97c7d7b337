import Core
import Database
import Mail
import Primitives
import Synchronization
import TestSupport
import Testing

/// A mail follows from what happened and never the other way round (K7, F4).
@Suite struct MailDeliveryTests {
    @Test func `K7 a mail is sent once, and says so`() async throws {
        let server = MailServer([.accepted(reply: "250 queued")])
        let city = try await TestCity.make(mail: server.transport)
        try await city.account(email: "ada@example.org")
        try await city.tellSomething(to: "ada@example.org")
        try await city.context.worker().runDue()
        try await city.context.worker().runDue()
        #expect(server.seen.map(\.to) == ["ada@example.org"])
        let mail = try #require(try await city.read { try Outbox.newest(1, $0).first })
        #expect(mail.state == .sent && mail.reply == "250 queued")
    }

    @Test func `K7 while no mail server answers nothing is lost, and it goes out once afterwards`() async throws {
        let server = MailServer([.later(reason: "nobody there"), .later(reason: "451 try later"), .accepted(reply: "250 ok")])
        let city = try await TestCity.make(mail: server.transport)
        try await city.tellSomething(to: "ada@example.org")
        for _ in 0..<4 {
            try await city.context.worker().runDue()
            city.clock.advance(.minutes(30))
        }
        #expect(server.seen.count == 3)
        #expect(Set(server.seen.map(\.messageID)).count == 1)
        #expect(try await city.read { try Outbox.newest(1, $0).first?.state } == .sent)
    }

    @Test func `K7 a refusal is recorded, stands before staff, and can be sent again`() async throws {
        let server = MailServer([.refused(reply: "550 no such user"), .accepted(reply: "250 ok")])
        let city = try await TestCity.make(mail: server.transport)
        try await city.tellSomething(to: "ada@example.org")
        try await city.context.worker().runDue()
        let browser = city.browser()
        try await browser.signIn(city.staff(.administrator), staff: true)
        #expect(await browser.get("/staff/desk").text.contains("/staff/system"))
        let page = await browser.get("/staff/system").text
        #expect(page.contains("550 no such user") && page.contains("Send again to ada@example.org"))
        let mail = try #require(try await city.read { try Outbox.failed(limit: 1, $0).first })
        let answer = await browser.post("/staff/system/mails/\(mail.id)/resend")
        #expect(await browser.follow(answer).text.contains("The email is on its way again."))
        try await city.context.worker().runDue()
        #expect(try await city.read { try Outbox.find(mail.id, $0)?.state } == .sent)
        #expect(
            await browser.follow(await browser.post("/staff/system/mails/\(mail.id)/resend")).text.contains("no longer among")
        )
    }

    @Test func `K7 after four days a mail is given up`() async throws {
        let server = MailServer(Array(repeating: .later(reason: "gone"), count: 400))
        let city = try await TestCity.make(mail: server.transport)
        try await city.tellSomething(to: "ada@example.org")
        for _ in 0..<100 {
            try await city.context.worker().runDue()
            city.clock.advance(.hours(1))
        }
        let mail = try #require(try await city.read { try Outbox.newest(1, $0).first })
        #expect(mail.state == .failed && mail.outcome == .expired && mail.reply == "gone")
    }

    @Test func `K7 a bounce is recorded on the mail that it answers`() async throws {
        let server = MailServer([.accepted(reply: "250 ok")])
        let city = try await TestCity.make(mail: server.transport)
        try await city.tellSomething(to: "ada@example.org")
        try await city.context.worker().runDue()
        let id = try #require(server.seen.first?.messageID)
        let now = city.clock.now
        #expect(try await city.write { try Outbox.markBounced(messageID: id, reply: "5.1.1", at: now, $0.conn) })
        #expect(try await city.write { try Outbox.markBounced(messageID: "unknown", reply: "5.1.1", at: now, $0.conn) } == false)
        #expect(try await city.read { try Outbox.newest(1, $0).first?.outcome } == .bounced)
    }

    @Test func `K7 without a mail server mails are kept, and never sent later by surprise`() async throws {
        let city = try await TestCity.make()
        try await city.tellSomething(to: "ada@example.org")
        try await city.context.worker().runDue()
        #expect(try await city.read { try Outbox.newest(1, $0).first?.outcome } == .kept)
        #expect(
            try await city.read { try $0.value("SELECT COUNT(*) FROM job WHERE kind = 'mail.send' AND state <> 'done'") } == 0)
    }

    @Test func `K2 only administrators open the system page`() async throws {
        let city = try await TestCity.make()
        let steward = city.browser()
        try await steward.signIn(city.staff(), staff: true)
        #expect(await steward.get("/staff/system").status == 403)
        #expect(await city.browser().get("/staff/system").status == 303)
    }

    @Test(arguments: Language.allCases) func `A9 the system page speaks both languages, empty too`(_ language: Language)
        async throws
    {
        let city = try await TestCity.make()
        let browser = city.browser(language: language)
        try await browser.signIn(city.staff(.administrator), staff: true)
        #expect(!(await browser.get("/staff/system").text.contains("⟦")))
    }
}

/// A mail server that answers as it is told, in order.
private final class MailServer: Sendable {
    private let state: Mutex<(answers: [MailTransport.Outcome], seen: [Outbox.Kept])>
    init(_ answers: [MailTransport.Outcome]) { state = Mutex((answers, [])) }

    var seen: [Outbox.Kept] { state.withLock { $0.seen } }

    var transport: MailTransport {
        MailTransport(
            deliver: { mail in
                self.state.withLock { state in
                    state.seen.append(mail)
                    return state.answers.isEmpty ? .later(reason: "asked too often") : state.answers.removeFirst()
                }
            }, check: { nil })
    }
}

extension TestCity {
    fileprivate func tellSomething(to email: String) async throws {
        let letter = Letter(
            to: email, language: .english, subject: "Something happened", paragraphs: ["To your case."], closing: "Bye.")
        try await write { change in try Outbox.queue(letter, at: change.now, change.conn) }
    }
}
