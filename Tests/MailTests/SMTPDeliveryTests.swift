import Foundation
import Primitives
import Testing

@testable import Mail

/// Against a real mail server, and none that was written here.
@Suite(.timeLimit(.minutes(2))) struct SMTPDeliveryTests {
    func message(
        to: String, subject: String = "Your permit", text: String = "Hello\n", html: String = "<p>Hello</p>",
        id: String = "1@boulder.example"
    ) throws -> MIMEMessage {
        try MIMEMessage(
            from: MailAddress("permits@boulder.example", name: "Boulder Permits"), to: MailAddress(to), subject: subject,
            date: #require(Instant("2026-07-06T05:04:03Z")), messageID: id, language: .english, text: text, html: html)
    }

    func deliver(_ message: MIMEMessage, to: String, by delivery: SMTPDelivery) async throws -> SMTPDelivery.Outcome {
        try await delivery.deliver(message, from: MailAddress("bounces+1@boulder.example"), to: MailAddress(to))
    }

    func deliver(to: String, by delivery: SMTPDelivery) async throws -> SMTPDelivery.Outcome {
        try await deliver(message(to: to), to: to, by: delivery)
    }

    // MARK: - What arrives

    @Test(arguments: [
        ("Your permit was issued", "Hello\n\nYour permit BLD-2026-0004 was issued.\n"),
        ("🏗️ ¡Listo! 👨‍👩‍👧‍👦", "Su permiso está listo. 👩🏽‍🔧\n"),
        ("رخصة البناء جاهزة", "رخصة البناء \u{200F}BLD-2026-0004 جاهزة\nשלום\n"),
        (String(repeating: "long ", count: 100) + "subject", String(repeating: "x", count: 5000) + "\n"),
        ("Dots", ".\n..\n...\n.hidden\nx\n.\n\n.\n" + String(repeating: ".", count: 400) + "\n"),
        ("Ends", "spaces   \ntab\t\nFrom here\n=3D 1=1\n>quoted\n--\nThe City of Boulder\n"),
    ])
    func `subject, text and HTML survive`(_ subject: String, _ text: String) async throws {
        try await Sink.running { sink in
            let delivery = try SMTPDelivery(SMTPServer("smtp://127.0.0.1:\(sink.port)"), hello: "permits.boulder.example")
            let html = "<!doctype html><html lang=\"es\"><body><p>\(text)</p></body></html>"
            let message = try message(to: "ana@example.org", subject: subject, text: text, html: html)
            let outcome = try await deliver(message, to: "ana@example.org", by: delivery)
            #expect(outcome == .accepted(reply: "2.0.0 Ok: queued as 4F3A"))
            let received = try await sink.next()
            #expect(received.subject == subject)
            #expect(received.text == text)
            #expect(received.html == html)
            #expect(received.parts == ["multipart/alternative", "text/plain", "text/html"])
            #expect(received.defects.isEmpty)
            #expect(Array(received.raw) == message.bytes)
            #expect(received.sender == "bounces+1@boulder.example")
            #expect(received.recipient == "ana@example.org")
            #expect(received.hello == "permits.boulder.example")
            #expect(received.headers.contains(["From", "Boulder Permits <permits@boulder.example>"]))
            #expect(received.headers.contains(["Date", "Mon, 06 Jul 2026 05:04:03 +0000"]))
            #expect(received.headers.contains(["Auto-Submitted", "auto-generated"]))
            #expect(!received.tls)
            await delivery.close()
        }
    }

    @Test func `a large mail arrives whole`() async throws {
        try await Sink.running { sink in
            let delivery = try SMTPDelivery(SMTPServer("smtp://127.0.0.1:\(sink.port)"))
            let text = (0..<10_000).map { ".line \($0) ñ\n" }.joined()
            let message = try message(to: "ana@example.org", text: text)
            guard case .accepted = try await deliver(message, to: "ana@example.org", by: delivery) else {
                Issue.record("not accepted")
                return
            }
            let received = try await sink.next()
            #expect(received.text == text)
            #expect(Array(received.raw) == message.bytes)
            await delivery.close()
        }
    }

    // MARK: - What a server says

    @Test func `each answer is told apart, and the line goes on after it`() async throws {
        try await Sink.running("--size", "100000") { sink in
            let delivery = try SMTPDelivery(SMTPServer("smtp://127.0.0.1:\(sink.port)"), connections: 1)
            let name = "The mail server 127.0.0.1:\(sink.port)"
            let expected: [(String, SMTPDelivery.Outcome)] = [
                ("bounce@example.org", .refused(code: 550, reply: "5.1.1 <bounce@example.org>: No such user here")),
                ("grey@example.org", .later(reason: "\(name) answered: 451 4.7.1 Greylisted, come back later")),
                ("busy@example.org", .later(reason: "\(name) answered: 421 4.3.2 Too busy")),
                ("login@example.org", .later(reason: "\(name) answered: 530 5.7.0 Authentication required")),
                ("spam@example.org", .refused(code: 554, reply: "5.7.1 This looks like junk")),
                ("full@example.org", .later(reason: "\(name) answered: 452 4.2.2 Mailbox full")),
                ("hangup@example.org", .later(reason: "\(name) closed the connection.")),
            ]
            for (recipient, outcome) in expected {
                #expect(try await deliver(to: recipient, by: delivery) == outcome)
                guard case .accepted = try await deliver(to: "ana@example.org", by: delivery) else {
                    Issue.record("a mail after the one to \(recipient) was not accepted")
                    return
                }
                #expect(try await sink.next().recipient == "ana@example.org")
            }
            let tooLarge = try message(to: "ana@example.org", text: String(repeating: "x", count: 200_000))
            guard case .refused(552, _) = try await deliver(tooLarge, to: "ana@example.org", by: delivery) else {
                Issue.record("a mail larger than the server takes was not refused")
                return
            }
            await delivery.close()
        }
    }

    @Test func `a connection that breaks after the message leaves it unknown`() async throws {
        try await Sink.running { sink in
            let delivery = try SMTPDelivery(SMTPServer("smtp://127.0.0.1:\(sink.port)"))
            guard case .unknown = try await deliver(to: "drop@example.org", by: delivery) else {
                Issue.record("not unknown")
                return
            }
            await delivery.close()
        }
    }

    @Test func `a connection that breaks within the message leaves it for later`() async throws {
        try await Sink.running { sink in
            let delivery = try SMTPDelivery(SMTPServer("smtp://127.0.0.1:\(sink.port)"))
            let message = try message(to: "cut@example.org", text: String(repeating: "x", count: 4_000_000))
            guard case .later = try await deliver(message, to: "cut@example.org", by: delivery) else {
                Issue.record("not later")
                return
            }
            await delivery.close()
        }
    }

    @Test func `a server that does not answer in time is given up, before and after the message`() async throws {
        try await Sink.running { sink in
            let server = try SMTPServer("smtp://127.0.0.1:\(sink.port)")
            let delivery = SMTPDelivery(server, connections: 1, whole: .seconds(2))
            #expect(
                try await deliver(to: "slow@example.org", by: delivery)
                    == .later(reason: "The mail server 127.0.0.1:\(sink.port) did not answer in time."))
            guard case .unknown = try await deliver(to: "silent@example.org", by: delivery) else {
                Issue.record("not unknown")
                return
            }
            // The late answer is not taken for the next mail's.
            #expect(
                try await deliver(to: "bounce@example.org", by: delivery)
                    == .refused(code: 550, reply: "5.1.1 <bounce@example.org>: No such user here"))
            await delivery.close()
        }
    }

    @Test func `a slow server holds up one connection and not the others`() async throws {
        try await Sink.running { sink in
            let delivery = try SMTPDelivery(SMTPServer("smtp://127.0.0.1:\(sink.port)"), connections: 2)
            async let slow = deliver(to: "slow@example.org", by: delivery)
            _ = try await deliver(to: "ana@example.org", by: delivery)
            #expect(try await sink.next().recipient == "ana@example.org")
            guard case .accepted = try await slow else {
                Issue.record("not accepted")
                return
            }
            #expect(try await sink.next().recipient == "slow@example.org")
            await delivery.close()
        }
    }

    // MARK: - Connections

    @Test func `mails in turn share a connection`() async throws {
        try await Sink.running { sink in
            let delivery = try SMTPDelivery(SMTPServer("smtp://127.0.0.1:\(sink.port)"), connections: 1)
            var used: Set<Int> = []
            for _ in 0..<5 {
                _ = try await deliver(to: "ana@example.org", by: delivery)
                used.insert(try await sink.next().connection)
            }
            #expect(used.count == 1)
            await delivery.close()
        }
    }

    @Test func `a server that ends a kept connection gets the mail over a new one`() async throws {
        try await Sink.running("--most", "2") { sink in
            let delivery = try SMTPDelivery(SMTPServer("smtp://127.0.0.1:\(sink.port)"), connections: 1)
            var used: [Int] = []
            for _ in 0..<5 {
                guard case .accepted = try await deliver(to: "ana@example.org", by: delivery) else {
                    Issue.record("not accepted")
                    return
                }
                used.append(try await sink.next().connection)
            }
            #expect(Set(used).count == 3)
            await delivery.close()
        }
    }

    @Test func `where nobody listens is worth another try`() async throws {
        let port = try DeafPort()
        defer { withExtendedLifetime(port) {} }
        let delivery = try SMTPDelivery(SMTPServer("smtp://127.0.0.1:\(port.number)"))
        guard case .later(let reason) = try await deliver(to: "ana@example.org", by: delivery) else {
            Issue.record("not later")
            return
        }
        #expect(reason.contains("cannot be reached"))
        #expect(await delivery.check() == reason)
        await delivery.close()
        #expect(try await deliver(to: "ana@example.org", by: delivery) == .later(reason: "The portal is stopping."))
    }

    // MARK: - Addresses that are not ASCII

    @Test func `an address with an accent needs a server that takes it`() async throws {
        try await Sink.running { sink in
            let delivery = try SMTPDelivery(SMTPServer("smtp://127.0.0.1:\(sink.port)"))
            guard case .refused(553, let reply) = try await deliver(to: "josé@example.org", by: delivery) else {
                Issue.record("not refused")
                return
            }
            #expect(reply.contains("SMTPUTF8"))
            await delivery.close()
        }
        try await Sink.running("--utf8") { sink in
            let delivery = try SMTPDelivery(SMTPServer("smtp://127.0.0.1:\(sink.port)"), connections: 1)
            for recipient in ["josé@example.org", "ana@bücher.example", "ana@example.org"] {
                guard case .accepted = try await deliver(to: recipient, by: delivery) else {
                    Issue.record("\(recipient) not accepted")
                    return
                }
                let received = try await sink.next()
                #expect(received.recipient == recipient)
                #expect(received.options.contains("SMTPUTF8") == (recipient != "ana@example.org"))
            }
            await delivery.close()
        }
    }
}
