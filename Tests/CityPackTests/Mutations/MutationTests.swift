import CityPack
import Foundation
import Portal
import Testing

@testable import CityPack

/// The checker against every single slip somebody can make in Boulder's pack: each is refused in the right file, and nearly each is
/// reported at the line to mend (D2).
@Suite struct MutationTests {
    /// What became of the faults of one kind in one file.
    struct Figures: Sendable {
        var faults = 0
        var refused = 0
        var exact = 0

        mutating func count(_ problems: [PackProblem], _ fault: Fault) {
            faults += 1
            if problems.contains(where: { $0.file == fault.file }) { refused += 1 }
            if problems.contains(where: { $0.file == fault.file && fault.lines.contains($0.line) }) { exact += 1 }
        }

        static func + (a: Figures, b: Figures) -> Figures {
            Figures(faults: a.faults + b.faults, refused: a.refused + b.refused, exact: a.exact + b.exact)
        }
    }

    struct Outcome: Sendable {
        var figures: [String: [Fault.Kind: Figures]] = [:]
        /// Faults that got through, and faults reported elsewhere.
        var missed: [String] = []
        var elsewhere: [String] = []
    }

    @Test func `every single fault is refused in its file, and 95 of 100 at the exact line`() async throws {
        let files = try Boulder.files()
        let names = try Composition(isDemo: true).programNames()
        #expect(Boulder.problems(files) == [])
        let faults = Self.chosen(files.sorted { $0.key < $1.key }.flatMap { Faults(file: $0.key, text: $0.value).all })
        let outcome = await Self.check(faults, files, names)

        var total = Figures()
        for (file, kinds) in outcome.figures.sorted(by: { $0.key < $1.key }) {
            for kind in Fault.Kind.allCases {
                guard let figures = kinds[kind] else { continue }
                print(
                    "\(file): \(kind.rawValue): \(figures.faults) faults, \(figures.refused) refused, \(figures.exact) at the line"
                )
                total = total + figures
            }
        }
        print("all: \(total.faults) faults, \(total.refused) refused, \(total.exact) at the line")
        if ProcessInfo.processInfo.environment["GROUNDWORK_SHOW_FAULTS"] != nil { for line in outcome.elsewhere { print(line) } }
        #expect(outcome.missed == [])
        #expect(total.refused == total.faults)
        #expect(total.exact * 100 >= total.faults * 95)
    }

    /// Every line has its turn, with another kind of fault on each: all of them take minutes (`GROUNDWORK_ALL_FAULTS=1`).
    private static func chosen(_ faults: [Fault]) -> [Fault] {
        guard ProcessInfo.processInfo.environment["GROUNDWORK_ALL_FAULTS"] == nil else { return faults }
        let lines = Dictionary(grouping: faults) { "\($0.file):\($0.place)" }
        return lines.sorted { $0.key < $1.key }.enumerated().map { turn, line in line.value[turn % line.value.count] }
    }

    private static func check(_ faults: [Fault], _ files: [String: String], _ names: ProgramNames) async -> Outcome {
        let parts = 8
        return await withTaskGroup(of: Outcome.self) { group in
            for part in 0..<parts {
                group.addTask {
                    let checker = PackChecker(files: files, knowing: names)
                    var outcome = Outcome()
                    for index in stride(from: part, to: faults.count, by: parts) {
                        let fault = faults[index]
                        let problems = checker.problems(changing: fault.file, to: fault.text)
                        var figures = outcome.figures[fault.file, default: [:]][fault.kind] ?? Figures()
                        let before = figures
                        figures.count(problems, fault)
                        outcome.figures[fault.file, default: [:]][fault.kind] = figures
                        let line =
                            "\(fault.file):\(fault.lines.sorted()): \(fault.kind.rawValue): \(problems.prefix(2).map(\.description))"
                        if figures.refused == before.refused { outcome.missed.append(line) }
                        if figures.exact == before.exact { outcome.elsewhere.append(line) }
                    }
                    return outcome
                }
            }
            var all = Outcome()
            for await outcome in group {
                for (file, kinds) in outcome.figures {
                    all.figures[file, default: [:]].merge(kinds) { $0 + $1 }
                }
                all.missed += outcome.missed
                all.elsewhere += outcome.elsewhere
            }
            return all
        }
    }
}
