internal import Foundation
public import Primitives

/// Threads that each own one connection and take jobs from one queue. Blocking calls stay here, off the cooperative pool.
/// `@unchecked Sendable`: every field is read and written under `condition` only.
package final class PinnedThreads<Job: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private let name: String
    private let count: Int
    private var waiting: [(job: Job, since: Instant)] = []
    private var running: Int
    private var isClosed = false
    private var taken = 0
    private var waited = Span(microseconds: 0)

    /// - Parameters:
    ///   - batch: how many waiting jobs one turn may take.
    ///   - body: runs on the thread for its whole life; calls `next()` for its jobs and ends when that gives nil.
    package init(count: Int, name: String, batch: Int = 1, body: @escaping @Sendable (_ next: () -> [Job]?) -> Void) {
        self.name = name
        self.count = count
        running = count
        for index in 0..<count {
            let thread = Thread { [self] in
                body { self.take(atMost: batch) }
                condition.lock()
                running -= 1
                condition.broadcast()
                condition.unlock()
            }
            thread.name = "\(name)-\(index)"
            thread.stackSize = 4 << 20
            thread.start()
        }
    }

    /// - Returns: false when the threads are closing and the job was not taken.
    package func add(_ job: Job) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed else { return false }
        waiting.append((job, Clock.system.now))
        condition.signal()
        return true
    }

    private func take(atMost batch: Int) -> [Job]? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty {
            if isClosed { return nil }
            condition.wait()
        }
        let turn = waiting.prefix(batch)
        let now = Clock.system.now
        taken += turn.count
        for entry in turn { waited = waited + (now - entry.since) }
        waiting.removeFirst(turn.count)
        // A key path would be built each time.
        return turn.map { $0.job }
    }

    /// How busy the threads are.
    package var gauge: PoolGauge {
        condition.lock()
        defer { condition.unlock() }
        return PoolGauge(name: name, connections: count, waiting: waiting.count, taken: taken, waited: waited)
    }

    /// Lets waiting jobs finish, then ends the threads.
    package func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        while running > 0 { condition.wait() }
        condition.unlock()
    }
}

/// How busy the connections of one kind are, for `/metrics`.
public struct PoolGauge: Sendable {
    /// `sqlite-read`, `postgres-write`
    public let name: String
    public let connections: Int
    /// Jobs that wait for a connection now.
    public let waiting: Int
    /// Jobs taken since the start.
    public let taken: Int
    /// How long those have waited, all together.
    public let waited: Span
}
