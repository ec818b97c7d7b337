internal import Foundation
public import Primitives

/// An answer that somebody wrote to a mail of ours, as far as it can be read. Anybody can write one: believe it only as far as it
/// names a mail that we sent to the address it comes from.
public struct MailReply: Sendable, Hashable {
    public static let longest = 5000

    /// Who it says it is from; nil when that is no address.
    public let from: FoldedEmail?
    /// What stands before the `@` of the Message-IDs that it answers, the nearest first.
    public let answers: [String]
    /// What the person wrote, without what they answer to and without a signature; at most `longest` characters.
    public let text: String
    /// Sent by a program: an absence note, a mailing list.
    public let isAutomatic: Bool
    /// Tells this mail from others, also when a mail server delivers it twice: its own Message-ID; without one all of it.
    public let identity: String

    /// Reads a raw mail, of which it looks at the first megabyte.
    public init(_ message: [UInt8]) {
        let mail = MIMEPart(message.prefix(1 << 20))
        from = mail["from"].flatMap(MailReply.address)
        let references = (mail["references"] ?? "").split { $0.isWhitespace }.reversed().map(String.init)
        answers = ([mail["in-reply-to"] ?? ""] + references).flatMap(MailReply.messageIDs).reduce(into: []) { list, id in
            if !list.contains(id), list.count < 20 { list.append(id) }
        }
        let submitted = mail["auto-submitted"]?.trimmingCharacters(in: .whitespaces).lowercased() ?? "no"
        let precedence = mail["precedence"]?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
        isAutomatic =
            !submitted.hasPrefix("no") || ["bulk", "list", "junk", "auto_reply"].contains(precedence) || mail["list-id"] != nil
            || mail["x-autoreply"] != nil
        let name = (mail["message-id"] ?? "").trimmingCharacters(in: .whitespaces)
        identity = name.isEmpty ? sha256(String(decoding: message, as: UTF8.self)) : String(name.prefix(500))
        let whole = MailReply.plain(mail, depth: 0) ?? MailReply.fromHTML(mail, depth: 0) ?? ""
        text = String(MailReply.own(whole).prefix(MailReply.longest))
    }

    private static func address(_ header: String) -> FoldedEmail? {
        if let start = header.lastIndex(of: "<"), let end = header[start...].firstIndex(of: ">") {
            return FoldedEmail(String(header[header.index(after: start)..<end]))
        }
        return FoldedEmail(header.trimmingCharacters(in: .whitespaces))
    }

    private static func messageIDs(_ text: String) -> [String] {
        text.split(separator: "<").filter { $0.contains(">") }.compactMap { piece in
            let id = String(piece.prefix { $0 != ">" })
            return MIMEMessage.isMessageID(id) ? String(id.prefix { $0 != "@" }) : nil
        }
    }

    private static func plain(_ part: MIMEPart, depth: Int) -> String? {
        if part.type == "text/plain" { return decoded(part) }
        guard depth < 5 else { return nil }
        return part.parts.lazy.compactMap { plain($0, depth: depth + 1) }.first
    }

    /// Only for a mail that has no plain text: everything between tags, a line for each block.
    private static func fromHTML(_ part: MIMEPart, depth: Int) -> String? {
        guard part.type == "text/html" else {
            guard depth < 5 else { return nil }
            return part.parts.lazy.compactMap { fromHTML($0, depth: depth + 1) }.first
        }
        var text = decoded(part)
        // What is quoted, and what is not text.
        for tag in ["blockquote", "style", "script", "head"] {
            while let start = text.range(of: "<\(tag)", options: .caseInsensitive) {
                let end = text.range(of: "</\(tag)>", options: .caseInsensitive, range: start.upperBound..<text.endIndex)
                text.removeSubrange(start.lowerBound..<(end?.upperBound ?? text.endIndex))
            }
        }
        var plain = ""
        var tag: String?
        for character in text {
            switch (tag, character) {
            case (nil, "<"): tag = ""
            case (let name?, ">"):
                if ["br", "p", "div", "tr", "li", "/p", "/div"].contains(where: { name.lowercased().hasPrefix($0) }) {
                    plain += "\n"
                }
                tag = nil
            case (let name?, _): tag = name.count < 20 ? name + String(character) : name
            case (nil, _): plain.append(character)
            }
        }
        for (name, sign) in [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            plain = plain.replacingOccurrences(of: name, with: sign)
        }
        return plain
    }

    private static func decoded(_ part: MIMEPart) -> String {
        let content = part.content
        let type = part["content-type"]?.lowercased() ?? ""
        if type.contains("8859-1") || type.contains("windows-1252") {
            return String(bytes: content, encoding: .windowsCP1252) ?? String(decoding: content, as: UTF8.self)
        }
        return String(decoding: content, as: UTF8.self)
    }

    /// Without the mail that is answered, and without a signature.
    private static func own(_ text: String) -> String {
        var lines: [Substring] = []
        for line in text.replacingOccurrences(of: "\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false) {
            let bare = line.trimmingCharacters(in: .whitespaces)
            if bare == "--" || bare.hasPrefix(">") || isQuoteHeading(bare) { break }
            lines.append(line)
        }
        // "On Monday … wrote:" may be broken over two lines.
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        if let last = lines.last?.trimmingCharacters(in: .whitespaces).lowercased(),
            ["wrote:", "escribió:"].contains(where: last.hasSuffix)
        {
            lines.removeLast()
            let before = lines.last?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
            if ["on ", "el "].contains(where: before.hasPrefix) { lines.removeLast() }
        }
        return tidied(lines.joined(separator: "\n"), keepingLines: true)
    }

    private static func isQuoteHeading(_ line: String) -> Bool {
        let low = line.lowercased()
        if low.hasPrefix("-----original message") || low.hasPrefix("-----mensaje original") || low.hasPrefix("________________") {
            return true
        }
        return (low.hasPrefix("on ") && low.hasSuffix("wrote:")) || (low.hasPrefix("el ") && low.hasSuffix("escribió:"))
    }
}
