public import Database
internal import Foundation
public import Logging
public import Primitives
public import ServiceLifecycle
internal import Synchronization

/// Does the work of the queue, a few jobs at a time, until the process is asked to stop: then it takes no new job, lets those
/// under way come to their end, and gives back what does not end in time.
public struct Worker: Service {
    private let db: any ConnectionPool
    private let handlers: [JobKind: JobHandler]
    private let schedules: [JobSchedule]
    private let clock: Clock
    private let lanes: Int
    private let log: Logger
    private let isStopping = StopSign()

    /// - Parameter lanes: how many jobs at a time.
    public init(
        db: any ConnectionPool, handlers: [JobHandler], schedules: [JobSchedule], clock: Clock, lanes: Int = 4, log: Logger
    ) {
        self.db = db
        self.handlers = Dictionary(handlers.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        self.schedules = schedules
        self.clock = clock
        self.lanes = lanes
        self.log = log
    }

    public func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await keepTime() }
                for _ in 0..<lanes { group.addTask { await work() } }
            }
        } onGracefulShutdown: { [isStopping] in
            isStopping.put()
        }
    }

    /// Does everything that is due now, and then stops: for tests and for commands.
    public func runDue() async throws {
        for schedule in schedules { try await queue(schedule) }
        while let (job, lease) = try await take() { await perform(job, lease) }
    }

    // MARK: Lanes

    private func work() async {
        for await _ in isStopping.ending(db.wakeUps(JobQueue.channel, every: .seconds(1))) {
            do {
                while !isStopping.isPut, !Task.isCancelled, let (job, lease) = try await take() { await perform(job, lease) }
            } catch {
                log.warning("no job could be taken", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Queues what comes again and again, and takes back what a dead worker left.
    private func keepTime() async {
        for await _ in isStopping.ending(db.wakeUps("time", every: .seconds(1))) {
            do {
                for schedule in schedules { try await queue(schedule) }
                let now = clock.now
                let count = try await db.write { conn in try JobQueue.takeBack(at: now, conn) }
                if count > 0 { log.notice("jobs of a stopped worker wait again", metadata: ["count": "\(count)"]) }
            } catch {
                log.warning("schedules could not be kept", metadata: ["error": "\(error)"])
            }
        }
    }

    private func queue(_ schedule: JobSchedule) async throws {
        let now = clock.now
        let new = schedule.job(at: now)
        guard let key = new.uniqueKey else { return }
        let isThere = try await db.read { conn in try conn.exists("SELECT 1 FROM job WHERE unique_key = \(key)") }
        if !isThere { try await db.write { conn in _ = try JobQueue.add(new, at: now, conn) } }
    }

    private func take() async throws -> (Job, lease: String)? {
        let now = clock.now
        let kinds = Array(handlers.keys)
        // Looking costs a reader a moment; only a job that is due costs the writer one.
        guard let due = try await db.read({ conn in try JobQueue.nextDue(kinds, conn) }), due <= now else { return nil }
        let lease = SecretToken(randomness: .system).text
        return try await db.write { conn in try JobQueue.take(kinds, lease: lease, at: now, conn) }.map { ($0, lease) }
    }

    // MARK: One job

    private func perform(_ job: Job, _ lease: String) async {
        guard let handler = handlers[job.kind] else { return }
        let run = JobRun(job: job, lease: lease, db: db, clock: clock, isStopping: isStopping)
        let work = Task { try await handler.run(run) }
        // A job whose lease is lost is somebody else's: its work here stops, and what it records changes nothing.
        let pulse = Task { if try await run.isOvertaken() { work.cancel() } }
        let outcome = await withTaskCancellationHandler {
            await work.result
        } onCancel: {
            work.cancel()
        }
        pulse.cancel()
        do { try await record(outcome, of: job, handler, lease) } catch {
            log.error("what became of a job was not recorded", metadata: ["job": "\(job.id)", "error": "\(error)"])
        }
    }

    private func record(_ outcome: Result<Void, any Error>, of job: Job, _ handler: JobHandler, _ lease: String) async throws {
        let now = clock.now
        switch outcome {
        case .success: _ = try await db.write { conn in try JobQueue.finish(job.id, lease: lease, at: now, conn) }
        case .failure(is LeaseLost): log.notice("a job went on elsewhere", metadata: ["job": "\(job.id)"])
        case .failure(is CancellationError):
            try await db.write { conn in
                try JobQueue.giveBack(
                    job.id, until: now, reason: "Stopped with the worker.", countsAttempt: false, lease: lease, conn)
            }
        case .failure(let error as JobHopeless): try await bury(job, error.reason, lease)
        case .failure(let error):
            let later = error as? JobLater
            let reason = later?.reason ?? "\(error)"
            guard job.attempts < handler.attempts else { return try await bury(job, reason, lease) }
            let pause = later?.after ?? handler.pause(after: job.attempts)
            if later == nil {
                log.warning("a job failed", metadata: ["job": "\(job.id)", "kind": "\(job.kind.rawValue)", "error": "\(error)"])
            }
            try await db.write { conn in
                try JobQueue.giveBack(job.id, until: now + pause, reason: reason, countsAttempt: true, lease: lease, conn)
            }
        }
    }

    private func bury(_ job: Job, _ reason: String, _ lease: String) async throws {
        let now = clock.now
        log.error("a job is dead", metadata: ["job": "\(job.id)", "kind": "\(job.kind.rawValue)"])
        try await db.write { conn in try JobQueue.bury(job.id, reason: reason, lease: lease, at: now, conn) }
    }
}

/// Thrown when another worker has taken the job over.
struct LeaseLost: Error {}

extension JobHandler {
    /// 5 s, 15 s, 45 s, … at most `longestPause`, a tenth more or less so that many do not come back at once.
    func pause(after attempt: Int) -> Span {
        let seconds = min(longestPause.seconds, 5 * pow(3, Double(max(0, attempt - 1))))
        return Span(microseconds: Int64(seconds * Double.random(in: 0.9...1.1) * 1_000_000))
    }
}

/// Put up once, when the process is asked to stop; everybody who waits behind it goes on at once.
final class StopSign: Sendable {
    private let state = Mutex<(isPut: Bool, waiting: [@Sendable () -> Void])>((false, []))

    var isPut: Bool { state.withLock { $0.isPut } }

    func put() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            state.isPut = true
            return state.waiting
        }
        for wake in waiting { wake() }
    }

    /// The same elements, ending when the sign is put up.
    func ending(_ stream: WakeUps) -> AsyncStream<Void> {
        let isOver = state.withLock { state in
            if !state.isPut { state.waiting.append { stream.end() } }
            return state.isPut
        }
        if isOver { stream.end() }
        return stream.elements
    }
}
