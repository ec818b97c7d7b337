internal import Database
internal import Jobs
internal import Mail
internal import Primitives

/// Throws away every hour what nobody can need any more: keys of forms sent long ago, counts of limits that have passed.
enum Tidy {
    static let kind: JobKind = "tidy"
    static let schedule = JobSchedule(kind, every: .hours(1))

    static let job = CityJob(kind) { run, city in
        let now = city.clock.now
        for feature in city.features {
            guard !run.shouldStop else { throw JobLater("Goes on after the restart.", after: .seconds(0)) }
            try await city.db.write { conn in try feature.tidy(at: now, conn) }
        }
        try await city.db.write { conn in
            _ = try JobQueue.forget(doneBefore: now - .days(7), conn)
            try Outbox.addMissingJobs(at: now, conn)
            try Outbox.strip(at: now, conn)
        }
    }
}
