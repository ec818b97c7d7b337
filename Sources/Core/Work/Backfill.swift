public import Database
public import Jobs
internal import Primitives

/// Work that a new version or a new city pack needs done to every row of a table, in small steps beside everything else. It
/// remembers how far it came: after a stop it goes on there.
public struct Backfill: Sendable {
    /// Another name is other work, done anew: `public-index:3f2a…`.
    public let name: String
    let step: @Sendable (_ after: Int64, Change) throws -> Int64?

    /// - Parameter step: does the next rows after a key, at most a tenth of a second's worth, and gives the key of the last one;
    ///   nil when there are none.
    public init(_ name: String, step: @escaping @Sendable (_ after: Int64, Change) throws -> Int64?) {
        self.name = name
        self.step = step
    }

    static let kind: JobKind = "backfill"

    /// Queues what is declared and was not finished yet.
    static func queueAll(_ city: CityContext) async throws {
        let names = city.backfills.map(\.name)
        let now = city.clock.now
        try await city.db.write { conn in
            for name in names where try !conn.exists("SELECT 1 FROM backfill WHERE name = \(name) AND finished_at IS NOT NULL") {
                try conn.run("INSERT INTO backfill (name, cursor) VALUES (\(name), 0) ON CONFLICT DO NOTHING")
                try JobQueue.add(
                    NewJob(kind, .string(name), uniqueKey: "backfill:\(name)", priority: .background), at: now, conn)
            }
        }
    }

    static let job = CityJob(kind, attempts: 100) { run, city in
        guard let name = run.payload.string, let backfill = city.backfills.first(where: { $0.name == name }) else {
            // Another version's: that one does it.
            throw JobHopeless("This version does not know the work \(run.payload.string ?? "").")
        }
        var steps = 0
        while true {
            let isDone = try await city.write(as: .job("backfill"), origin: .migration) { change in
                let cursor: Int64 = try change.conn.value("SELECT cursor FROM backfill WHERE name = \(name)") ?? 0
                guard let next = try backfill.step(cursor, change) else {
                    try change.conn.run("UPDATE backfill SET finished_at = \(change.now) WHERE name = \(name)")
                    return true
                }
                try change.conn.run("UPDATE backfill SET cursor = \(next) WHERE name = \(name)")
                return false
            }
            if isDone { return }
            steps += 1
            try await run.progress(steps, of: 0)
            if run.shouldStop { throw JobLater("Goes on after the restart.", after: .seconds(0)) }
        }
    }
}
