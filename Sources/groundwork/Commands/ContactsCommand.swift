import ArgumentParser
import Dispatch
import Foundation
import Matching
import Primitives

struct ContactsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contacts", abstract: "People and companies of a city.", subcommands: [Match.self])

    struct Match: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List contacts that may be the same person or company, with every reason and its weight. Changes nothing.",
            discussion: """
                PATH is a contacts.csv of the legacy format. It needs contact_id and a column with names; the more of address, unit, \
                city, state, zip, email and phones there is, the better. No database is read.

                PAIRS.csv gets a row for each pair: a and b (contact_id), score, band, and a column for the weight of every field. The \
                weights add up to the score. They are bits: each is twice as sure. What agreement is worth is estimated from the file \
                itself.

                Bands: same (score 10 and more, and no doubt) and review (0 and more: somebody should look). What is below is not \
                listed. Nothing is merged.
                """)
        @Argument(help: "The contacts, a CSV file.") var path: String
        @Option(help: "Where the pairs go. An existing file is replaced, at the end.") var output: String

        func run() async throws {
            let work = Task { try await match() }
            // Ctrl-C, and what a service manager sends: the file that grows is removed before the program ends.
            let signals = [SIGINT, SIGTERM].map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number)
                source.setEventHandler { work.cancel() }
                source.resume()
                return source
            }
            defer { for source in signals { source.cancel() } }
            do { print(try await work.value.readable) } catch let problem as ContactsFileProblem {
                throw Failure(problem.description)
            } catch is CancellationError {
                throw Failure("Stopped. \(output) was not written.")
            }
        }

        private func match() async throws -> MatchSummary {
            let steps = MatchSteps(path)
            defer { steps.end() }
            let file = try PairsFile(output)
            let records = try read(steps)
            let matcher = try ContactMatcher(records, progress: steps.show)
            var tally = PairTally()
            try await matcher.pairs(
                threads: ProcessInfo.processInfo.activeProcessorCount, progress: steps.show, found: { PairLines($0, records) },
                kept: { lines in
                    try file.put(lines)
                    tally.add(lines.tally)
                })
            try file.finish()
            steps.end()
            return MatchSummary(matcher, tally)
        }

        private func read(_ steps: MatchSteps) throws -> MatchRecords {
            var file = try ContactsFile(path: path)
            var rows = 0
            while try file.read() {
                rows += 1
                guard rows % 1000 == 0 else { continue }
                try Task.checkCancellation()
                steps.reading(rows: rows, bytes: file.bytesRead)
            }
            steps.leftOut(file)
            return file.records.finish()
        }
    }
}

/// What the command says while it works.
private final class MatchSteps: Sendable {
    private let line = ProgressLine()
    private let path: String
    private let size: Int64
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let pace: Pace

    init(_ path: String) {
        self.path = path
        size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.int64Value ?? 0
        pace = Pace(every: isTerminal ? .milliseconds(200) : .seconds(5))
    }

    func reading(rows: Int, bytes: Int64) {
        guard pace.isDue("read") else { return }
        line.say("Reading: \(grouped(rows)) contacts" + pace.rest("read", Double(bytes), Double(size), rows, "contacts"))
    }

    func leftOut(_ file: ContactsFile) {
        guard file.leftOutCount > 0 else { return }
        end()
        let first = file.leftOut.map { "row \($0.row): \($0.reason)" }.joined(separator: "; ")
        let more = file.leftOutCount > file.leftOut.count ? "; and others" : ""
        line.say("\(grouped(file.leftOutCount)) rows take no part (\(first)\(more)).")
        end()
    }

    @Sendable func show(_ step: ContactMatcher.Step, _ done: Int, _ of: Int) {
        let name = "\(step)"
        guard pace.isDue(name) || done == of else { return }
        switch step {
        case .sorting: line.say("Sorting into blocks: \(done) of \(of)")
        case .learning where done == 0: line.say("Learning from the file what agreement is worth")
        case .learning: break
        case .comparing:
            line.say(
                "Comparing: \(grouped(done)) of \(grouped(of)) pairs" + pace.rest(name, Double(done), Double(of), done, "pairs"))
        }
    }

    func end() { line.end() }
}
