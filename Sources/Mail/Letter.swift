public import HTML
public import Primitives

/// A mail in the making: plain paragraphs and at most one button, written out as text and as HTML.
public struct Letter: Sendable {
    public struct Button: Sendable {
        public let title: String
        /// With scheme and host.
        public let url: String
        public init(title: String, url: String) {
            self.title = title
            self.url = url
        }
    }

    public let to: String
    public let language: Language
    public let subject: String
    public let paragraphs: [String]
    public let button: Button?
    /// Small print: why this came, whom to ask.
    public let closing: String
    /// Where one gets no more letters like this; stands at the very end.
    public let stop: Button?

    public init(
        to: String, language: Language, subject: String, paragraphs: [String], button: Button? = nil, closing: String,
        stop: Button? = nil
    ) {
        self.to = to
        self.language = language
        self.subject = subject
        self.paragraphs = paragraphs
        self.button = button
        self.closing = closing
        self.stop = stop
    }

    public var text: String {
        var parts = paragraphs
        if let button { parts.append("\(button.title):\n\(button.url)") }
        parts.append("--\n\(closing)")
        if let stop { parts.append("\(stop.title):\n\(stop.url)") }
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// Styles stand in a `<style>` of the mail itself: mail programs load nothing from outside.
    public var html: String {
        let body = group {
            for paragraph in paragraphs { p { paragraph } }
            if let button, let link = Link(mailed: button.url) {
                p { a(link, .class("button")) { button.title } }
                p(.class("soft")) { button.url }
            }
            p(.class("soft")) { closing }
            if let stop, let link = Link(mailed: stop.url) { p(.class("soft")) { a(link) { stop.title } } }
        }
        let title = HTML(subject)
        return """
            <!doctype html><html lang="\(language.rawValue)"><head><meta charset="utf-8"><title>\(title)</title><style>\(Letter.style)</style>\
            </head><body>\(body)</body></html>
            """
    }

    private static let style = """
        body{font:17px/1.5 system-ui,sans-serif;color:#17262b;max-width:38rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}\
        .button{display:inline-block;background:#11524a;color:#fff;padding:.7rem 1.2rem;border-radius:6px;text-decoration:none;font-weight:600}\
        .soft{color:#44565c;font-size:15px}
        """
}
