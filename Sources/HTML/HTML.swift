/// Finished markup. Made only by elements, which escape every text and attribute put into them; `\(raw:)`-like ways in are
/// limited to `HTML(trusted:)`, which is easy to grep for.
public struct HTML: Sendable, Hashable, CustomStringConvertible {
    public private(set) var text: String

    /// No markup at all.
    public static let empty = HTML(trusted: "")

    /// Text that a person sees as it is, whatever characters it holds.
    public init(_ text: String) { self.text = HTML.escaped(text) }

    /// Markup written in the program itself (an icon), never anything from outside.
    public init(trusted text: String) { self.text = text }

    public var description: String { text }
    public var isEmpty: Bool { text.isEmpty }

    public static func + (a: HTML, b: HTML) -> HTML { HTML(trusted: a.text + b.text) }
    public static func += (a: inout HTML, b: HTML) { a.text += b.text }

    static func escaped(_ text: String) -> String {
        guard needsEscape(text) else { return text }
        var result = ""
        result.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whether one of `&<>"'` is in it. Most texts have none.
    private static func needsEscape(_ text: String) -> Bool {
        func isSpecial(_ byte: UInt8) -> Bool { byte == 38 || byte == 60 || byte == 62 || byte == 34 || byte == 39 }
        let found = text.utf8.withContiguousStorageIfAvailable { bytes in
            for byte in bytes where isSpecial(byte) { return true }
            return false
        }
        return found ?? text.utf8.contains(where: isSpecial)
    }
}

/// Lets a view read like the page it makes: texts are escaped, `if` and `for` work, nothing is an empty page.
@resultBuilder
public enum HTMLBuilder {
    public static func buildExpression(_ text: String) -> HTML { HTML(text) }
    public static func buildExpression(_ html: HTML) -> HTML { html }
    public static func buildExpression(_ html: HTML?) -> HTML { html ?? .empty }
    public static func buildBlock() -> HTML { .empty }
    public static func buildPartialBlock(first: HTML) -> HTML { first }
    /// Consumes what was made so far, so that the next piece is written behind it and nothing is copied.
    public static func buildPartialBlock(accumulated: consuming HTML, next: HTML) -> HTML {
        accumulated += next
        return accumulated
    }
    public static func buildOptional(_ html: HTML?) -> HTML { html ?? .empty }
    public static func buildEither(first: HTML) -> HTML { first }
    public static func buildEither(second: HTML) -> HTML { second }
    public static func buildArray(_ parts: [HTML]) -> HTML {
        var text = ""
        text.reserveCapacity(parts.reduce(0) { $0 + $1.text.utf8.count })
        for part in parts { text += part.text }
        return HTML(trusted: text)
    }
}

/// Several pieces as one.
public func group(@HTMLBuilder _ content: () -> HTML) -> HTML { content() }
