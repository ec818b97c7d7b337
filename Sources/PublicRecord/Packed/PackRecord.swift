internal import Core
internal import Database
internal import Jobs
internal import Primitives

/// Packs the public record, and every few minutes what changed in it since. It gives way after some seconds and goes on the next
/// time, so that an import does not have it at work all the while.
enum PackRecord {
    static let kind: JobKind = "public-record.pack"
    static let schedule = JobSchedule(kind, every: .minutes(2))
    private static let turn = Span.seconds(20)

    static let job = CityJob(kind) { run, city in
        let now = city.clock.now
        guard try await city.db.write({ conn in try PackedRecord.begin(conn, at: now) }) else { return }
        if try await !city.db.read(PackedRecord.isReady) {
            var last: Int64?
            while let band = try await city.db.read({ [last] conn in try PackedRecord.next(after: last, conn) }) {
                try await packFirst(band, city)
                last = band
                if run.shouldStop { throw JobLater("Goes on after the restart.", after: .seconds(0)) }
            }
            try await city.db.write { conn in try PackedRecord.finish(conn, at: now) }
            return
        }
        for band in try await city.db.read(PackedRecord.changed) {
            try await pack(band, city)
            if run.shouldStop || city.clock.now - now > turn { return }
        }
    }

    /// On PostgreSQL the first time in one serializable transaction: whoever changes entries in a transaction that is older than the
    /// noting notes nothing, and the database undoes one of the two.
    static func packFirst(_ band: Int64, _ city: CityContext) async throws {
        guard city.db.dialect == .postgres else { return try await pack(band, city) }
        try await city.db.write { conn in try FreshPack(band, conn).store(conn, at: city.clock.now) }
    }

    private static func pack(_ band: Int64, _ city: CityContext) async throws {
        let pack = try await city.db.read { conn in try FreshPack(band, conn) }
        try await city.db.write { conn in try pack.store(conn, at: city.clock.now) }
        await city.giveWay()
    }
}
