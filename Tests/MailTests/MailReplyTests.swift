import Mail
import Testing

@Suite struct MailReplyTests {
    private func reply(_ text: String) -> MailReply { MailReply(Array(text.replacing("\n", with: "\r\n").utf8)) }

    @Test func `the plain part of a mail in parts is read, decoded`() {
        let mail = reply(
            """
            From: "García, Ana" <ANA@example.org>
            References: <first@city.example> <second@city.example>
            Content-Type: multipart/mixed; boundary="outer"

            --outer
            Content-Type: multipart/alternative; boundary=inner

            --inner
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            Ma=F1ana a las 3.
            --inner
            Content-Type: text/html

            <p>other</p>
            --inner--
            --outer--
            """)
        #expect(mail.text == "Mañana a las 3.")
        #expect(mail.from?.description == "ana@example.org")
        #expect(mail.answers == ["second", "first"])
        #expect(!mail.isAutomatic)
    }

    @Test func `a mail with HTML alone loses its tags and what it quotes`() {
        let mail = reply(
            """
            From: a@example.org
            Content-Type: text/html; charset=utf-8

            <html><head><style>p{}</style></head><body><p>Yes &amp; no</p><div>second</div><blockquote>old words</blockquote></body></html>
            """)
        #expect(mail.text == "Yes & no\n\nsecond" || mail.text == "Yes & no\nsecond")
    }

    @Test(arguments: [
        ("Done.\n\n> quoted\n> more", "Done."), ("Done.\n-- \nAna", "Done."),
        ("Done.\n\nEl lun, 6 jul 2026, Ciudad escribió:\n> viejo", "Done."),
        ("Done.\n\nOn Mon, Jul 6, 2026 at 9:30 AM City <permits@city.example>\nwrote:\n> old", "Done."),
        ("Done.\n-----Original Message-----\nFrom: x", "Done."), ("> only a quote", ""),
    ])
    func `what is answered and the signature are left out`(body: String, own: String) {
        #expect(reply("From: a@example.org\n\n\(body)").text == own)
    }

    @Test func `nothing a stranger sends makes it fail or grow`() {
        var mail = "From: a@example.org\nContent-Type: multipart/mixed; boundary=a\n\n"
        for _ in 1...300 { mail += "--a\nContent-Type: multipart/mixed; boundary=a\n\n" }
        #expect(reply(mail).text.isEmpty)
        #expect(reply("From: a@example.org\n\n" + String(repeating: "long ", count: 100_000)).text.count <= MailReply.longest)
        #expect(MailReply([]).answers.isEmpty)
        #expect(MailReply(Array(repeating: 0, count: 1000)).from == nil)
    }
}
