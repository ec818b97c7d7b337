internal import Foundation
internal import Primitives

/// What a run found and how far it can be trusted, for whoever started it.
public struct MatchSummary: Sendable, Hashable {
    public let records: Int
    public let tally: PairTally
    /// Pairs that shared a blocking key and were compared; a pair that shares several keys counts for each.
    public let blocked: Int
    /// Blocks too large to compare each with each. Other keys can still bring their records together.
    public let skipped: [SkippedKey]
    public let hasHouseholds: Bool

    public struct SkippedKey: Sendable, Hashable {
        public let key: String
        public let blocks: Int
        public let records: Int
    }

    public init(_ matcher: ContactMatcher, _ tally: PairTally) {
        records = matcher.records.count
        self.tally = tally
        blocked = matcher.blocking.pairs
        skipped = matcher.blocking.passes.filter { $0.skippedBlocks > 0 }
            .map { SkippedKey(key: $0.name, blocks: $0.skippedBlocks, records: $0.skippedRecords) }
        hasHouseholds = matcher.model.hasHouseholds
    }

    /// Lines of plain text.
    public var readable: String {
        let all = Double(records) * Double(max(1, records) - 1) / 2
        let part = all > 0 ? String(format: "%.4f", Double(blocked) / all * 100) : "0"
        var lines = [
            "\(grouped(records)) contacts. \(grouped(tally.same)) pairs are the same, \(grouped(tally.review)) are for a steward to review.",
            "Among the same, \(expected) wrong to be expected, as estimated from this file.",
            "Compared: \(grouped(blocked)) pairs that share one of \(BlockingKeys.passes.count) keys, \(part)% of all pairs.",
            hasHouseholds
                ? "Another first name at the same address counts as another person of the household."
                : "The file shows no households: every field in it is overwritten about as often as first names.",
        ]
        let doubts = tally.doubts.sorted { $0.value == $1.value ? $0.key.rawValue < $1.key.rawValue : $0.value > $1.value }
        if !doubts.isEmpty {
            let reasons = doubts.map { "\($0.key.reason) (\(grouped($0.value)))" }.joined(separator: "; ")
            lines.append("For review although the score was high: \(reasons).")
        }
        for key in skipped {
            lines.append(
                "Not used, because too many contacts share it: \(key.key), \(grouped(key.blocks)) values of \(grouped(key.records)) contacts."
            )
        }
        return lines.joined(separator: "\n")
    }

    private var expected: String {
        switch tally.expectedWrong {
        case ..<0.1: "fewer than 0.1 are"
        default: "\(String(format: "%.1f", tally.expectedWrong)) are"
        }
    }
}

extension MatchDoubt {
    var reason: String {
        switch self {
        case .kinds: "a person and a company"
        case .suffix: "only one is a Jr, Sr or the like"
        case .middleName: "middle names do not fit"
        case .onlyNames: "little but the names agrees"
        case .firstName: "first names of two people of a household"
        case .lastName: "last names differ"
        case .otherReach: "emails or phones differ"
        case .unit: "two units of one building"
        case .companyName: "company names or legal forms differ"
        case .branch: "one company in two places"
        }
    }
}
