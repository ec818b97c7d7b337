/// How many rows one transaction takes, following how long the last one took: at most about 100 ms, so that the site goes on. A
/// transaction has a price of its own, which fewer rows do not lower, so it never takes fewer than `least`.
public struct BatchSize {
    public private(set) var rows: Int
    private let least: Int

    public init(least: Int = 25) {
        self.least = least
        rows = max(100, least)
    }

    public mutating func timing<Result>(_ work: () async throws -> Result) async rethrows -> Result {
        let start = ContinuousClock.now
        let result = try await work()
        took(ContinuousClock.now - start)
        return result
    }

    mutating func took(_ duration: Duration) {
        if duration > .milliseconds(90) { rows = max(least, rows / 2) }
        if duration < .milliseconds(50) { rows = min(4000, rows * 3 / 2) }
    }
}
