internal import Primitives

/// What another mail server reports about a mail of ours: a delivery status notification (RFC 3464, RFC 6533).
///
/// Anybody can write one. Believe it only as far as `originalMessageID` names a mail that we sent.
public struct BounceReport: Sendable, Hashable {
    public enum Action: String, Sendable {
        case failed
        /// Still being tried.
        case delayed
        case delivered
        /// Passed on to a server that sends no reports.
        case relayed
        case expanded
    }

    /// The Message-ID of the mail it is about, without angle brackets. nil when the report returns no headers of it.
    public let originalMessageID: String?
    public let action: Action
    /// `5.1.1`
    public let status: String?
    /// What the last server said, at most 500 characters: `550 5.1.1 No such user here`. It may hold the recipient's address.
    public let diagnostic: String?

    /// Reads a raw mail, of which it looks at the first megabyte.
    ///
    /// A report about several recipients is read for the first that failed, else for the first: our mails have one recipient,
    /// but a forwarding server may know several behind it.
    /// - Returns: nil for any other mail. Not every server says `multipart/report` (OpenSMTPD says `multipart/mixed`), so the
    ///   part with the report decides.
    public init?(_ message: [UInt8]) {
        let parts = MIMEPart(message.prefix(1 << 20)).parts
        let reports = ["message/delivery-status", "message/global-delivery-status"]
        guard let report = parts.first(where: { reports.contains($0.type) }) else { return nil }
        let recipients = BounceReport.recipients(report.content)
        guard let (action, fields) = recipients.first(where: { $0.action == .failed }) ?? recipients.first else { return nil }
        self.action = action
        status = fields["status"].flatMap(BounceReport.status)
        diagnostic = fields["diagnostic-code"].flatMap(BounceReport.diagnostic)
        let returned = [
            "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "message/global-headers",
        ]
        originalMessageID = parts.first { returned.contains($0.type) }
            .flatMap { MIMEPart($0.content)["message-id"] }.flatMap(BounceReport.messageID)
    }

    /// The blocks about recipients; the first block, about the report itself, has no action.
    private static func recipients(_ content: ArraySlice<UInt8>) -> [(action: Action, fields: MIMEPart)] {
        var found: [(Action, MIMEPart)] = []
        var rest = content
        while !rest.isEmpty, found.count < 100 {
            let block = MIMEPart(rest)
            if let action = block["action"].flatMap({ Action(rawValue: firstWord($0).lowercased()) }) {
                found.append((action, block))
            }
            rest = block.body
        }
        return found
    }

    private static func firstWord(_ text: String) -> String {
        String(text.drop { $0.isWhitespace }.prefix { !$0.isWhitespace && $0 != "(" && $0 != ";" })
    }

    private static func status(_ text: String) -> String? {
        let word = firstWord(text)
        let numbers = word.split(separator: ".", omittingEmptySubsequences: false)
        let isStatus =
            numbers.count == 3 && ["2", "4", "5"].contains(numbers[0])
            && numbers.allSatisfy { 1...3 ~= $0.utf8.count && $0.utf8.allSatisfy { 48...57 ~= $0 } }
        return isStatus ? word : nil
    }

    /// Without the kind of diagnosis, which comes before a semicolon: `smtp; 550 …`.
    private static func diagnostic(_ text: String) -> String? {
        let text = tidied(text)
        let kind = text.prefix { $0 != ";" && $0 != " " }
        let rest = text.dropFirst(kind.count)
        let said = rest.hasPrefix(";") ? rest.dropFirst().drop { $0 == " " } : text[...]
        return said.isEmpty ? nil : String(said.prefix(500))
    }

    private static func messageID(_ text: String) -> String? {
        let id = text.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" }
        return MIMEMessage.isMessageID(String(id)) ? String(id) : nil
    }
}
