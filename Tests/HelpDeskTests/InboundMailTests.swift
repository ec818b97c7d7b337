import Core
import Mail
import Primitives
import TestSupport
import Testing

@testable import HelpDesk

@Suite struct InboundMailTests {
    /// The desk wrote to the guest; what the guest's mail program would answer.
    private func scene() async throws -> (TestCity, String, String) {
        let city = try await TestCity.make()
        let number = try await city.asks(city.browser(), about: "somewhere", email: "guest@example.org", name: "Gil Guest")
        try await city.desk().post("/staff/desk/access-requests/\(number)/reply", ["reply": "Which unit?"])
        let id: String? = try await city.read {
            try $0.value("SELECT message_id FROM ticket_mail ORDER BY sent_at DESC, message_id LIMIT 1")
        }
        return (city, number, try #require(id))
    }

    private func mail(from: String, answering id: String, text: String, more: String = "") -> MailReply {
        MailReply(
            Array(
                """
                From: Gil Guest <\(from)>\r
                To: permits@city.example\r
                Subject: Re: Request\r
                In-Reply-To: <\(id)@city.example>\r
                \(more)Content-Type: text/plain; charset=utf-8\r
                \r
                \(text)
                """.utf8))
    }

    @Test func `I1 an answer by mail stands on the ticket, without the mail that it answers`() async throws {
        let (city, number, id) = try await scene()
        let text = "Unit 4.\r\nThanks\r\n\r\nOn Mon, Jul 6, 2026 at 9:30 AM City wrote:\r\n> Which unit?\r\n"
        let outcome = try await InboundMail.take(mail(from: "Guest@example.org", answering: id, text: text), in: city.context)
        #expect(outcome == .taken(number))
        let ticket = try await city.request(number)
        let messages = try await city.read { try TicketRecord(of: ticket.id, $0).messages }
        #expect(messages.last?.text == "Unit 4.\nThanks" && messages.last?.way == .mail && messages.last?.author == .asker)
        #expect(try await city.request(number).turn == .city)
    }

    @Test func `a mail that is delivered twice stands on the ticket once, another one with the same words as well`() async throws
    {
        let (city, number, id) = try await scene()
        func take(_ messageID: String) async throws -> InboundMail.Outcome {
            let reply = mail(
                from: "guest@example.org", answering: id, text: "Unit 4", more: "Message-ID: <\(messageID)@mail.example>\r\n")
            return try await InboundMail.take(reply, in: city.context)
        }
        #expect(try await take("one") == .taken(number))
        #expect(try await take("one") == .repeated)
        #expect(try await take("two") == .taken(number))
        let ticket = try await city.request(number)
        let said = try await city.read { try TicketRecord(of: ticket.id, $0).messages }.filter { $0.text == "Unit 4" }
        #expect(said.count == 2)
    }

    @Test func `I1 an answer from another address is a note for the desk, not the asker's word`() async throws {
        let (city, number, id) = try await scene()
        let outcome = try await InboundMail.take(
            mail(from: "thief@example.net", answering: id, text: "Link me"), in: city.context)
        #expect(outcome == .noted(number))
        let ticket = try await city.request(number)
        let last = try await city.read { try TicketRecord(of: ticket.id, $0).messages.last }
        #expect(last?.isNote == true && last?.text.contains("thief@example.net") == true)
        #expect(try await city.request(number).turn == .asker)
    }

    @Test(arguments: ["Auto-Submitted: auto-replied\r\n", "Precedence: bulk\r\n", "List-Id: <x.example>\r\n"])
    func `what programs send is passed over`(header: String) async throws {
        let (city, _, id) = try await scene()
        let reply = mail(from: "guest@example.org", answering: id, text: "I am away", more: header)
        #expect(try await InboundMail.take(reply, in: city.context) == .passedOver)
    }

    @Test func `a mail that answers nothing of ours is passed over`() async throws {
        let (city, _, _) = try await scene()
        let reply = mail(from: "guest@example.org", answering: "AAAAAAAAAAAAAAAAAAAAAAAAAA", text: "Hello")
        #expect(try await InboundMail.take(reply, in: city.context) == .passedOver)
    }
}
