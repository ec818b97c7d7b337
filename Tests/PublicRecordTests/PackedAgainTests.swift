import Cases
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import PublicRecord

/// Bands that are packed anew say what the entries say by then.
struct PackedAgainTests {
    @Test("J1 Packs of an earlier version, without rare marks and beginnings, are searched right, and packed anew")
    func earlierVersion() async throws {
        let city = try await PackedRecordTests.city()
        try await PackedRecordTests.pack(city, least: 2)
        let bands = try await city.write { change -> [Int64] in
            try change.conn.run("UPDATE public_pack SET version = version - 1")
            try change.conn.run("DELETE FROM public_pack_word WHERE word IN \(list: ["b_te", "b_la", "s_issued"])")
            return try change.conn.rows("SELECT band FROM public_pack ORDER BY band DESC").map { try $0["band"] }
        }
        try await PackedRecordTests.compare(city, "of an earlier version")
        #expect(try await city.read(PackedRecord.changed) == bands)
        city.clock.advance(.minutes(2))
        for band in bands {
            try await city.write { change in try FreshPack(band, least: 2, change.conn).store(change.conn, at: change.now) }
        }
        #expect(try await city.read(PackedRecord.changed) == [])
        try await PackedRecordTests.compare(city, "packed anew")
        #expect(
            try await city.read { try $0.value("SELECT count(*) FROM public_pack_word WHERE word = 'b_te'") as Int? } ?? 0 > 1)
    }

    @Test("J1 A band that was emptied is packed as empty, and packed again when it is filled")
    func emptied() async throws {
        let city = try await PackedRecordTests.city()
        try await PackedRecordTests.pack(city, least: 2)
        let band = try await city.read { conn in try #require(try PackedRecord.next(after: nil, conn)) }
        let ids = try await city.read { conn -> [CaseID] in
            let last = PackedBand.last(of: band)
            return try conn.rows("SELECT case_id FROM public_entry WHERE id <= \(last) ORDER BY id").map { try $0["case_id"] }
        }
        func hide(_ isHidden: Bool) async throws {
            try await city.write { change in
                let keys = ids.map(\.value)
                try change.conn.run("UPDATE case_record SET confidential = \(isHidden) WHERE id IN \(list: keys)")
                try PublicIndex(change.city).refresh(ids, change.conn)
            }
            try await PackedRecordTests.compare(city, isHidden ? "hidden" : "shown")
            city.clock.advance(.minutes(2))
            try await city.write { change in try FreshPack(band, least: 2, change.conn).store(change.conn, at: change.now) }
            #expect(try await city.read(PackedRecord.changed) == [])
            try await PackedRecordTests.compare(city, isHidden ? "packed as empty" : "packed again")
        }
        #expect(ids.count > 10)
        try await hide(true)
        #expect(try await city.read { try $0.value("SELECT size FROM public_pack WHERE band = \(band)") as Int? } == 0)
        #expect(try await city.read { try !$0.exists("SELECT 1 FROM public_pack_word WHERE band = \(band)") })
        try await hide(false)
    }

    @Test("J1 Packs that were taken away are made again, and searches are right meanwhile")
    func forgotten() async throws {
        let city = try await PackedRecordTests.city()
        let before = try await city.numbers("everywhere")
        try await PackedRecordTests.pack(city, least: 2)
        try await city.write { change in try PackedRecord.forget(change.conn) }
        #expect(try await city.read(PackedRecord.isReady) == false)
        #expect(try await city.numbers("everywhere") == before)
        try await PackedRecordTests.pack(city, least: 2)
        try await PackedRecordTests.compare(city, "packed once more")
    }
}
