import Testing

@testable import Mail

@Suite struct SMTPDialogueTests {
    private static let opening = """
        S: 220 mail.boulder.example ESMTP
        C: EHLO permits.boulder.example
        S: 250-mail.boulder.example
        S: 250-PIPELINING
        S: 250-size 35882577
        S: 250 AUTH PLAIN LOGIN

        """

    /// What is said, the step it ends in, and the answer to that.
    @Test(
        arguments: [
            ("S: 554 5.3.2 No service here", SMTPDialogue.Step.greeting, 554, "5.3.2 No service here"),
            (opening, .hello, 250, "mail.boulder.example PIPELINING size 35882577 AUTH PLAIN LOGIN"),
            (opening + "C: AUTH PLAIN\nS: 334 \nC: DATA0000\nS: 535 5.7.8 No", .login, 535, "5.7.8 No"),
            (opening + "C: AUTH LOGIN\nS: 334 VXNlcg==\nC: MAIL\nS: 334 UGFzcw==\nC: QUIT8888\nS: 535 No", .login, 535, "No"),
            (opening + "C: MAIL FROM:<a@b.example>", .sender, nil, nil),
            (
                opening + "C: MAIL FROM:<a@b.example>\nS: 250 Ok\nC: RCPT TO:<c@d.example>\nS: 550-5.1.1 No such", .recipient,
                nil, nil
            ),
            (
                opening + "C: RCPT TO:<c@d.example>\nS: 550-5.1.1 No user.\nS: 550-5.1.1 Look\tup\nS: 550 5.1.1 again.",
                .recipient, 550, "5.1.1 No user. Look up again."
            ),
            (opening + "C: RCPT TO:<c@d.example>\nS: 550-No.\nS: 550 No.", .recipient, 550, "No. No."),
            (opening + "C: RCPT TO:<c@d.example>\nS: 550 No\nC: QUIT\nS: 221 Bye", .recipient, 550, "No"),
            (opening + "C: RCPT TO:<c@d.example>\nS: 250 Ok\nC: DATA\nS: 554 No", .data, 554, "No"),
            (opening + "C: RCPT TO:<c@d.example>\nS: 250 Ok\nC: DATA\nS: 354 Go on", .message, nil, nil),
            (opening + "C: DATA\nS: 354 Go on\nS: 250 2.0.0 Ok: queued as 4F3A", .message, 250, "2.0.0 Ok: queued as 4F3A"),
            (opening + "C: DATA\nS: 354-Go\nS: 354 on\nS: 421", .message, 421, ""),
            (opening + "C: MAIL FROM:<a@b.example>\nS: nonsense\nS: \nS: 25\nS: 25x Ok", .sender, nil, nil),
        ] as [(String, SMTPDialogue.Step, Int?, String?)])
    func `every answer is known by its command`(_ said: String, _ step: SMTPDialogue.Step, _ code: Int?, _ text: String?) {
        let dialogue = heard(said)
        #expect(dialogue.step == step)
        #expect(dialogue.reply?.code == code)
        #expect(dialogue.reply?.text == text)
    }

    @Test func `what a server offers is known until it says otherwise`() {
        var dialogue = heard(Self.opening)
        #expect(dialogue.offers("AUTH") && dialogue.offers("SIZE") && dialogue.offers("PIPELINING"))
        #expect(!dialogue.offers("SMTPUTF8") && !dialogue.offers("PIPE") && !dialogue.offers("MAIL.BOULDER.EXAMPLE"))
        dialogue.begin()
        #expect(dialogue.offers("AUTH") && dialogue.reply == nil && dialogue.step == .greeting)
        dialogue.heard(command: "EHLO permits.boulder.example\r\n")
        dialogue.heard(line: "250 mail.boulder.example\r\n")
        #expect(!dialogue.offers("AUTH"))
    }

    @Test func `an answer without end or of great length stays short`() {
        var dialogue = heard(Self.opening + "C: RCPT TO:<c@d.example>")
        for _ in 0..<100_000 { dialogue.heard(line: "550-" + String(repeating: "x", count: 50) + "\r\n") }
        #expect(dialogue.reply == nil)
        dialogue.heard(line: "550 done\r\n")
        #expect(dialogue.reply?.text.count == 500)
    }

    private func heard(_ said: String) -> SMTPDialogue {
        var dialogue = SMTPDialogue()
        dialogue.begin()
        for line in said.split(separator: "\n") {
            let text = "\(line.dropFirst(3))\r\n"
            if line.hasPrefix("C") { dialogue.heard(command: text) } else { dialogue.heard(line: text) }
        }
        return dialogue
    }
}
