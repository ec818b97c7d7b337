import CityPack
import Core
import Foundation
import Portal
import Primitives
import TestSupport
import Testing

/// Staff read the live pack, publish the folder, and go back (K5).
@Suite struct PackPagesTests {
    /// A folder with Boulder's pack that the test may change.
    final class Folder {
        let path = NSTemporaryDirectory() + "pack-" + UUID().uuidString

        init() throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            for (name, text) in TestCity.pack.files { try write(name, text) }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        }

        func change(_ name: String, _ old: String, _ new: String) throws {
            let text = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
            try write(name, text.replacing(old, with: new, maxReplacements: 1))
        }
    }

    private func staff(_ role: StaffRole, _ city: TestCity, language: Language = .english) async throws -> Browser {
        let browser = city.browser(language: language)
        let id = try await city.staff(role, email: "\(role.rawValue)@city.example")
        // The language of the account would come before the browser's.
        try await city.context.db.write { conn in
            try conn.run("UPDATE account SET language = \(language) WHERE id = \(id)")
        }
        try await browser.signIn(id, staff: true)
        return browser
    }

    private func hidden(_ name: String, _ page: String) throws -> String {
        let match = try #require(page.firstMatch(of: try Regex("name=\"\(name)\" value=\"([0-9a-f]{64})\"")))
        return String(try #require(match.output[1].substring))
    }

    @Test(arguments: Language.allCases)
    func `the pack is there to read in both languages, with samples marked`(language: Language) async throws {
        let city = try await TestCity.make()
        let page = await (try await staff(.supervisor, city, language: language)).get("/staff/pack")
        #expect(page.status == 200 && !page.text.contains("⟦"))
        let pack = TestCity.pack
        let names =
            pack.caseTypes.map(\.name) + pack.statuses.map(\.name) + pack.contactTypes.map(\.name)
            + pack.fields.map(\.label) + pack.topics.map(\.name) + pack.roles.map(\.name) + pack.departments.map(\.name)
        for name in names { #expect(page.text.contains(HTMLText.escaped(name[language])), "\(name[language])") }
        #expect(page.text.contains(language == .english ? ">Sample</span>" : ">Ejemplo</span>"))
        #expect(page.text.contains(String(pack.hash.prefix(12))))
    }

    @Test func `A4 who has not shown for a while who they are does it before anything is published`() async throws {
        let folder = try Folder()
        let city = try await TestCity.make(cityFolder: folder.path)
        let browser = try await staff(.administrator, city)
        try folder.change("city.yaml", "response_working_days: 3", "response_working_days: 5")
        city.clock.advance(.minutes(16))
        let page = await browser.get("/staff/pack/publish").text
        let fields = ["live": try hidden("live", page), "new": try hidden("new", page), "why": "More time in summer"]
        #expect(await browser.post("/staff/pack/publish", fields).location == "/account/confirm-password")
        #expect(try await city.read(PackStore.liveHash) == TestCity.pack.hash)
    }

    @Test func `samples are served in a demo city and not in one at work`() {
        let templates = { (isDemo: Bool) in Set(Composition(isDemo: isDemo).features.flatMap(\.routes).map(\.template)) }
        #expect(templates(true).subtracting(templates(false)).contains("/staff/patterns"))
        #expect(!templates(false).contains("/staff/patterns"))
    }

    @Test func `K5 staff publish the folder after they saw the difference and said why`() async throws {
        let folder = try Folder()
        let city = try await TestCity.make(cityFolder: folder.path)
        let browser = try await staff(.administrator, city)
        #expect(await browser.get("/staff/pack").text.contains("There is nothing to publish."))
        try folder.change("city.yaml", "response_working_days: 3", "response_working_days: 5")
        #expect(city.context.pack.city.responseWorkingDays == 3)
        #expect(await browser.get("/staff/pack").text.contains("differs from what is live in 1 thing"))

        let page = await browser.get("/staff/pack/publish").text
        #expect(page.contains("response_working_days"))
        var fields = ["live": try hidden("live", page), "new": try hidden("new", page), "why": ""]
        let empty = await browser.post("/staff/pack/publish", fields)
        #expect(empty.status == 422 && empty.text.contains("Say in a sentence why this is published."))
        fields["why"] = "More time in summer"
        let once = SecretToken(randomness: .system).text
        let done = await browser.post("/staff/pack/publish", fields, once: once)
        #expect(await browser.follow(done).text.contains("This version is live now."))
        #expect(city.context.pack.city.responseWorkingDays == 5)
        #expect(await browser.post("/staff/pack/publish", fields, once: once).status == 303)
        let history = try await city.read { try PackStore.history(limit: 10, $0) }
        #expect(history.count == 2 && history[0].why == "More time in summer")
        let after = await browser.get("/staff/pack").text
        #expect(after.contains("Sam Steward") && after.contains("More time in summer"))
        let entry = await browser.get("/staff/pack/history/\(history[0].id)").text
        #expect(entry.contains("response_working_days") && entry.contains("More time in summer"))
    }

    @Test func `K5 an earlier version is made live again from the page`() async throws {
        let city = try await TestCity.make()
        var files = TestCity.pack.files
        files["city.yaml"] = files["city.yaml"]?.replacing("response_working_days: 3", with: "response_working_days: 9")
        let slower = try CityPack.load(files: files)
        try await city.write { _ = try PackStore.publish(slower, why: "Slower", $0) }
        try await city.context.refreshPack()
        let first = try #require(try await city.read { try PackStore.history(limit: 10, $0).last })
        let browser = try await staff(.administrator, city)
        #expect(await browser.get("/staff/pack/history/\(first.id)").text.contains("Make this version live again"))
        let page = await browser.get("/staff/pack/history/\(first.id)/again").text
        #expect(page.contains("response_working_days"))
        let answer = await browser.post(
            "/staff/pack/history/\(first.id)/again",
            ["live": try hidden("live", page), "new": try hidden("new", page), "why": "Too slow"])
        #expect(await browser.follow(answer).text.contains("This version is live now."))
        #expect(city.context.pack.city.responseWorkingDays == 3)
        #expect(try await city.read { try PackStore.history(limit: 10, $0).count } == 3)
    }

    @Test func `nothing is published when folder or live version moved since the page was opened`() async throws {
        let folder = try Folder()
        let city = try await TestCity.make(cityFolder: folder.path)
        let browser = try await staff(.administrator, city)
        try folder.change("city.yaml", "response_working_days: 3", "response_working_days: 5")
        let page = await browser.get("/staff/pack/publish").text
        let fields = ["live": try hidden("live", page), "new": try hidden("new", page), "why": "x"]
        try folder.change("city.yaml", "response_working_days: 5", "response_working_days: 6")
        let moved = await browser.post("/staff/pack/publish", fields)
        #expect(moved.status == 409 && moved.text.contains("Something changed since you opened the page"))
        try folder.change("city.yaml", "response_working_days: 6", "response_working_days: 5")
        var files = TestCity.pack.files
        files["city.yaml"] = files["city.yaml"]?.replacing("response_working_days: 3", with: "response_working_days: 9")
        let other = try CityPack.load(files: files)
        try await city.write { _ = try PackStore.publish(other, why: "", $0) }
        #expect(await browser.post("/staff/pack/publish", fields).status == 409)
        #expect(try await city.read { try PackStore.liveHash($0) } == other.hash)
    }

    @Test func `a folder with problems is shown with file and line and cannot be published`() async throws {
        let folder = try Folder()
        try folder.change("statuses.yaml", "bucket: pending", "bucket: pendng")
        let city = try await TestCity.make(cityFolder: folder.path)
        let browser = try await staff(.administrator, city)
        let page = await browser.get("/staff/pack").text
        #expect(page.contains("It has 1 problem.") && page.contains("statuses.yaml:"))
        #expect(await browser.get("/staff/pack/publish").status == 409)
    }

    @Test func `K2 who may read the pack may not publish it, and others do not see it`() async throws {
        let folder = try Folder()
        let city = try await TestCity.make(cityFolder: folder.path)
        try folder.change("city.yaml", "response_working_days: 3", "response_working_days: 5")
        let supervisor = try await staff(.supervisor, city)
        let page = await supervisor.get("/staff/pack").text
        #expect(page.contains("response_working_days") && !page.contains("/staff/pack/publish"))
        #expect(await supervisor.get("/staff/pack/publish").status == 403)
        #expect(await supervisor.post("/staff/pack/publish", ["why": "x"]).status == 403)
        let reviewer = try await staff(.reviewer, city)
        #expect(await reviewer.get("/staff/pack").status == 403)
        #expect(await reviewer.get("/staff/roles").status == 200)
        #expect(await city.browser().get("/staff/roles").location?.hasPrefix("/staff/sign-in") == true)
    }

    @Test(arguments: Language.allCases)
    func `K2 the matrix names every action and every role`(language: Language) async throws {
        let city = try await TestCity.make()
        let page = await (try await staff(.intake, city, language: language)).get("/staff/roles").text
        #expect(!page.contains("⟦"))
        for role in TestCity.pack.roles { #expect(page.contains(HTMLText.escaped(role.name[language])), "\(role.key)") }
        for action in city.context.programNames.actions {
            #expect(page.contains("<code>\(action)</code>"), "\(action) has no words")
        }
        #expect(await (try await staff(.administrator, city)).get("/staff/desk").text.contains("/staff/roles"))
    }

    @Test func `every action that the program asks of staff is declared with words`() async throws {
        let city = try await TestCity.make()
        let declared = Set(city.context.features.flatMap(\.actions).map(\.action.description))
        #expect(Set(city.context.programNames.actions).subtracting(declared) == [])
    }

    @Test func `every field that the code asks for is one that a pack must give its class`() throws {
        let known = Set(try fields())
        let sources = TestCity.root + "/Sources"
        let paths = FileManager.default.enumerator(atPath: sources)?.compactMap { $0 as? String } ?? []
        for path in paths where path.hasSuffix(".swift") {
            let text = try String(contentsOfFile: "\(sources)/\(path)", encoding: .utf8)
            for match in text.matches(of: /(?:shows|isPublic|visibility)\("([a-z_]+)"\)/) {
                #expect(known.contains(String(match.1)), "\(path): \(match.1)")
            }
        }
    }

    private func fields() throws -> [String] { TestCity.pack.fields.map(\.name) }
}

enum HTMLText {
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;").replacing(
            "'", with: "&#39;")
    }
}
