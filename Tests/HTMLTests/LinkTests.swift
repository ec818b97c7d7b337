import HTML
import Testing

@Suite struct LinkTests {
    @Test func anAddressEncodesItsParameters() {
        let contacts = Address<String>("/cases/{number}/contacts")
        #expect(contacts("ELE2026-00408").description == "/cases/ELE2026-00408/contacts")
        #expect(contacts("a/b?c#d e").description == "/cases/a%2Fb%3Fc%23d%20e/contacts")
        #expect(contacts("\"><script>").description == "/cases/%22%3E%3Cscript%3E/contacts")
        #expect(contacts("Martínez").description == "/cases/Mart%C3%ADnez/contacts")
    }

    @Test func anAddressTakesItsParametersInOrder() {
        let result = Address<String, Int>("/cases/{number}/inspections/{id}")
        #expect(result("MEC2026-00271", 42).description == "/cases/MEC2026-00271/inspections/42")
        #expect(result.template == "/cases/{number}/inspections/{id}")
        let home: Address<> = Address("/")
        #expect(home().description == "/")
        let signIn: Address<> = Address("/sign-in")
        #expect(signIn().description == "/sign-in")
    }

    @Test func aQueryIsEncodedAndEmptyAnswersAreLeftOut() {
        let link = place("search").with([("q", "café & bar"), ("kind", nil), ("type", ""), ("page", "2")])
        #expect(link.description == "/search?q=caf%C3%A9%20%26%20bar&page=2")
        #expect(link.with([("x", "1")], fragment: "results").description.hasSuffix("&page=2&x=1#results"))
        #expect(place().with([]).description == "/here")
    }

    @Test(arguments: [
        "//evil.example", "///evil.example", "/\\evil.example", "/a\\b", "https://evil.example", "javascript:alert(1)", "evil",
        "", "/a b", "/a\nb", "/a\"b", "/a<b", "/caf\u{e9}", "/\t/evil.example", " /a", "/" + String(repeating: "a", count: 2000),
    ])
    func aReturnPathThatLeadsElsewhereIsRefused(_ text: String) {
        #expect(Link(local: text) == nil)
    }

    @Test(arguments: ["/", "/dashboard", "/cases/ELE2026-00408?tab=fees#due", "/search?q=a%20b"])
    func aPlainReturnPathIsAccepted(_ text: String) {
        #expect(Link(local: text)?.description == text)
    }

    @Test("Every number in a sentence of the city can be called; what only looks like one cannot")
    func callableNumbers() {
        func links(_ sentence: String) -> [String] {
            callable(sentence).text.matches(of: /href="tel:([^"]*)"/).map { String($0.output.1) }
        }
        #expect(links("Call 303-441-1880 or 720-555-0142.") == ["3034411880", "7205550142"])
        #expect(links("303-441-1880") == ["3034411880"])
        for sentence in ["", "303-441-188", "Permit 2021-00408", "é303_441_1880", "30x-441-1880"] {
            #expect(links(sentence) == [])
            #expect(callable(sentence).text == HTML(sentence).text)
        }
        #expect(callable("¿303-441-1880?").text.hasPrefix("¿<a "))
        #expect(callable("¿303-441-1880?").text.hasSuffix("</a>?"))
    }

    @Test func mailAndTelephoneKeepOnlyWhatBelongsThere() {
        #expect(Link.telephone("+1 (303) 555-0188").description == "tel:+13035550188")
        #expect(Link.mail("permits@city.example").description == "mailto:permits@city.example")
        #expect(Link.mail("a@b.example?bcc=c@d.example").description == "mailto:a@b.example%3Fbcc%3Dc@d.example")
        #expect(place("verify").absolute("https://city.example") == "https://city.example/verify")
    }
}
