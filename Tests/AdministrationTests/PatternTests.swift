import Core
import Foundation
import Primitives
import TestSupport
import Testing

/// The pattern library, and what its parts look like as markup. A part that was meant to change is recorded again with
/// `GROUNDWORK_RECORD=1 swift test --filter PatternTests`; the difference is then there to be read before it is committed.
@Suite struct PatternTests {
    private static let folder = "\(TestCity.root)/Tests/AdministrationTests/Snapshots"

    private func library(_ language: Language) async throws -> String {
        let city = try await TestCity.make()
        let browser = city.browser(language: language)
        let id = try await city.staff(.contactSteward, email: "steward@city.example")
        try await city.context.db.write { conn in
            try conn.run("UPDATE account SET language = \(language) WHERE id = \(id)")
        }
        try await browser.signIn(id, staff: true)
        let page = await browser.get("/staff/patterns")
        #expect(page.status == 200)
        return page.text
    }

    /// Each part by its anchor, a tag a line.
    private func parts(_ page: String) -> [String: String] {
        var parts: [String: String] = [:]
        for match in page.matches(of: /<section id="([a-z]+)" class="pattern"[^>]*>/) {
            let rest = page[match.range.lowerBound...]
            let end =
                rest.dropFirst().range(of: "<section id=")?.lowerBound ?? rest.range(of: "</main>")?.lowerBound ?? rest.endIndex
            parts[String(match.output.1)] =
                rest[..<end].replacing("<", with: "\n<").replacing("\n</", with: "</")
                .trimmingCharacters(in: .newlines) + "\n"
        }
        return parts
    }

    @Test func `every part looks as it was recorded`() async throws {
        let parts = parts(try await library(.english))
        #expect(parts.count >= 20)
        let isRecording = ProcessInfo.processInfo.environment["GROUNDWORK_RECORD"] != nil
        for (name, text) in parts {
            let path = "\(PatternTests.folder)/\(name).html"
            if isRecording { try Data(text.utf8).write(to: URL(filePath: path)) }
            let recorded = try? String(contentsOfFile: path, encoding: .utf8)
            #expect(text == recorded, "\(name) differs from Snapshots/\(name).html")
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: PatternTests.folder).filter { $0.hasSuffix(".html") }
        #expect(Set(files) == Set(parts.keys.map { "\($0).html" }), "a snapshot of a part that is gone")
    }

    @Test func `the library is in Spanish too, and says that its samples are not`() async throws {
        let page = try await library(.spanish)
        #expect(page.contains("Biblioteca de componentes"))
        let samples = page.matches(of: /<div class="sample"/).count
        #expect(samples == page.matches(of: /<div class="sample" lang="en">/).count && samples > 40)
    }
}
