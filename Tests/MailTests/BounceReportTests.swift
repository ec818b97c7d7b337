import Mail
import Testing

@Suite struct BounceReportTests {
    struct Expected: Sendable {
        let name: String
        let message: String
        let id: String?
        let action: BounceReport.Action
        let status: String?
        let diagnostic: String?
    }

    private static let reports = [
        Expected(
            name: "Postfix", message: Bounces.postfix, id: "mail-4711@permits.boulder.example", action: .failed, status: "5.1.1",
            diagnostic: "550 5.1.1 <ruth.okafor@canyon-builders.example>: Recipient address rejected: User unknown"),
        Expected(
            name: "Exim", message: Bounces.exim, id: "mail-4712@permits.boulder.example", action: .failed, status: "5.2.2",
            diagnostic: "552 5.2.2 Mailbox is full"),
        Expected(
            name: "OpenSMTPD", message: Bounces.openSMTPD, id: "mail-4713@permits.boulder.example", action: .failed,
            status: "5.1.1",
            diagnostic: nil),
        Expected(
            name: "Exchange", message: Bounces.exchange, id: "mail-4714@permits.boulder.example", action: .failed,
            status: "5.1.10",
            diagnostic: """
                550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient tobias.ngata@summit-architects.example not found by SMTP \
                address lookup
                """),
        Expected(
            name: "delayed", message: Bounces.delayed, id: "mail-4711@permits.boulder.example", action: .delayed, status: "4.4.1",
            diagnostic: "550 5.1.1 <ruth.okafor@canyon-builders.example>: Recipient address rejected: User unknown"),
        Expected(
            name: "no headers returned", message: report("Action: failed\nStatus: 5.0.0"), id: nil, action: .failed,
            status: "5.0.0",
            diagnostic: nil),
        Expected(
            name: "comments",
            message: report("Action: Failed (bounced)\nStatus: 5.1.1 (bad destination)\nDiagnostic-Code: 550 No; really"),
            id: nil, action: .failed, status: "5.1.1", diagnostic: "550 No; really"),
        Expected(
            name: "several recipients", message: report("Action: relayed\nStatus: 2.0.0\n\n\nAction: failed\nStatus: 5.7.1"),
            id: nil,
            action: .failed, status: "5.7.1", diagnostic: nil),
        Expected(
            name: "no status", message: report("Action: failed\nStatus: 550\nDiagnostic-Code: smtp;"), id: nil, action: .failed,
            status: nil, diagnostic: nil),
        Expected(
            name: "base 64",
            message: report("QWN0aW9uOiBmYWlsZWQKU3RhdHVzOiA1LjEuMQo=", header: "Content-Transfer-Encoding: base64\n"), id: nil,
            action: .failed, status: "5.1.1", diagnostic: nil),
        Expected(
            name: "quoted-printable",
            message: report("Action: fai=\nled\nStatus: 5=2E1.1", header: "Content-Transfer-Encoding: quoted-printable\n"),
            id: nil,
            action: .failed, status: "5.1.1", diagnostic: nil),
        Expected(
            name: "cut off within the report", message: String(report("Action: failed\nStatus: 5.1.1\nDiag").dropLast(7)),
            id: nil,
            action: .failed, status: "5.1.1", diagnostic: nil),
        Expected(
            name: "control characters in what a server said",
            message: report("Action: failed\nDiagnostic-Code: smtp; 550 \u{1B}[31mNo\u{202E}\u{0}\n more"), id: nil,
            action: .failed,
            status: nil, diagnostic: "550 [31mNo more"),
        Expected(
            name: "an id that we would not write",
            message: report("Action: failed", returned: "Message-ID: <\u{1B}]0;x@y>"), id: nil, action: .failed, status: nil,
            diagnostic: nil),
        Expected(
            name: "two ids", message: report("Action: failed", returned: "Message-ID: <a@b>\nMessage-ID: <c@d>"), id: "a@b",
            action: .failed, status: nil, diagnostic: nil),
    ]

    /// A short report, with LF at line ends.
    private static func report(_ status: String, header: String = "", returned: String? = nil) -> String {
        let last = returned.map { "--b\nContent-Type: text/rfc822-headers\n\n\($0)\n" } ?? ""
        return """
            Content-Type: multipart/report; boundary=b

            --b
            Content-Type: message/delivery-status
            \(header)
            \(status)
            \(last)--b--

            """
    }

    @Test(arguments: reports, ["\n", "\r\n"])
    func `a report says which mail, and what became of it`(_ expected: Expected, _ end: String) throws {
        let report = try #require(BounceReport(Array(expected.message.replacing("\n", with: end).utf8)), "\(expected.name)")
        #expect(report.originalMessageID == expected.id)
        #expect(report.action == expected.action)
        #expect(report.status == expected.status)
        #expect(report.diagnostic == expected.diagnostic)
    }

    @Test(arguments: [
        "", "\n", "Hello", "Subject: x\n\nAction: failed\nStatus: 5.1.1\n",
        "Content-Type: message/delivery-status\n\nAction: failed\n",
        "Content-Type: multipart/report\n\n--b\nContent-Type: message/delivery-status\n\nAction: failed\n--b--\n",
        "Content-Type: multipart/report; boundary=\n\n--\nContent-Type: message/delivery-status\n\nAction: failed\n----\n",
        "Content-Type: multipart/report; boundary=\"b\n\n--b\nContent-Type: text/plain\n\nAction: failed\n--b--\n",
        "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nAction: failed\n--b--\n",
        report("Action: exploded\nStatus: 5.1.1"), report("Status: 5.1.1"), report(""), report("\n\n\n"),
        report("Action failed"), report("%%%%", header: "Content-Transfer-Encoding: base64\n"),
    ])
    func `what is no report is none`(_ message: String) { #expect(BounceReport(Array(message.utf8)) == nil) }

    /// A report inside a mail that somebody passed on, or in its text, says nothing about us.
    @Test func `a report within a part of a part is none`() {
        let inner = Bounces.exim
        let outer =
            "Content-Type: multipart/mixed; boundary=outer\n\n--outer\nContent-Type: message/rfc822\n\n\(inner)\n--outer--\n"
        #expect(BounceReport(Array(outer.utf8)) == nil)
    }

    @Test func `a report that is cut off or changed anywhere is read without harm`() {
        let bytes = Array(Bounces.exchange.utf8)
        for length in stride(from: 0, to: bytes.count, by: 3) { _ = BounceReport(Array(bytes[..<length])) }
        for index in stride(from: 0, to: bytes.count, by: 4) {
            for value: UInt8 in [0, 10, 255] {
                var changed = bytes
                changed[index] = value
                _ = BounceReport(changed)
            }
        }
    }

    @Test func `what is large or hostile is read in time and answered in short`() {
        let megabytes = 4 << 20
        let head = "Content-Type: multipart/report; boundary=b\n\n"
        let status = "--b\nContent-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1\n"
        let hostile = [
            String(repeating: "x", count: megabytes), String(repeating: "\n", count: megabytes),
            String(repeating: "a: b\n", count: megabytes / 5), String(repeating: ":", count: megabytes),
            "Content-Type: multipart/report; boundary=" + String(repeating: "b", count: megabytes),
            head + String(repeating: "--b\n", count: megabytes / 4), head + String(repeating: "--bb\n", count: megabytes / 5),
            head + String(repeating: status, count: megabytes / 70),
            head + status + String(repeating: "\nAction: delayed\n", count: megabytes / 17),
        ]
        for message in hostile { _ = BounceReport(Array(message.utf8)) }

        let said = BounceReport(
            Array((head + status + "Diagnostic-Code: smtp; 550 " + String(repeating: "x y ", count: megabytes / 4)).utf8))
        #expect(said?.diagnostic?.count == 500)
        let folded = BounceReport(
            Array((head + status + "Diagnostic-Code: smtp; 550 " + String(repeating: "x y\n ", count: 100_000)).utf8))
        #expect(folded?.diagnostic?.count == 500)
    }
}
