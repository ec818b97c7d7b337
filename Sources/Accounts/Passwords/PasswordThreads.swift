internal import Foundation

/// Threads of their own for Argon2, which takes tens of milliseconds and 19 MiB a run and must not hold up the threads that serve
/// requests. The queue is bounded: better a clear "try again" than minutes of waiting.
/// `@unchecked Sendable`: `waiting` and `isClosed` are read and written under `condition` only.
final class PasswordThreads: @unchecked Sendable {
    typealias Job = @Sendable () -> Void
    private let condition = NSCondition()
    private let capacity: Int
    private var waiting: [Job] = []
    private var isClosed = false

    init(count: Int, capacity: Int) {
        self.capacity = capacity
        for index in 0..<count {
            let thread = Thread { [self] in
                while let job = take() { job() }
            }
            thread.name = "password-\(index)"
            thread.start()
        }
    }

    /// - Returns: false when too many wait already; the job was not taken.
    func add(_ job: @escaping Job) -> Bool {
        condition.withLock {
            guard !isClosed, waiting.count < capacity else { return false }
            waiting.append(job)
            condition.signal()
            return true
        }
    }

    private func take() -> Job? {
        condition.withLock {
            while waiting.isEmpty {
                if isClosed { return nil }
                condition.wait()
            }
            return waiting.removeFirst()
        }
    }

    /// What waits is still done; then the threads end.
    func close() {
        condition.withLock {
            isClosed = true
            condition.broadcast()
        }
    }
}
