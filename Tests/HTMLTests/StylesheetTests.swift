import Foundation
import HTML
import Testing

/// The stylesheet keeps what the components promise.
@Suite struct StylesheetTests {
    private static let web = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Web")
    private let css: String

    init() throws { css = try String(contentsOf: Self.web.appending(path: "groundwork.css"), encoding: .utf8) }

    @Test(arguments: [false, true])
    func textHasAContrastOfSevenToOne(isDark: Bool) throws {
        let colors = try palette(isDark: isDark)
        var pairs = [("brand-ink", "brand"), ("paper", "attention"), ("brand", "band")]
        for tone in ["attention", "waiting", "good", "calm", "brand"] {
            pairs += [(tone, "paper"), ("ink", "\(tone)-soft"), ("ink-soft", "\(tone)-soft"), ("link", "\(tone)-soft")]
            if tone != "brand" { pairs.append((tone, "\(tone)-soft")) }
        }
        for text in ["ink", "ink-soft", "link"] { pairs += [(text, "paper"), (text, "band")] }
        for (text, ground) in pairs {
            #expect(try contrast(colors, text, ground) >= 7, "\(text) on \(ground)")
        }
        #expect(try contrast(colors, "line-strong", "paper") >= 3, "the border of a field")
    }

    @Test func nothingIsFetchedAndNothingIsBig() {
        #expect(!css.contains("url("))
        #expect(!css.contains("@import"))
        #expect(css.utf8.count < 30_000)
    }

    @Test(arguments: Gallery.pages)
    func everyClassHasItsRule(_ sample: Gallery.Sample) {
        let names = Set(Markup(sample.text).tags.flatMap { ($0["class"] ?? "").split(separator: " ").map(String.init) })
        let missing = names.filter { !css.contains(".\($0)") }
        #expect(missing == [])
    }

    @Test func theIconIsTheMark() throws {
        let icon = try String(contentsOf: Self.web.appending(path: "icon.svg"), encoding: .utf8)
        let page = document(
            Page(title: "t", siteName: "s", home: place(), content: .empty, stylesheet: place()))
        for path in Markup(page).all("path").compactMap({ $0["d"] }) { #expect(icon.contains(path)) }
    }

    private func palette(isDark: Bool) throws -> [String: Double] {
        let dark = try #require(css.firstRange(of: "prefers-color-scheme: dark"))
        var colors = luminances(css[..<dark.lowerBound])
        if isDark { colors.merge(luminances(css[dark.upperBound...]), uniquingKeysWith: { _, later in later }) }
        return colors
    }

    /// The relative luminance of each color token, as WCAG 2.2 defines it.
    private func luminances(_ text: Substring) -> [String: Double] {
        var result: [String: Double] = [:]
        for match in text.matches(of: /--([a-z-]+): #([0-9a-f]{6})/) {
            guard let color = Int(match.2, radix: 16) else { continue }
            let parts = [16, 8, 0].map { shift -> Double in
                let part = Double((color >> shift) & 255) / 255
                return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
            }
            result[String(match.1)] = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
        }
        return result
    }

    private func contrast(_ colors: [String: Double], _ one: String, _ other: String) throws -> Double {
        let pair = [try #require(colors[one]), try #require(colors[other])].sorted()
        return (pair[1] + 0.05) / (pair[0] + 0.05)
    }
}
