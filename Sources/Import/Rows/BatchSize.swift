/// How many rows one transaction takes, following how long the last one took.
struct BatchSize {
    private(set) var rows = 100

    mutating func timing<Result>(_ work: () async throws -> Result) async rethrows -> Result {
        let start = ContinuousClock.now
        let result = try await work()
        let took = ContinuousClock.now - start
        if took > .milliseconds(90) { rows = max(10, rows / 2) }
        if took < .milliseconds(40) { rows = min(1000, rows * 3 / 2) }
        return result
    }
}
