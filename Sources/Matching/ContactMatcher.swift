/// Finds records that may be the same person or company, without being told of any that are.
public struct ContactMatcher: Sendable {
    public enum Step: Sendable, Hashable { case sorting, learning, comparing }
    public typealias Progress = @Sendable (_ step: Step, _ done: Int, _ of: Int) -> Void

    public let records: MatchRecords
    public let model: MatchModel
    let blocking: Blocking

    /// Sorts the records into blocks and learns what agreement is worth in them.
    /// - Throws: `CancellationError`.
    public init(_ records: MatchRecords, progress: Progress = { _, _, _ in }) throws {
        self.records = records
        blocking = try Blocking(records) { progress(.sorting, $0, $1) }
        progress(.learning, 0, 1)
        model = try ExpectationMaximization.model(blocking, records)
        progress(.learning, 1, 1)
    }

    /// What was learned, for weighing records that come later.
    public var knowledge: MatchKnowledge { MatchKnowledge(model: model, common: CommonTexts(records)) }

    private static let pairsAtATime = 200_000

    /// Compares, on as many threads as asked for, and hands over every pair at or above the lowest score: always in the same order.
    /// Holds only a few pieces of the work at a time.
    /// - Parameters:
    ///   - lowest: in tenths of a bit.
    ///   - found: makes what is kept of a piece of the work; runs on any thread.
    ///   - kept: takes the pieces, one after the other.
    /// - Throws: `CancellationError`, and what `kept` throws.
    public func pairs<Piece: Sendable>(
        lowest: Int = BandLimits.review, threads: Int = 2, progress: Progress = { _, _, _ in },
        found: @escaping @Sendable ([ScoredPair]) -> Piece, kept: (Piece) throws -> Void
    ) async throws {
        let all = blocking.pairs
        var done = 0
        for pass in blocking.passes {
            let sorted = blocking.sorted(pass)
            let pieces = blocking.pieces(sorted, about: ContactMatcher.pairsAtATime)
            for start in stride(from: 0, to: pieces.count, by: max(1, threads)) {
                try Task.checkCancellation()
                let some = pieces[start..<min(pieces.count, start + max(1, threads))]
                let made = try await withThrowingTaskGroup(of: (Int, Piece).self) { group in
                    for (index, piece) in some.enumerated() {
                        group.addTask { (index, found(scored(piece, sorted, pass, lowest))) }
                    }
                    var made: [(Int, Piece)] = []
                    for try await one in group { made.append(one) }
                    return made.sorted { $0.0 < $1.0 }
                }
                for (_, piece) in made { try kept(piece) }
                progress(.comparing, done + pass.pairs * (start + some.count) / max(1, pieces.count), all)
            }
            done += pass.pairs
        }
    }

    private func scored(_ piece: Range<Int>, _ sorted: KeyedRows, _ pass: Blocking.Pass, _ lowest: Int) -> [ScoredPair] {
        var scorer = PairScorer(records, model, lowest: lowest)
        var pairs: [ScoredPair] = []
        blocking.pairs(piece, of: sorted, pass) { a, b in
            if let pair = scorer.score(a, b) { pairs.append(pair) }
        }
        return pairs
    }
}
