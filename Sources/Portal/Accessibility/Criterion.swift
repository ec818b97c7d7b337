internal import Foundation
internal import Primitives
internal import Yams

/// A success criterion of WCAG 2.2, and what the portal does about it: an entry of `criteria.yaml`.
struct Criterion: Sendable {
    enum Level: String, Sendable, CaseIterable { case a = "A", aa = "AA", aaa = "AAA" }

    /// OpenACR's words.
    enum Result: String, Sendable, CaseIterable {
        case supports
        case partiallySupports = "partially-supports"
        case doesNotSupport = "does-not-support"
        case notApplicable = "not-applicable"
        case notEvaluated = "not-evaluated"
    }

    struct Text: Sendable {
        let english: String
        let spanish: String

        func callAsFunction(_ language: Language) -> String {
            switch language {
            case .english: english
            case .spanish: spanish
            }
        }
    }

    struct Problem: Error, CustomStringConvertible { let description: String }

    /// The day on which the results were last gone through.
    static let judged = CivilDate(year: 2026, month: 11, day: 29)

    /// `1.4.10`
    let number: String
    let name: Text
    let level: Level
    let result: Result
    let remarks: Text
    /// Tests that look at it: `Tests/Browser/test_accessibility.py::test_pages_reflow`.
    let evidence: [String]

    /// Every criterion, in the order of its number. Read once; a fault in the file stops the start, as one in the words does.
    static func all() throws -> [Criterion] { try read.get() }

    private static let read = Swift.Result { try file() }

    private static func file() throws -> [Criterion] {
        let path = Bundle.module.bundlePath + "/criteria.yaml"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let entries = try Yams.compose(yaml: text)?.sequence
        else { throw Problem(description: "\(path) cannot be read.") }
        return try entries.map { entry in try Criterion(entry) }
    }

    private init(_ entry: Node) throws {
        guard let number = entry["number"]?.string else { throw Problem(description: "A criterion has no number.") }
        func text(_ key: String) throws -> Text {
            guard let english = entry[key]?["en"]?.string, let spanish = entry[key]?["es"]?.string else {
                throw Problem(description: "\(number): \(key) is not there in both languages.")
            }
            return Text(english: english, spanish: spanish)
        }
        guard let level = entry["level"]?.string.flatMap(Level.init), let result = entry["result"]?.string.flatMap(Result.init)
        else { throw Problem(description: "\(number): level or result is none that is known.") }
        self.number = number
        self.level = level
        self.result = result
        name = try text("name")
        remarks = try text("remarks")
        evidence = entry["evidence"]?.sequence?.compactMap(\.string) ?? []
    }
}
