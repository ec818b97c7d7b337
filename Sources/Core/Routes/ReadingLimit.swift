internal import Primitives
internal import Synchronization
internal import Web

/// How much one network may ask of what costs something to read: searches and their files. Counted in this process, because a row for
/// each look would cost more than the look. This machine is not counted: behind a proxy that nobody named everybody has its address.
final class ReadingLimit: Sendable {
    private struct Count {
        var since: Instant
        var times: Int
    }
    private let counts = Mutex<[String: Count]>([:])
    /// More networks than this are not remembered at once.
    private static let mostNetworks = 50_000
    private static let here = ["127.0.0.0/8", "::1"].compactMap { Network($0) }

    /// Counts one more.
    /// - Returns: how long to wait when this is too much, and whether it is the first time within the window.
    func take(_ request: WebRequest, _ limit: Limit, at now: Instant) -> (wait: Span, isFirst: Bool)? {
        guard !ReadingLimit.here.contains(where: { $0.contains(request.remoteAddress) }) else { return nil }
        return counts.withLock { counts in
            if counts.count > ReadingLimit.mostNetworks {
                counts = counts.filter { $0.value.since + limit.window > now }
                if counts.count > ReadingLimit.mostNetworks { counts = [:] }
            }
            var count = counts[request.network] ?? Count(since: now, times: 0)
            if count.since + limit.window <= now { count = Count(since: now, times: 0) }
            count.times += 1
            counts[request.network] = count
            guard count.times > limit.most else { return nil }
            return (count.since + limit.window - now, count.times == limit.most + 1)
        }
    }
}
