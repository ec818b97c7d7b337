import Core
import Database
import Primitives
import Synchronization
import TestSupport
import Testing

@testable import PublicRecord

/// Somebody changes entries of the band that is just being packed.
struct PackedMeanwhileTests {
    private static func packed() async throws -> (TestCity, key: Int64) {
        let city = try await PackedRecordTests.city()
        try await PackedRecordTests.pack(city, least: 2)
        let key = try await city.read { conn in
            try #require(try conn.value("SELECT id FROM public_entry ORDER BY id LIMIT 1") as Int64?)
        }
        try await say("early", key, city)
        city.clock.advance(.minutes(2))
        return (city, key)
    }

    private static func say(_ word: String, _ key: Int64, _ city: TestCity) async throws {
        try await city.write { change in
            let row = try #require(try change.conn.row("SELECT case_id FROM public_entry WHERE id = \(key)"))
            let id: CaseID = try row["case_id"]
            try change.conn.run("UPDATE case_record SET description = description || \(" " + word) WHERE id = \(id)")
            try PublicIndex(change.city).refresh([id], change.conn)
        }
    }

    @Test("J1 What is changed between the reading of its band and the storing stays noted, once more or for the first time")
    func changedBetween() async throws {
        let (city, key) = try await PackedMeanwhileTests.packed()
        let band = PackedBand.of(key)
        let other = try await city.read { conn in
            try #require(try conn.value("SELECT id FROM public_entry WHERE id > \(key) ORDER BY id LIMIT 1") as Int64?)
        }
        #expect(PackedBand.of(other) == band)
        let pack = try await city.read { conn in try FreshPack(band, least: 2, conn) }
        try await PackedMeanwhileTests.say("later", key, city)
        try await PackedMeanwhileTests.say("later", other, city)
        try await city.write { change in try pack.store(change.conn, at: change.now) }
        #expect(try await city.read(PackedRecord.changed) == [band])
        try await PackedRecordTests.compare(city, "changed between")
        city.clock.advance(.minutes(2))
        try await city.write { change in try FreshPack(band, least: 2, change.conn).store(change.conn, at: change.now) }
        #expect(try await city.read(PackedRecord.changed) == [])
        try await PackedRecordTests.compare(city, "packed again")
    }

    @Test("J1 A pack that was read before somebody else packed the band is not stored")
    func packedTwice() async throws {
        let (city, key) = try await PackedMeanwhileTests.packed()
        let band = PackedBand.of(key)
        let old = try await city.read { conn in try FreshPack(band, least: 2, conn) }
        try await PackedMeanwhileTests.say("later", key, city)
        try await city.write { change in try FreshPack(band, least: 2, change.conn).store(change.conn, at: change.now) }
        city.clock.advance(.minutes(2))
        try await city.write { change in try old.store(change.conn, at: change.now) }
        try await PackedRecordTests.compare(city, "packed by somebody else")
        #expect(try await city.numbers("later").count == 1)
    }

    @Test(
        "J1 What is being changed once more while its band is stored stays noted",
        .enabled(if: TestDatabase.current != .sqlite, "Only there both go on at once."))
    func changedAgain() async throws {
        let (city, key) = try await PackedMeanwhileTests.packed()
        let pack = try await city.read { conn in try FreshPack(PackedBand.of(key), least: 2, conn) }
        let stored = Flag()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (changed, say) = AsyncStream<Void>.makeStream()
            group.addTask {
                try await city.write { change in
                    try change.conn.run("UPDATE public_entry SET words = words || ' later' WHERE id = \(key)")
                    say.yield()
                    // Goes on as soon as the storing waits for this, or has not cared.
                    while !stored.isSet {
                        let isWaitedFor = try change.conn.exists(
                            "SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))")
                        if isWaitedFor { break }
                    }
                }
            }
            for await _ in changed { break }
            try await city.write { change in try pack.store(change.conn, at: change.now) }
            stored.set()
            try await group.waitForAll()
        }
        try await PackedRecordTests.compare(city, "changed while it was stored")
        #expect(try await city.numbers("later").count == 1)
    }
}

private final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}
