import Database
import Logging
import Primitives
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import Jobs

/// What is queued is done: once where it can be told, again after a failure, and never lost.
@Suite struct WorkerTests {
    private func queue() async throws -> any ConnectionPool {
        let db = try await TestDatabase.current.make()
        try await db.migrate(jobsMigrations, at: Instant(seconds: 0))
        return db
    }

    private func worker(_ db: any ConnectionPool, _ clock: Clock, _ handlers: JobHandler..., every: [JobSchedule] = []) -> Worker
    {
        Worker(
            db: db, handlers: handlers, schedules: every, clock: clock,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func add(_ new: NewJob, _ db: any ConnectionPool, at now: Instant = start) async throws {
        try await db.write { conn in _ = try JobQueue.add(new, at: now, conn) }
    }

    private func states(_ db: any ConnectionPool) async throws -> [String] {
        try await db.read { try $0.rows("SELECT state FROM job ORDER BY id").map { try $0[0] } }
    }

    static let start = Instant(seconds: 1_780_000_000)

    @Test func `a job is done once, with what it was given`() async throws {
        let (db, seen) = (try await queue(), Seen())
        try await add(NewJob("greet", .object(["name": .string("Ada")])), db)
        let worker = worker(db, Clock { Self.start }, JobHandler("greet") { run in seen.note(run.payload["name"]?.string ?? "") })
        try await worker.runDue()
        try await worker.runDue()
        #expect(seen.all == ["Ada"])
        #expect(try await states(db) == ["done"])
    }

    @Test func `the more urgent comes first, then the older; what is not due waits`() async throws {
        let (db, seen) = (try await queue(), Seen())
        try await add(NewJob("note", .string("background"), priority: .background), db)
        try await add(NewJob("note", .string("first")), db)
        try await add(NewJob("note", .string("second")), db)
        try await add(NewJob("note", .string("soon"), priority: .soon), db)
        try await add(NewJob("note", .string("tomorrow"), runAt: Self.start + .days(1)), db)
        try await worker(db, Clock { Self.start }, JobHandler("note") { seen.note($0.payload.string ?? "") }).runDue()
        #expect(seen.all == ["soon", "first", "second", "background"])
    }

    @Test func `two with one key are one`() async throws {
        let db = try await queue()
        for _ in 0..<3 { try await add(NewJob("note", uniqueKey: "effect:1:note"), db) }
        #expect(try await states(db) == ["waiting"])
    }

    @Test func `a failure is tried again after a growing pause, and laid aside in the end with its cause`() async throws {
        let (db, clock) = (try await queue(), MovingClock(Self.start))
        try await add(NewJob("fail"), db)
        struct Broken: Error, CustomStringConvertible { let description = "the printer is on fire" }
        let worker = worker(db, clock.clock, JobHandler("fail", attempts: 3) { _ in throw Broken() })
        var pauses: [Double] = []
        for _ in 0..<2 {
            try await worker.runDue()
            let due: Instant = try #require(try await db.read { try $0.value("SELECT run_at FROM job") })
            pauses.append((due - clock.now).seconds)
            clock.set(due)
        }
        try await worker.runDue()
        #expect(pauses[0] > 4 && pauses[1] > 2 * pauses[0])
        let dead = try await db.read { try JobQueue.dead(limit: 10, $0) }
        #expect(dead.map(\.lastError) == ["the printer is on fire"])
        #expect(dead.first?.attempts == 3)
        // Staff let it run again.
        let id = try #require(dead.first?.id)
        #expect(try await db.write { try JobQueue.runAgain(id, at: clock.now, $0) })
        #expect(try await states(db) == ["waiting"])
        #expect(try await db.write { try JobQueue.runAgain(id, at: clock.now, $0) } == false)
    }

    @Test func `hopeless work is not repeated`() async throws {
        let db = try await queue()
        try await add(NewJob("fail"), db)
        try await worker(db, Clock { Self.start }, JobHandler("fail") { _ in throw JobHopeless("no such mail") }).runDue()
        #expect(try await states(db) == ["dead"])
    }

    @Test func `what a worker left behind is taken over, and the first can no longer finish it`() async throws {
        let (db, clock) = (try await queue(), MovingClock(Self.start))
        try await add(NewJob("note"), db)
        let first = try #require(try await db.write { try JobQueue.take(["note"], lease: "first", at: clock.now, $0) })
        #expect(try await db.write { try JobQueue.take(["note"], lease: "second", at: clock.now, $0) } == nil)
        clock.set(clock.now + .seconds(61))
        #expect(try await db.write { try JobQueue.takeBack(at: clock.now, $0) } == 1)
        let second = try #require(try await db.write { try JobQueue.take(["note"], lease: "second", at: clock.now, $0) })
        #expect(second.id == first.id && second.attempts == 2)
        #expect(try await db.write { try JobQueue.finish(first.id, lease: "first", at: clock.now, $0) } == false)
        #expect(try await db.write { try JobQueue.finish(first.id, lease: "second", at: clock.now, $0) })
    }

    @Test func `many workers never do one job twice`() async throws {
        let (db, seen) = (try await queue(), Seen())
        for number in 0..<60 { try await add(NewJob("note", .integer(Int64(number))), db) }
        let handler = JobHandler("note") { seen.note("\($0.payload.integer ?? -1)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 { group.addTask { try await worker(db, Clock { Self.start }, handler).runDue() } }
            try await group.waitForAll()
        }
        #expect(seen.all.count == 60)
        #expect(Set(seen.all).count == 60)
    }

    @Test func `a schedule makes one job in each span of time, on however many nodes`() async throws {
        let (db, clock, seen) = (try await queue(), MovingClock(Self.start), Seen())
        let handler = JobHandler("tidy") { _ in seen.note("tidied") }
        let nodes = (0..<2).map { _ in worker(db, clock.clock, handler, every: [JobSchedule("tidy", every: .hours(1))]) }
        for node in nodes + nodes { try await node.runDue() }
        #expect(seen.all.count == 1)
        clock.set(clock.now + .hours(1))
        for node in nodes { try await node.runDue() }
        #expect(seen.all.count == 2)
    }

    @Test func `what a job did and that it is done are kept together`() async throws {
        let (db, clock) = (try await queue(), MovingClock(Self.start))
        try await db.write { conn in _ = try conn.run("CREATE TABLE effect (job BIGINT)") }
        try await add(NewJob("once"), db)
        // The lease is lost while the work is under way: nothing of it is kept.
        let slow = JobHandler("once") { run in
            if run.job.attempts == 1 {
                clock.set(clock.now + .seconds(61))
                _ = try await db.write { try JobQueue.takeBack(at: clock.now, $0) }
            }
            try await db.write { conn in
                try conn.run("INSERT INTO effect VALUES (\(run.job.id))")
                try run.finish(conn)
            }
        }
        try await worker(db, clock.clock, slow).runDue()
        #expect(try await db.read { try $0.value("SELECT COUNT(*) FROM effect", as: Int.self) } == 1)
        #expect(try await states(db) == ["done"])
    }

    @Test func `a worker that is asked to stop lets its job end and takes no other`() async throws {
        let (db, seen) = (try await queue(), Seen())
        let started = AsyncStream.makeStream(of: Void.self)
        let handler = JobHandler("slow") { run in
            started.continuation.yield()
            while !run.shouldStop { await Task.yield() }
            seen.note("ended while stopping")
        }
        let service = Worker(
            db: db, handlers: [handler], schedules: [], clock: .system, lanes: 1,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let group = ServiceGroup(services: [service], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let running = Task { try await group.run() }
        try await add(NewJob("slow"), db, at: Clock.system.now)
        try await add(NewJob("slow"), db, at: Clock.system.now)
        for await _ in started.stream { break }
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(seen.all == ["ended while stopping"])
        #expect(try await states(db).sorted() == ["done", "waiting"])
    }

    @Test func `progress is seen while the work goes on`() async throws {
        let (db, seen) = (try await queue(), Seen())
        try await add(NewJob("long"), db)
        let handler = JobHandler("long") { run in
            try await run.progress(3, of: 10)
            let jobs = try await db.read { try JobQueue.atWork(limit: 5, $0) }
            seen.note("\(jobs.first?.progress.done ?? 0) of \(jobs.first?.progress.total ?? 0)")
        }
        try await worker(db, Clock { Self.start }, handler).runDue()
        #expect(seen.all == ["3 of 10"])
    }
}

private final class Seen: Sendable {
    private let notes = Mutex<[String]>([])
    func note(_ text: String) { notes.withLock { $0.append(text) } }
    var all: [String] { notes.withLock { $0 } }
}

private final class MovingClock: Sendable {
    private let instant: Mutex<Instant>
    init(_ start: Instant) { instant = Mutex(start) }
    var now: Instant { instant.withLock { $0 } }
    func set(_ new: Instant) { instant.withLock { $0 = new } }
    var clock: Clock { Clock { self.now } }
}
