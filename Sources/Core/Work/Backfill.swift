public import Database
public import Jobs
internal import Primitives

/// Work that a new version or a new city pack needs done to every row of a table, in small steps beside everything else. It
/// remembers how far it came: after a stop it goes on there.
public struct Backfill: Sendable {
    /// Another name is other work, done anew: `public-index-2:3f2a…`.
    public let name: String
    private let table: StaticString
    private let step: @Sendable (_ keys: [Int64], Change) throws -> Void

    /// Rows done in one transaction: a tenth of a second's worth.
    private static let rows = 200

    /// - Parameters:
    ///   - table: whose rows are done, in the order of their `id`.
    ///   - step: does the rows with these keys.
    public init(_ name: String, over table: StaticString, step: @escaping @Sendable (_ keys: [Int64], Change) throws -> Void) {
        self.name = name
        self.table = table
        self.step = step
    }

    private static func isFinished(_ name: String, _ conn: Connection) throws(DatabaseError) -> Bool {
        try conn.exists("SELECT 1 FROM backfill WHERE name = \(name) AND finished_at IS NOT NULL")
    }

    /// Whether any work whose name begins so was ever done to its end.
    public static func hasFinished(beginning name: String, _ conn: Connection) throws(DatabaseError) -> Bool {
        // A handful of rows in all.
        let names = try conn.rows("SELECT name FROM backfill WHERE finished_at IS NOT NULL").map { row throws(DatabaseError) in
            try row["name"] as String
        }
        return names.contains { $0.hasPrefix(name) }
    }

    /// The table's name is a `StaticString`: it stands in the program, so it may stand in the statement; names cannot be bound.
    private func keys(after key: Int64, limit: Int, _ conn: Connection) throws(DatabaseError) -> [Int64] {
        try conn.rows("SELECT id FROM \(raw: "\(table)") WHERE id > \(key) ORDER BY id LIMIT \(limit)").map {
            row throws(DatabaseError) in try row["id"]
        }
    }

    static let kind: JobKind = "backfill"

    /// Queues what is declared and was not finished yet. Where there are no rows nothing is left to do.
    static func queueAll(_ city: CityContext) async throws {
        let backfills = city.backfills
        let now = city.clock.now
        try await city.db.write { conn in
            for backfill in backfills where try !isFinished(backfill.name, conn) {
                let name = backfill.name
                try conn.run("INSERT INTO backfill (name, cursor) VALUES (\(name), 0) ON CONFLICT DO NOTHING")
                if try backfill.keys(after: 0, limit: 1, conn).isEmpty {
                    try conn.run("UPDATE backfill SET finished_at = \(now) WHERE name = \(name)")
                } else {
                    try JobQueue.add(
                        NewJob(kind, .string(name), uniqueKey: "backfill:\(name)", priority: .background), at: now, conn)
                }
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
                let keys = try backfill.keys(after: cursor, limit: rows, change.conn)
                guard let next = keys.last else {
                    try change.conn.run("UPDATE backfill SET finished_at = \(change.now) WHERE name = \(name)")
                    return true
                }
                try backfill.step(keys, change)
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
