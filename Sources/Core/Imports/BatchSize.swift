/// How many rows one transaction takes, following how long the last one took: at most about `longest`, so that the site goes on. A
/// transaction has a price of its own, which fewer rows do not lower, so it never takes fewer than `least`.
public struct BatchSize {
    public private(set) var rows: Int
    private let least: Int
    private let longest: Duration

    public init(least: Int = 25, longest: Duration = .milliseconds(100)) {
        self.least = least
        self.longest = longest
        rows = max(100, least)
    }

    public mutating func timing<Result>(_ work: () async throws -> Result) async rethrows -> Result {
        let start = ContinuousClock.now
        let result = try await work()
        took(ContinuousClock.now - start)
        return result
    }

    mutating func took(_ duration: Duration) {
        if duration > longest * 9 / 10 { rows = max(least, rows / 2) }
        if duration < longest / 2 { rows = min(BatchSize.most, duration < longest / 4 ? rows * 3 : rows * 3 / 2) }
    }

    /// What a program of any size has room for.
    private static let most = 4000
}
