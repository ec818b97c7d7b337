import Core
import Foundation
import Primitives
import Testing
import TestSupport
import Web

@testable import Portal

/// A9: every sentence is there in both languages, with the same holes, and every one is used.
@Suite struct WordsTests {
    /// The first word of every sentence's name: the modules that speak.
    private static func modules() throws -> String {
        let keys = try Composition(isDemo: true).words().holes(in: .english).keys
        return Set(keys.compactMap { $0.split(separator: ".").first }).sorted().joined(separator: "|")
    }

    private static func sources() throws -> [(file: String, text: String)] {
        let folder = TestCity.root + "/Sources"
        guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
        return try walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted().map {
            ($0, try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8))
        }
    }

    /// Every literal in the sources that names a sentence, and what follows it.
    private static func references() throws -> [(file: String, key: String, before: Substring, after: Substring)] {
        let pattern = try Regex("\"((?:\(modules()))(?:\\.[A-Za-z][A-Za-z0-9]*)+)\"")
        return try sources().flatMap { file, text in
            text.matches(of: pattern).filter { !($0.output[1].substring ?? "").hasSuffix(".csv") }.map { match in
                (file, String(match.output[1].substring ?? ""), text[..<match.range.lowerBound], text[match.range.upperBound...])
            }
        }
    }

    @Test func `both languages have the same sentences with the same holes`() throws {
        let words = try Composition(isDemo: true).words()
        let (english, spanish) = (words.holes(in: .english), words.holes(in: .spanish))
        #expect(Set(english.keys).symmetricDifference(spanish.keys) == [])
        for (key, holes) in english { #expect(spanish[key] == holes, "\(key)") }
    }

    @Test func `plural sentences have every form of their language`() throws {
        let words = try Composition(isDemo: true).words()
        let spanish = words.forms(in: .spanish)
        for (key, forms) in words.forms(in: .english) where forms != ["other"] {
            #expect(forms == ["one", "other"], "\(key) in English")
            #expect(spanish[key] == ["one", "many", "other"], "\(key) in Spanish")
        }
    }

    @Test func `every sentence the code speaks is there, and every sentence is spoken`() throws {
        let words = try Composition(isDemo: true).words()
        let known = Set(words.holes(in: .english).keys)
        let spoken = try Self.references()
        for reference in spoken where !known.contains(reference.key) {
            Issue.record("\(reference.file): \(reference.key) is not in Words")
        }
        let unused = known.subtracting(spoken.map(\.key)).sorted()
        #expect(unused == [])
    }

    @Test func `arguments fit the holes where they stand beside the key`() throws {
        let words = try Composition(isDemo: true).words()
        let (holes, forms) = (words.holes(in: .english), words.forms(in: .english))
        for reference in try Self.references() {
            guard let expected = holes[reference.key] else { continue }
            if reference.after.hasPrefix(", ["), let given = Self.argumentNames(reference.after.dropFirst(3)) {
                // A count may choose the plural form alone, without standing in the sentence.
                let chooses: Set<String> = forms[reference.key] == ["other"] ? [] : ["count"]
                #expect(given.subtracting(chooses) == expected.subtracting(chooses), "\(reference.file): \(reference.key)")
            } else if reference.after.hasPrefix(")"), reference.before.hasSuffix("t(") || reference.before.hasSuffix("Phrase(") {
                #expect(expected == [], "\(reference.file): \(reference.key) is spoken without its arguments")
            }
        }
    }

    /// The names in `"name": .text(x), "count": 3]`; nil when the list is made elsewhere.
    private static func argumentNames(_ text: Substring) -> Set<String>? {
        var depth = 0
        var list = ""
        for character in text {
            if character == "]", depth == 0 { break }
            if "[({".contains(character) { depth += 1 }
            if "])}".contains(character) { depth -= 1 }
            if depth == 0 { list.append(character) }
        }
        guard list.contains(":") else { return nil }
        return Set(list.matches(of: /"(\w+)":/).map { String($0.output.1) })
    }

    @Test func `a city's page speaks Spanish to a Spanish browser`() async throws {
        let city = try await TestCity.make()
        let page = await city.browser(language: .spanish).get("/")
        #expect(page.status == 200)
        #expect(page.text.contains("lang=\"es\""))
        #expect(page.text.contains("Permisos, planes y casos"))
        #expect(!page.text.contains("⟦"))
    }
}

@Suite struct FrameTests {
    @Test(arguments: [
        "/", "/accessibility", "/search", "/help", "/help/ask", "/demo/mail", "/guide", "/guide?q=password", "/guide?q=zzz",
        "/guide/create-an-account", "/guide/old-portal", "/guide/missing-cases", "/guide/add-a-contact", "/guide/contact-types",
        "/guide/company", "/guide/questions", "/guide/staff",
    ])
    func `public pages open for everybody in both languages without a missing word`(path: String) async throws {
        let city = try await TestCity.make()
        for language in Language.allCases {
            let page = await city.browser(language: language).get(path)
            #expect(page.status == 200, "\(path)")
            #expect(!page.text.contains("⟦"), "\(path) in \(language)")
            #expect(page.text.contains("<h1"), "\(path)")
        }
    }

    @Test func `an unknown address is a page that says what to do`() async throws {
        let page = try await TestCity.make().browser().get("/no/such/page")
        #expect(page.status == 404)
        #expect(page.text.contains("Page not found"))
        #expect(page.text.contains("<a href=\"/sign-in?return=%2Fno%2Fsuch%2Fpage\">Sign in</a>"))
        #expect(page.text.contains("<li><a href=\"/access-request\">Ask for access</a></li>"))
    }

    @Test func `who is signed in is not told to sign in`() async throws {
        let city = try await TestCity.make()
        let (person, steward) = (city.browser(), city.browser())
        try await person.signIn(city.account(email: "ada@example.org"))
        try await steward.signIn(city.staff(), staff: true)
        #expect(!(await person.get("/no/such/page").text.contains("/sign-in")))
        #expect(await person.get("/no/such/page").text.contains("<li><a href=\"/access-request\">Ask for access</a></li>"))
        #expect(!(await steward.get("/no/such/page").text.contains("<li><a href=\"/access-request\">")))
    }

    @Test func `a page for others and a form from elsewhere are told apart`() async throws {
        let city = try await TestCity.make()
        let person = city.browser()
        try await person.signIn(city.account(email: "ada@example.org"))
        let page = await person.get("/staff/desk")
        #expect(page.status == 403 && page.text.contains("people with another role") && !page.text.contains("This form"))
        let request = WebRequest(
            method: .post, path: "/access-request", headers: ["accept": "text/html", "sec-fetch-site": "cross-site"])
        let forged = await Dispatcher(city.context).respond(to: request)
        let text = String(decoding: forged.body, as: UTF8.self)
        #expect(forged.status == 403 && text.contains("This form did not come from our page"))
    }

    @Test func `who signs in from a page comes back to it`() async throws {
        let city = try await TestCity.make()
        let number = try await city.number(of: city.aCase())
        for (path, link) in [
            ("/cases/\(number)", "/sign-in?return=%2Fcases%2F\(number)"),
            ("/search?q=oak", "/sign-in?return=%2Fsearch%3Fq%3Doak"),
            ("/", "/sign-in"), ("/register", "/sign-in"), ("/reset", "/sign-in"), ("/staff/sign-in", "/sign-in"),
            ("/sign-in?return=%2Fguide", "/sign-in?return=%2Fguide"), ("/sign-in?return=%2F%2Fevil.example", "/sign-in"),
        ] {
            let page = await city.browser().get(path).text
            #expect(page.contains("<a href=\"\(link)\" class=\"button quiet\">Sign in</a>"), "\(path)")
        }
        try await city.account(email: "ada@example.org", password: "four sandstone arches at noon")
        let browser = city.browser()
        let answer = await browser.post(
            "/sign-in",
            ["email": "ada@example.org", "password": "four sandstone arches at noon", "return": "/cases/\(number)"])
        #expect(answer.location == "/cases/\(number)")
    }

    @Test func `my cases stand first in the navigation of who has any`() async throws {
        let city = try await TestCity.make()
        let (person, steward) = (city.browser(), city.browser())
        try await person.signIn(city.account(email: "ada@example.org"))
        try await steward.signIn(city.staff(), staff: true)
        let mine = "<nav aria-label=\"Main\"><ul><li><a href=\"/dashboard\""
        #expect(await person.get("/guide").text.contains("\(mine)>My cases</a>"))
        #expect(await person.get("/dashboard").text.contains("\(mine) aria-current=\"page\">My cases</a>"))
        for browser in [steward, city.browser()] { #expect(!(await browser.get("/guide").text.contains(mine))) }
    }

    @Test func `a demo city shows a mail's own HTML, shut off from everything`() async throws {
        let city = try await TestCity.make()
        let visitor = city.browser()
        await visitor.post("/register", ["email": "ada@example.org"])
        let list = await visitor.get("/demo/mail").text
        let path = try #require(list.firstMatch(of: /\/demo\/mail\/\d+/).map { String($0.output) })
        #expect(await visitor.get(path).text.contains("<a href=\"\(path)/html\">See it as HTML</a>"))
        let mail = await visitor.get("\(path)/html")
        #expect(mail.text.hasPrefix("<!doctype html>") && mail.text.contains("<style>"))
        #expect(mail.headers["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        #expect(await visitor.get("/demo/mail/999999/html").status == 404)
    }

    @Test func `machines get problem+json`() async throws {
        let answer = try await TestCity.make().browser().get("/no/such/page", accept: "application/json")
        #expect(answer.status == 404)
        #expect(answer.headers["content-type"] == "application/problem+json")
        #expect(JSON(parsing: answer.text)?["status"] == 404)
    }

    @Test func `the language link stays on the page and is remembered`() async throws {
        let browser = try await TestCity.make().browser()
        let answer = await browser.get("/language/es?return=%2Fguide")
        #expect(answer.location == "/guide")
        #expect(await browser.get("/guide").text.contains("Guía"))
    }

    @Test func `nobody is led elsewhere by the language link`() async throws {
        let answer = try await TestCity.make().browser().get("/language/es?return=https%3A%2F%2Fevil.example")
        #expect(answer.location == "/")
    }
}
