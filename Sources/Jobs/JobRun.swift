public import Database
public import Primitives

/// One attempt at a job, for its handler.
public struct JobRun: Sendable {
    public let job: Job
    let lease: String
    let db: any ConnectionPool
    let clock: Clock
    let isStopping: StopSign

    public var payload: JSON { job.payload }

    /// The process is asked to stop: long work ends at its next good place and throws `JobLater`.
    public var shouldStop: Bool { isStopping.isPut || Task.isCancelled }

    /// Says how far the work is; staff see it.
    /// - Throws: when another worker has taken the job over: stop at once.
    public func progress(_ done: Int, of total: Int) async throws {
        let now = clock.now
        let isOurs = try await db.write { [job, lease] conn in
            try JobQueue.progress(job.id, done: done, total: total, lease: lease, at: now, conn)
        }
        guard isOurs else { throw LeaseLost() }
    }

    /// Marks the job done in the transaction of what it did: both are kept, or neither, so it is done exactly once.
    /// - Throws: when another worker has taken the job over: the transaction must not be kept.
    public func finish(_ conn: Connection) throws {
        guard try JobQueue.finish(job.id, lease: lease, at: clock.now, conn) else { throw LeaseLost() }
    }

    /// Gives signs of life as long as the job is ours.
    /// - Returns: true when another worker has taken it over.
    func isOvertaken() async throws -> Bool {
        while true {
            try await Task.sleep(for: .seconds(15))
            let now = clock.now
            // A database that does not answer is no reason to stop; the next sign may get through.
            let isOurs = try? await db.write { [job, lease] conn in try JobQueue.extend(job.id, lease: lease, at: now, conn) }
            if isOurs == false { return true }
        }
    }
}
