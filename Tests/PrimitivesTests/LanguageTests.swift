import Primitives
import Testing

@Suite struct LanguageTests {
    @Test(arguments: [
        ("es-MX,es;q=0.9,en;q=0.8", Language.spanish), ("fr, es;q=0.5", .spanish), ("de", .english), (";", .english),
        (",;,", .english),
        ("", .english), (" ES", .spanish),
    ])
    func `whatever a browser sends, a language comes out of it`(_ header: String, _ language: Language) {
        #expect(Language(acceptLanguage: header) == language)
    }

    @Test(arguments: ["2026-07-06TZ", "2026-07-06T.Z", "T", "2026-07-06", "2026-07-06T25:00:00Z", ""])
    func `what is no instant is none`(_ text: String) { #expect(Instant(text) == nil) }
}
