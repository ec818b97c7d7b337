public import Primitives

/// A mail as it goes over the wire: fixed headers, the text plain and as HTML, ASCII only (unless an address is not), no line
/// that begins with a dot. The same values give the same bytes, so that a retry sends the same mail.
///
/// No value can add a header: addresses are `MailAddress`es, the subject is tidied and encoded, the Message-ID is checked.
public struct MIMEMessage: Sendable {
    /// `left@right`, without angle brackets; a `BounceReport` names the mail by it.
    public let messageID: String
    /// From the first header to the last line break, lines ended by CRLF.
    public let bytes: [UInt8]

    /// - Parameters:
    ///   - subject: line breaks become spaces, control characters go.
    ///   - messageID: `left@right` in ASCII; stable across retries and without a secret in it.
    ///   - language: of subject, text and HTML.
    /// - Throws: when `messageID` is none.
    public init(
        from: MailAddress, to: MailAddress, subject: String, date: Instant, messageID: String, language: Language, text: String,
        html: String
    ) throws(MailProblem) {
        guard MIMEMessage.isMessageID(messageID) else {
            throw MailProblem("A Message-ID is written left@right with letters, digits and - . _ + =.")
        }
        self.messageID = messageID
        // `=_` cannot occur in quoted-printable, so the boundary is in no part.
        let boundary = "=_\(sha256(messageID).prefix(32))"
        var bytes = Array(
            [
                foldedHeader("Date", MIMEMessage.words(of: date)),
                foldedHeader("From", MIMEMessage.words(of: from)),
                foldedHeader("To", MIMEMessage.words(of: to)),
                foldedHeader("Message-ID", ["<\(messageID)>"]),
                foldedHeader("Subject", headerWords(tidied(subject))),
                foldedHeader("Auto-Submitted", ["auto-generated"]),
                foldedHeader("Content-Language", [language.rawValue]),
                foldedHeader("MIME-Version", ["1.0"]),
                foldedHeader("Content-Type", ["multipart/alternative;", "boundary=\"\(boundary)\""]),
            ].joined().utf8)
        for (type, content) in [("text/plain", text), ("text/html", html)] {
            bytes += Array("\r\n--\(boundary)\r\n".utf8)
            bytes += Array(foldedHeader("Content-Type", ["\(type);", "charset=utf-8"]).utf8)
            bytes += Array(foldedHeader("Content-Transfer-Encoding", ["quoted-printable"]).utf8)
            bytes += Array("\r\n".utf8)
            bytes += quotedPrintable(content)
        }
        bytes += Array("\r\n--\(boundary)--\r\n".utf8)
        self.bytes = bytes
    }

    static func isMessageID(_ text: String) -> Bool {
        let sides = text.split(separator: "@", omittingEmptySubsequences: false)
        return text.utf8.count <= 200 && sides.count == 2
            && sides.allSatisfy { side in
                !side.isEmpty && side.utf8.allSatisfy { $0 < 128 }
                    && side.allSatisfy { $0.isLetter || $0.isNumber || "-._+=".contains($0) }
            }
    }

    /// RFC 5322 section 3.3, in UTC.
    private static func words(of date: Instant) -> [String] {
        let day = CivilDate(daysSince1970: Int(date.microseconds / 86_400_000_000))
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let time = String(date.description.dropFirst(11).prefix(8))
        return [
            "\(weekdays[day.weekday - 1]),", padded(day.day, 2), months[day.month - 1], padded(day.year, 4), time, "+0000",
        ]
    }

    private static func words(of address: MailAddress) -> [String] {
        guard let name = address.name else { return [address.address] }
        let words = headerWords(name)
        // Encoded words stand as they are; plain ones in quotes, where a comma or a full stop means nothing.
        let isEncoded = words.first?.hasPrefix("=?") == true
        let quoted = words.joined(separator: " ").replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let shown = isEncoded ? words : "\"\(quoted)\"".split(separator: " ").map(String.init)
        return shown + ["<\(address.address)>"]
    }
}
