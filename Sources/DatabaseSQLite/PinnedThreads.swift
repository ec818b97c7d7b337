internal import Foundation

/// Threads that each own one connection and take jobs from one queue. Blocking calls stay here, off the cooperative pool.
/// `@unchecked Sendable`: every field is read and written under `condition` only.
final class PinnedThreads<Job>: @unchecked Sendable {
    private let condition = NSCondition()
    private var waiting: [Job] = []
    private var running = 0
    private var isClosed = false

    /// - Parameters:
    ///   - batch: how many waiting jobs one turn may take.
    ///   - body: runs on the thread for its whole life; calls `next()` for its jobs and ends when that gives nil.
    init(count: Int, name: String, body: @escaping @Sendable (_ next: () -> [Job]?) -> Void, batch: Int) {
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
    func add(_ job: Job) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed else { return false }
        waiting.append(job)
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
        let jobs = Array(waiting.prefix(batch))
        waiting.removeFirst(jobs.count)
        return jobs
    }

    /// Lets waiting jobs finish, then ends the threads.
    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        while running > 0 { condition.wait() }
        condition.unlock()
    }
}
