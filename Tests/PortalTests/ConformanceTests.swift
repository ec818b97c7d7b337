import Core
import Foundation
import Primitives
import TestSupport
import Testing

@testable import Portal

/// The report says what the tests show, and names tests that exist.
@Suite struct ConformanceTests {
    @Test func `every criterion of WCAG 2.2 is judged once, in its order`() throws {
        let criteria = try Criterion.all()
        #expect(Criterion.Level.allCases.map { level in criteria.count { $0.level == level } } == [31, 24, 31])
        let numbers = criteria.map { $0.number.split(separator: ".").compactMap { Int($0) } }
        #expect(numbers.allSatisfy { $0.count == 3 })
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
        #expect(!criteria.map(\.number).contains("4.1.1"), "WCAG 2.2 took it away")
    }

    @Test func `what is said to be so has a test that looks at it, or is plain from the markup`() throws {
        for criterion in try Criterion.all() {
            for evidence in criterion.evidence {
                let parts = evidence.components(separatedBy: "::")
                let text = try? String(contentsOfFile: "\(TestCity.root)/\(parts[0])", encoding: .utf8)
                let found = try #require(text, "\(criterion.number): there is no \(parts[0])")
                if parts.count > 1 {
                    #expect(found.contains("def \(parts[1])("), "\(criterion.number): there is no \(evidence)")
                }
            }
        }
    }

    @Test(arguments: Language.allCases)
    func `the page shows every criterion with its result, in both languages`(language: Language) async throws {
        let city = try await TestCity.make()
        let page = await city.browser(language: language).get("/accessibility/conformance")
        for level in Criterion.Level.allCases {
            let page = await city.browser(language: language).get("/accessibility/conformance?level=\(level.rawValue)")
            #expect(page.status == 200)
            for criterion in try Criterion.all() where criterion.level == level {
                #expect(page.text.contains("\(criterion.number) \(criterion.name(language))"))
            }
        }
        #expect(page.text.contains(language == .english ? "Nobody who uses a screen reader" : "Todavía nadie que use un lector"))
    }

    @Test func `the data is OpenACR, and its numbers are texts`() async throws {
        let city = try await TestCity.make()
        let answer = await city.browser().get("/accessibility/conformance.yaml")
        #expect(answer.headers["content-type"] == "application/yaml; charset=utf-8")
        let text = answer.text
        #expect(text.contains(#"catalog: "2.5-edition-wcag-2.2-en""#))
        #expect(text.matches(of: /num: "\d+\.\d+\.\d+"/).count == 86)
        for chapter in ["success_criteria_level_a:", "success_criteria_level_aa:", "success_criteria_level_aaa:"] {
            #expect(text.contains(chapter))
        }
        let results = Criterion.Result.allCases.map(\.rawValue)
        #expect(text.matches(of: /level: "([a-z-]+)"/).allSatisfy { results.contains(String($0.output.1)) })
    }
}
