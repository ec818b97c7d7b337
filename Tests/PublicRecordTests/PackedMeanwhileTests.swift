import Core
import Database
import Dispatch
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
        // What the first one saw is no longer so.
        try await city.write { change in
            let row = try #require(try change.conn.row("SELECT case_id FROM public_entry WHERE id = \(key)"))
            let id: CaseID = try row["case_id"]
            try change.conn.run("UPDATE case_record SET description = '' WHERE id = \(id)")
            try PublicIndex(change.city).refresh([id], change.conn)
        }
        try await city.write { change in try FreshPack(band, least: 2, change.conn).store(change.conn, at: change.now) }
        city.clock.advance(.minutes(2))
        try await city.write { change in try old.store(change.conn, at: change.now) }
        try await PackedRecordTests.compare(city, "packed by somebody else")
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

extension PackedMeanwhileTests {
    @Test(
        "J1 What is changed by somebody whose transaction is older than the noting is packed or noted",
        .enabled(if: TestDatabase.current != .sqlite, "Only there both go on at once."))
    func olderThanNoting() async throws {
        let city = try await PackedRecordTests.city()
        let key = try await city.read { conn in
            try #require(try conn.value("SELECT id FROM public_entry ORDER BY id DESC LIMIT 1") as Int64?)
        }
        let (hasBegun, begun) = AsyncStream<Void>.makeStream()
        let stored = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await city.write { change in
                    // It has looked at nothing that the packing touches, and knows of no noting for as long as it goes on.
                    #expect(try change.conn.exists("SELECT 1 FROM case_record WHERE id = 1"))
                    begun.yield()
                    stored.wait()
                    // Should it be undone and begin again, it need not wait.
                    stored.signal()
                    try change.conn.run("UPDATE public_entry SET words = words || ' later' WHERE id = \(key)")
                }
            }
            for await _ in hasBegun { break }
            let now = city.context.clock.now
            // As it begins in a record so large that it does not look at this entry.
            try await city.context.db.write { conn in
                try conn.run("INSERT INTO public_pack_state (version, since) VALUES (1, \(now))")
            }
            var last: Int64?
            while let band = try await city.read({ [last] conn in try PackedRecord.next(after: last, conn) }) {
                try await PackRecord.packFirst(band, city.context)
                last = band
            }
            try await city.context.db.write { conn in try PackedRecord.finish(conn, at: now) }
            stored.signal()
            try await group.waitForAll()
        }
        try await PackedRecordTests.compare(city, "changed by somebody who did not know")
        #expect(try await city.numbers("later").count == 1)
    }
}

private final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}
