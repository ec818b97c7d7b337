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

    @Test func mailAndTelephoneKeepOnlyWhatBelongsThere() {
        #expect(Link.telephone("+1 (303) 555-0188").description == "tel:+13035550188")
        #expect(Link.mail("permits@city.example").description == "mailto:permits@city.example")
        #expect(Link.mail("a@b.example?bcc=c@d.example").description == "mailto:a@b.example%3Fbcc%3Dc@d.example")
        #expect(place("verify").absolute("https://city.example") == "https://city.example/verify")
    }
}
