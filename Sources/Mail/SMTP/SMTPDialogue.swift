internal import Primitives

/// One answer of a mail server.
struct SMTPReply: Hashable {
    let code: Int
    /// What was said beside the code, on one line: `5.1.1 No such user here`.
    let text: String

    init(code: Int, lines: [String]) {
        self.code = code
        let said = lines.map { tidied(String($0.dropFirst(4))) }
        // Each line repeats the status (RFC 2034); once is enough.
        let status = said.first.map { $0.prefix { !$0.isWhitespace } + " " } ?? ""
        let more = said.dropFirst().map { status.contains(".") && $0.hasPrefix(status) ? String($0.dropFirst(status.count)) : $0 }
        text = String((said.prefix(1) + more).joined(separator: " ").prefix(500))
    }
}

/// What is said on a connection, heard line by line from libcurl: which step of SMTP is being answered, and how.
///
/// libcurl says only that sending failed, with the last code; whether a 550 is about the login, the sender, the recipient or the
/// message is known from the command before it.
struct SMTPDialogue {
    enum Step: Int, Comparable {
        case greeting, hello, startTLS, login, idle, sender, recipient, data
        /// The message itself, after the server asked for it (354).
        case message
        static func < (a: Step, b: Step) -> Bool { a.rawValue < b.rawValue }
    }

    private(set) var step = Step.greeting
    /// The answer to the step, once it is complete.
    private(set) var reply: SMTPReply?
    /// What the server offered in answer to the last EHLO: `SIZE 35882577`, `AUTH PLAIN LOGIN`.
    private(set) var offers: [String] = []
    /// Bytes of the message that were written to the connection.
    private(set) var sent = 0
    private var lines: [String] = []
    /// After QUIT, which libcurl says before it returns: the answer that decided must stay.
    private var isLeaving = false

    /// A new transfer begins, perhaps on the connection of the one before: what the server offers stays known.
    mutating func begin() {
        step = .greeting
        reply = nil
        sent = 0
        lines = []
        isLeaving = false
    }

    /// We said this. The lines that continue a login are base 64 and are no commands.
    mutating func heard(command: String) {
        if command.hasPrefix("QUIT\r\n") { isLeaving = true }
        guard !isLeaving else { return }
        reply = nil
        lines = []
        let commands: [(String, Step)] = [
            ("EHLO ", .hello), ("HELO ", .hello), ("STARTTLS\r\n", .startTLS), ("AUTH ", .login), ("NOOP\r\n", .idle),
            ("MAIL FROM:", .sender), ("RCPT TO:", .recipient), ("DATA\r\n", .data),
        ]
        guard let step = commands.first(where: { command.hasPrefix($0.0) })?.1 else { return }
        if step == .hello { offers = [] }
        self.step = step
    }

    /// The server said this line.
    mutating func heard(line: String) {
        guard !isLeaving, line.prefix(3).count == 3, let code = Int(line.prefix(3)) else { return }
        // A server that never ends its answer is not listened to for ever.
        if lines.count < 100 { lines.append(line) }
        if step == .hello, code == 250, lines.count > 1 { offers.append(tidied(String(line.dropFirst(4))).uppercased()) }
        guard !line.dropFirst(3).hasPrefix("-") else { return }
        if step == .data, code == 354 {
            step = .message
        } else {
            reply = SMTPReply(code: code, lines: lines)
        }
        lines = []
    }

    mutating func heard(contentBytes count: Int) { sent += count }

    /// Whether the server offers this extension: `SMTPUTF8`.
    func offers(_ name: String) -> Bool { offers.contains { $0 == name || $0.hasPrefix("\(name) ") } }
}
