internal import Foundation

/// What was found, in numbers.
public struct PairTally: Sendable, Hashable {
    public private(set) var same = 0
    public private(set) var review = 0
    /// Pairs of `same` that are expected to be wrong, by the model's own odds.
    public private(set) var expectedWrong = 0.0
    /// Pairs that a doubt keeps out of `same`.
    public private(set) var doubts: [MatchDoubt: Int] = [:]

    public init() {}

    mutating func count(_ pair: ScoredPair, _ band: MatchBand) {
        switch band {
        case .same:
            same += 1
            expectedWrong += 1 / (1 + exp2(Double(pair.tenths) / 10))
        case .review:
            review += 1
            if let doubt = pair.doubt, pair.cautionTenths < 0 { doubts[doubt, default: 0] += 1 }
        }
    }

    public mutating func add(_ other: PairTally) {
        same += other.same
        review += other.review
        expectedWrong += other.expectedWrong
        doubts.merge(other.doubts, uniquingKeysWith: +)
    }
}
