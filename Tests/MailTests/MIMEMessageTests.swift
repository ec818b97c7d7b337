import Foundation
import Primitives
import Testing

@testable import Mail

@Suite struct MIMEMessageTests {
    private let sender = #"Boulder "Permits" <permits@boulder.example>"#

    private func message(
        to: MailAddress? = nil, subject: String = "Your permit", id: String = "mail-7@permits.boulder.example",
        text: String = "Hello\n",
        html: String = "<p>Hello</p>"
    ) throws -> MIMEMessage {
        try MIMEMessage(
            from: MailAddress(setting: sender), to: to ?? MailAddress("ana@example.org"), subject: subject,
            date: #require(Instant("2026-07-06T05:04:03Z")), messageID: id, language: .spanish, text: text, html: html)
    }

    private func lines(_ message: MIMEMessage) -> [String] {
        String(decoding: message.bytes, as: UTF8.self).components(separatedBy: "\r\n")
    }

    private func headers(_ message: MIMEMessage) -> [String] { Array(lines(message).prefix { !$0.isEmpty }) }

    @Test func `the headers are these and no others`() throws {
        let message = try message(to: MailAddress("ana@example.org", name: "Ana Núñez"))
        #expect(
            headers(message) == [
                "Date: Mon, 06 Jul 2026 05:04:03 +0000",
                #"From: "Boulder \"Permits\"" <permits@boulder.example>"#,
                "To: =?utf-8?B?QW5hIE7DusOxZXo=?= <ana@example.org>",
                "Message-ID: <mail-7@permits.boulder.example>",
                "Subject: Your permit",
                "Auto-Submitted: auto-generated",
                "Content-Language: es",
                "MIME-Version: 1.0",
                "Content-Type: multipart/alternative;",
                " boundary=\"=_\(sha256("mail-7@permits.boulder.example").prefix(32))\"",
            ])
        #expect(message.messageID == "mail-7@permits.boulder.example")
    }

    @Test func `the same values give the same bytes`() throws {
        #expect(try message().bytes == message().bytes)
        #expect(try message().bytes != message(id: "mail-8@permits.boulder.example").bytes)
    }

    @Test(arguments: [
        "", "x", "Your permit BLD-2026-0004 was issued", "Su permiso está listo: ¡recójalo!", "🏗️ 👩🏽‍🔧 Building", "رخصة البناء",
        "A subject of words that is longer than a line of a mail can be, and so has to be folded at one of its spaces or another",
        String(repeating: "x", count: 200), String(repeating: "ñ", count: 300), String(repeating: "👨‍👩‍👧‍👦", count: 40),
        "=?utf-8?B?QQ==?=", "Two  spaces", " ends in spaces ", "a\u{301}\u{302}\u{303}",
    ])
    func `a subject is folded and means the same`(_ subject: String) throws {
        let headers = try headers(message(subject: subject))
        #expect(headers.allSatisfy { $0.utf8.count <= 76 && $0.utf8.allSatisfy { 32...126 ~= $0 } })
        let start = try #require(headers.firstIndex { $0.hasPrefix("Subject:") })
        let folded = headers[(start + 1)...].prefix { $0.hasPrefix(" ") }
        #expect(unfolded(headers[start].dropFirst(8) + folded.joined()) == tidied(subject))
    }

    /// What a mail program does with the header (RFC 2047): encoded words run together, plain words keep their spaces.
    private func unfolded(_ value: String) -> String {
        let words = value.split(separator: " ")
        guard words.first?.hasPrefix("=?") == true else { return words.joined(separator: " ") }
        let bytes = words.flatMap { Array(Data(base64Encoded: String($0.dropFirst(10).dropLast(2))) ?? Data()) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Nothing that a person typed may become a header or the start of the body.
    @Test(arguments: ["\r\n", "\n", "\r", "\r\n\r\n", "\u{0}\r\n", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}", "\r\n "])
    func `a line break in a subject or a name adds no header`(_ end: String) throws {
        let attack = "Hello\(end)Bcc: everybody@example.org\(end)\(end)<script>"
        let headers = try headers(message(to: MailAddress("ana@example.org", name: attack), subject: attack))
        let names = headers.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "Date", "From", "To", "Message-ID", "Subject", "Auto-Submitted", "Content-Language", "MIME-Version",
                "Content-Type",
            ])
    }

    @Test(arguments: [
        "", "x", "@", "a@", "@b", "a@b@c", "a b@c", "<a@b>", "a@b>\r\nBcc: c@d", "ä@b", "a@b\u{0}", "a@b\n", "a\u{2028}@b",
    ])
    func `what is no Message-ID is refused`(_ id: String) {
        #expect(throws: MailProblem.self) { try message(id: id) }
    }

    @Test(arguments: [
        "", "ana", "ana@", "@example.org", "ana@@example.org", "ana@example.org@example.org", "ana@example..org", "ana@.org",
        "ana nunez@example.org", "ana@example.org\r\nRCPT TO:<x@example.org>", "ana@exa\nmple.org", "ana\u{0}@example.org",
        "<ana@example.org>", "ana@example.org,x@example.org", "ana;@example.org", "\"ana\"@example.org",
        "ana\u{202E}@example.org",
        "ana\u{A0}@example.org", "ana\u{2028}@example.org", "ana@[127.0.0.1]", String(repeating: "a", count: 65) + "@example.org",
        "ana@" + String(repeating: "example.", count: 40) + "org", "ana@example.org ",
    ])
    func `what is no address is refused`(_ address: String) { #expect(throws: MailProblem.self) { try MailAddress(address) } }

    @Test(arguments: [
        ("permits@boulder.example", "permits@boulder.example", nil),
        ("<permits@boulder.example>", "permits@boulder.example", nil),
        ("Boulder Permits <permits@boulder.example>", "permits@boulder.example", "Boulder Permits"),
        ("\"Permits, Boulder\" <permits@boulder.example>", "permits@boulder.example", "Permits, Boulder"),
        ("José <josé@boulder.example>", "josé@boulder.example", "José"),
    ])
    func `a setting names a sender`(_ setting: String, _ address: String, _ name: String?) throws {
        let read = try MailAddress(setting: setting)
        #expect(read.address == address)
        #expect(read.name == name)
    }

    @Test(arguments: [
        "", "\n", "short", "a\r\nb\nc\rd", ".\n..\n.hidden\n", "From me\n", "ends in spaces   \nand a tab\t\nlast ",
        "1+1=2\n=20\n",
        String(repeating: "x", count: 1000), String(repeating: ".", count: 300), String(repeating: "a b ", count: 300),
        String(repeating: "ñ🏗️", count: 200), "\u{0}\u{7}\u{1B}[31m", "--\nThe City", "مرحبا\u{200F}\nשלום",
    ])
    func `quoted-printable is short lines of ASCII and means the same`(_ text: String) {
        let encoded = quotedPrintable(text)
        let lines = String(decoding: encoded, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 && !$0.hasPrefix(".") && !$0.hasSuffix(" ") && !$0.hasSuffix("\t") })
        #expect(encoded.allSatisfy { 32...126 ~= $0 || [9, 10, 13].contains($0) })
        let header: [UInt8] = Array("Content-Transfer-Encoding: quoted-printable\n\n".utf8)
        let part = MIMEPart((header + encoded)[...])
        let expected = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").replacing("\n", with: "\r\n")
        #expect(String(decoding: part.content, as: UTF8.self) == expected)
    }

    @Test func `both parts are there, and no line begins with a dot`() throws {
        let message = try message(text: ".\n.x\n" + String(repeating: ".", count: 500), html: "<p>\n.</p>")
        #expect(lines(message).allSatisfy { !$0.hasPrefix(".") && $0.utf8.count <= 76 })
        #expect(MIMEPart(message.bytes[...]).parts.map(\.type) == ["text/plain", "text/html"])
    }
}
