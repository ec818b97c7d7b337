internal import Jobs
internal import Primitives

/// Writes every hour what the heads of all chains are, outside the database.
enum WriteCheckpoint {
    static let kind: JobKind = "audit.checkpoint"
    static let schedule = JobSchedule(kind, every: .hours(1))

    static let job = CityJob(kind) { _, city in
        try await city.checkpoints?.write(city.db, at: city.clock.now)
    }
}
