import Database
import Primitives
import TestSupport
import Testing

@testable import Jobs

@Suite struct QueuePlanTests {
    @Test func `looking for work and taking it read no whole table, however much was done before`() async throws {
        let db = try await TestDatabase.current.make()
        try await db.migrate(jobsMigrations, at: Instant(seconds: 0))
        let now = Instant(seconds: 1)
        let (due, take, load) = try await db.write { conn in
            (
                try QueryPlan(JobQueue.nextDue(["a", "b"]), conn),
                try QueryPlan(JobQueue.take(["a", "b"], lease: "x", at: now), conn),
                try QueryPlan("UPDATE job SET state = 'waiting' WHERE state = 'running' AND leased_until < \(now)", conn)
            )
        }
        // These indexes hold waiting jobs only.
        #expect(due.uses(index: "job_waiting"), "\(due)")
        #expect(!due.sorts, "\(due)")
        #expect(take.uses(index: "job_due") || take.uses(index: "job_waiting"), "\(take)")
        #expect(load.uses(index: "job_leased"), "\(load)")
    }
}
