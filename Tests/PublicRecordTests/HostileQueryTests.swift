import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import PublicRecord

/// Nothing that is typed breaks the search: an answer, or a sentence that says what to do.
struct HostileQueryTests {
    private static let texts: [String] = [
        "%", "_", "*", "?", "panel*", "*panel", "pan%el", "\"", "\"panel", "'", "''", "' OR 1=1 --",
        "'; DROP TABLE public_entry; --",
        "panel AND NOT upgrade", "panel OR", "NEAR(panel upgrade)", "panel NOT", "panel & | !", "!panel", "panel:*",
        "words:panel",
        "public_entry_text:x", "^panel", "panel + upgrade", "{words}: panel", "(", ")", "((panel)", "<->", "panel <2> upgrade",
        "\\",
        "\\x00", "\u{0}", "pa\u{0}nel", "\u{FEFF}panel", "\u{202E}lenap", "p\u{301}\u{301}\u{301}anel", "ﬁle", "İSTANBUL", "ß",
        "😀👩‍👩‍👧‍👦",
        "\u{E000}\u{10FFFD}", "日本語 ライセンス", "العربية", "\t\n\r", "   ", "a", "1", "-", "--", "/*", "t_electrical", "d1_20000",
        "s_issued", "c_x",
        "1195", "1195 ", "ELE", "ELE2021-", "ELE2021-99999999999999999999", "0x1F", "1e309", "NaN", "NULL", "true", "$1", "?1",
        ":id",
        String(repeating: "a", count: 10_000), String(repeating: "a ", count: 5_000), String(repeating: "\"", count: 10_000),
        String(repeating: "😀", count: 10_000), String(repeating: "(", count: 10_000), String(repeating: "%", count: 10_000),
        (0..<2_000).map { "w\($0)" }.joined(separator: " "),
    ]

    @Test("J1 Wildcards, operators, long texts and odd letters get an answer or a sentence, as a page, as JSON and as a file")
    func answers() async throws {
        let city = try await TestCity.make()
        try await city.aCase(description: "Panel upgrade")
        let visitor = city.browser()
        for text in Self.texts {
            let typed = Self.encoded(text)
            let shown = String(text.prefix(40))
            for address in [
                "/search?q=\(typed)", "/search?company=\(typed)", "/search?q=panel&status=\(typed)",
                "/search?q=panel&page=\(typed)",
                "/search?q=panel&after=\(typed)", "/search?from=\(typed)", "/search?q=\(typed)&kind=permit&order=oldest",
            ] {
                let page = await visitor.get(address)
                #expect([200, 422].contains(page.status), "\(shown) at \(address.prefix(30)): \(page.status)")
                #expect(page.text.contains("Search records"), "\(shown)")
            }
            let json = await visitor.get("/search?q=\(typed)", accept: "application/json")
            #expect([200, 422].contains(json.status) && JSON(parsing: json.text) != nil, "\(shown)")
            let file = await visitor.get("/search.csv?q=\(typed)")
            #expect([200, 422].contains(file.status) && !file.text.contains("broken off"), "\(shown)")
        }
    }

    @Test("J1 Of whatever is typed at most twelve words are looked for, none of them long")
    func fewWords() {
        for text in Self.texts {
            let words = SearchWords.typed(text)
            #expect(words.count <= 12 && words.allSatisfy { $0.utf8.count <= 1_600 }, "\(text.prefix(40))")
        }
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + hexadecimal([byte]).uppercased()
        }.joined()
    }
}
