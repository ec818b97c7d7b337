import Core
import Database
import Primitives
import Synchronization
import TestSupport
import Testing

@testable import PublicRecord

/// Somebody changes entries of the band that is just being packed: on PostgreSQL, where both go on at once.
@Suite(.enabled(if: TestDatabase.current != .sqlite))
struct PackedMeanwhileTests {
    @Test("J1 What is changed once more while its band is being packed stays noted")
    func changedAgain() async throws {
        let city = try await PackedRecordTests.city()
        try await PackedRecordTests.pack(city, least: 2)
        let key = try await city.read { conn in
            try #require(try conn.value("SELECT id FROM public_entry ORDER BY id LIMIT 1") as Int64?)
        }
        try await city.write { change in
            try change.conn.run("UPDATE public_entry SET words = words || ' early' WHERE id = \(key)")
        }
        let packed = Flag()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (changed, say) = AsyncStream<Void>.makeStream()
            group.addTask {
                try await city.write { change in
                    try change.conn.run("UPDATE public_entry SET words = words || ' later' WHERE id = \(key)")
                    say.yield()
                    // Goes on as soon as the packing waits for this, or has not cared.
                    while !packed.isSet {
                        let isWaitedFor = try change.conn.exists(
                            "SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))")
                        if isWaitedFor { break }
                    }
                }
            }
            for await _ in changed { break }
            city.clock.advance(.minutes(2))
            let now = city.context.clock.now
            try await city.write { change in
                try PackedRecord.pack(PackedBand.of(key), change.conn, at: now, least: 2)
            }
            packed.set()
            try await group.waitForAll()
        }
        try await PackedRecordTests.compare(city, "changed while it was packed")
        #expect(try await city.numbers("later").count == 1)
    }
}

private final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}
