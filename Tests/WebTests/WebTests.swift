import HTML
import Primitives
import Testing

@testable import Web

@Suite struct URLEncodingTests {
    @Test func `plus and percent are both a space`() {
        #expect(URLEncoding.dictionary("street=Oak7+St&city=Fort%20Collins") == ["street": "Oak7 St", "city": "Fort Collins"])
    }
    @Test func `broken escapes and bytes do not stop the page`() {
        #expect(URLEncoding.dictionary("a=%&b=%zz&c=%C3%28&d") == ["a": "%", "b": "%zz", "c": "\u{FFFD}(", "d": ""])
    }
    @Test func `a path keeps its plus`() { #expect(URLEncoding.decode("a+b%2B", plusIsSpace: false) == "a+b+") }
}

@Suite struct CookieTests {
    @Test func `over https only a cookie of this very host counts`() {
        let sent = "session=planted; __Host-session=ours; language=es"
        #expect(Cookie.parse(sent, isSecure: true) == ["session": "ours"])
        #expect(Cookie.parse("session=ours; language=es", isSecure: false) == ["session": "ours", "language": "es"])
    }
}

@Suite struct PathTableTests {
    private func table() -> PathTable<String> {
        var table = PathTable<String>()
        table.add(.get, "/cases/{number}", "case")
        table.add(.get, "/cases/{number}/contacts", "contacts")
        table.add(.post, "/cases/{number}/contacts/add", "add")
        table.add(.get, "/cases/new", "new")
        table.add(.get, "/", "home")
        return table
    }

    @Test func `literal segments win over parameters, and parameters are decoded`() {
        guard case .found("new", let none) = table().match(.get, "/cases/new") else { Issue.record("new"); return }
        #expect(none.isEmpty)
        guard case .found("contacts", let found) = table().match(.get, "/cases/ELE2026%2D00408/contacts") else {
            Issue.record("contacts"); return
        }
        #expect(found == ["number": "ELE2026-00408"])
        guard case .found("home", _) = table().match(.get, "/") else { Issue.record("home"); return }
    }

    @Test func `another method and another path are told apart`() {
        guard case .wrongMethod = table().match(.get, "/cases/X/contacts/add") else { Issue.record("method"); return }
        guard case .none = table().match(.get, "/cases/X/contacts/remove") else { Issue.record("path"); return }
    }
}

@Suite struct OriginTests {
    private func allows(_ headers: [String: String], method: Method = .post) -> Bool {
        OriginCheck.allows(WebRequest(method: method, path: "/x", headers: headers), origin: "https://permits.example.gov")
    }

    /// D-04: the truth table of unsafe requests.
    @Test(arguments: [
        (["sec-fetch-site": "same-origin"], true), (["sec-fetch-site": "none"], true), (["sec-fetch-site": "cross-site"], false),
        (["sec-fetch-site": "same-site"], false),
        (["sec-fetch-site": "cross-site", "origin": "https://permits.example.gov"], false),
        (["origin": "https://permits.example.gov"], true), (["origin": "https://evil.example"], false),
        (["origin": "null"], false),
        (["referer": "https://permits.example.gov/a"], true), (["referer": "https://permits.example.gov.evil.example/"], false),
        ([:], false),
    ])
    func `a form from elsewhere is refused`(headers: [String: String], expected: Bool) { #expect(allows(headers) == expected) }

    @Test func `looking is always allowed`() { #expect(allows(["sec-fetch-site": "cross-site"], method: .get)) }
}

@Suite struct FormTests {
    private let email = Field<TypedEmail>.email(label: "form.hidden")
    private let name = Field<String>.text("name", label: "form.hidden", maxLength: 5)
    private let note = Field<String>.text("note", label: "form.hidden", isRequired: false)
    private var form: Form { Form(email, name, note) }

    @Test func `good answers come out typed and tidied`() throws {
        let submission = form.read(["email": " A@B.co ", "name": " Ann "])
        #expect(try submission[email].folded.description == "a@b.co")
        #expect(try submission[name] == "Ann")
        #expect(try submission[note] == "")
    }

    @Test func `every problem is told at once and what was typed is kept`() {
        let submission = form.read(["email": "nope", "name": "much too long"])
        #expect(submission.problems.map(\.field) == ["email", "name"])
        #expect(submission.values["email"] == "nope")
        #expect(throws: InvalidForm.self) { try submission[email] }
    }

    @Test func `the summary names the field of each problem`() throws {
        let first = Field<CivilDate?>.date("from", label: "form.summary")
        let last = Field<CivilDate?>.date("to", label: "form.choose")
        let summary = Form(first, last).read(["from": "x", "to": "y"]).summary(Voice(try Words([webWords]), .english)).text
        #expect(summary.contains("<a href=\"#from\">There is a problem: Enter a day that exists, like 3/19/2021.</a>"))
        #expect(summary.contains("<a href=\"#to\">Choose one.: Enter a day that exists"))
    }

    @Test func `spaces alone are no answer`() { #expect(form.read(["email": "  ", "name": "\t"]).problems.count == 2) }

    @Test func `a password is taken to the letter and never shown again`() throws {
        let password = Field<String>.password("password", isNew: true, label: "form.hidden", missing: "form.missing")
        let submission = Form(password).read(["password": "  secret words  "])
        #expect(try submission[password] == "  secret words  ")
        let words = try Words([webWords])
        #expect(!submission.view(password, Voice(words, .english)).text.contains("secret words"))
    }
}

@Suite struct CompressionTests {
    @Test func `compressed pages are smaller and valid gzip`() throws {
        let page = Array(String(repeating: "<p>the same line again</p>", count: 200).utf8)
        let small = try #require(Compression.gzip(page, level: 5))
        #expect(small.count < page.count / 10)
        #expect(small.prefix(2) == [0x1F, 0x8B])
    }
}
