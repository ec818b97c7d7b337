extension CasePageTests {
    /// The content of a page, without its frame and without tokens.
    static func main(_ page: String) -> String {
        guard let start = page.range(of: "<main"), let end = page.range(of: "</main>") else { return page }
        return String(page[start.lowerBound..<end.upperBound]).replacing(/name="once" value="[^"]*"/, with: "once")
            .replacing(/return=[^"]*"/, with: "return=here\"")
    }

    /// Texts between tags; counts beside tabs aside, because a party counts more, and what stands there for search engines.
    static func words(_ page: String) -> [String] {
        main(page).replacing(/<span class="count">\d+<\/span>|<script type="application\/ld\+json">[^<]*<\/script>/, with: "")
            .matches(of: />([^<>]+)</).map { String($0.output.1) }
    }
}
