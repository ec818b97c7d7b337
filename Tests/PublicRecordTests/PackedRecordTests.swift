import Cases
import CityPack
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import PublicRecord

/// Which entries of a band hold a word, in few bytes.
struct PlacesTests {
    @Test(arguments: [0, 1, 63, 64, 65, 1000, 17_500], [0, 1, 3, 50, 1000])
    func `what was packed comes out again, however many there are`(size: Int, oneIn: Int) {
        var dice = Chance(seed: UInt64(size * 31 + oneIn))
        let chosen = (0..<size).filter { _ in oneIn > 0 && Int.random(in: 0..<oneIn, using: &dice) == 0 }
        let places = Places(chosen, of: size)
        #expect(places.all == chosen)
        #expect(places.count == chosen.count)
        #expect(Places(packed: places.packed, of: size) == places)
        for range in [0..<size, 0..<0, (size / 3)..<(size / 2), (size / 2)..<size] {
            var kept = places
            kept.keep(range)
            #expect(kept.all == chosen.filter(range.contains))
        }
    }

    @Test func `other bytes are refused`() {
        #expect(Places(packed: [], of: 10) == nil)
        #expect(Places(packed: [9, 1], of: 10) == nil)
        #expect(Places(packed: [2, 30], of: 10) == nil)
        #expect(Places(packed: [1, 255], of: 10) == nil)
    }
}

/// The packed record says what the entries say, at any moment (decision 30).
struct PackedRecordTests {
    private static let words = ["everywhere", "tenth", "early", "unique", "later"]

    private static func description(_ dice: inout Chance, _ index: Int) -> String {
        var words: [String] = []
        if Int.random(in: 0..<2, using: &dice) == 0 { words.append("everywhere") }
        if Int.random(in: 0..<10, using: &dice) == 0 { words.append("tenth") }
        if index < 150, Int.random(in: 0..<3, using: &dice) == 0 { words.append("early") }
        if index == 77 { words.append("unique") }
        if index == 77 || index == 78 { words.append("tents") }
        return words.joined(separator: " ")
    }

    static func city() async throws -> TestCity {
        let city = try await TestCity.make()
        try await city.write(origin: .imported) { change in
            var dice = Chance(seed: 11)
            let first = CivilDate(year: 2014, month: 1, day: 1)
            let type = change.city.pack.caseType(importName: "Electrical Permit")?.key ?? ""
            for index in 0..<900 {
                var new = NewCase(
                    number: "ELE2015-\(padded(index, 5))", type: type, status: index % 3 == 0 ? "finaled" : "issued")
                new.status = change.city.pack.status(importName: index % 3 == 0 ? "Closed" : "Issued")?.key ?? "issued"
                new.description = description(&dice, index)
                new.applied = index % 20 == 0 ? nil : first.adding(days: index * 3 / 2)
                _ = try CaseWriter(change).create(new)
            }
        }
        return city
    }

    static func pack(_ city: TestCity, least: Int) async throws {
        let now = city.context.clock.now
        try await city.write { change in
            let conn = change.conn
            #expect(try PackedRecord.begin(conn, at: now, worthwhile: 1))
            var last: Int64?
            while let band = try PackedRecord.next(after: last, conn) {
                try FreshPack(band, least: least, conn).store(conn, at: now)
                last = band
            }
            try PackedRecord.finish(conn, at: now)
        }
    }

    /// Every search both ways: by packs, and one entry after the other.
    /// - Parameter memory: packs that were read before, of whatever state.
    static func compare(_ city: TestCity, _ when: String, _ memory: PackMemory = PackMemory()) async throws {
        let day = CivilDate(year: 2014, month: 6, day: 1)
        let ranges = [
            KeyRange.all, KeyRange(from: day, to: nil), KeyRange(from: nil, to: day), KeyRange(from: day, to: day),
            KeyRange(from: day, to: day.adding(days: 365)), KeyRange(from: CivilDate(year: 2090, month: 1, day: 1), to: nil),
        ]
        let status = city.context.pack.status(importName: "Issued")?.key ?? ""
        let sets =
            words.map { [$0] } + [
                ["nowhere"], ["b_te"], ["b_la", "everywhere"], ["b_zz"], ["b_te", "unique"], ["everywhere", "tenth"],
                ["everywhere", SearchMark.status(status)],
            ]
        try await city.read { conn in
            let entries: [(key: Int64, words: Set<Substring>)] = try conn.rows("SELECT id, words FROM public_entry").map {
                let text: String = try $0["words"]
                return (try $0["id"], Set(text.split(separator: " ")))
            }
            for set in sets {
                for range in ranges {
                    for order in SearchOrder.allCases {
                        let all = entries.filter { entry in
                            entry.key > range.after && entry.key < range.before
                                && set.allSatisfy { word -> Bool in
                                    PackedBand.beginning(packedAs: word).map { start in
                                        entry.words.contains { $0.hasPrefix(start) }
                                    }
                                        ?? entry.words.contains(Substring(word))
                                }
                        }.map(\.key).sorted(by: order == .newest ? (>) : (<))
                        let search = PackedSearch(set, range, order, most: 10_000, memory)
                        let hits = try #require(try search.find(conn))
                        #expect(hits.count == all.count, "\(when): \(set) \(range) \(order)")
                        for slice in [Slice(limit: 20, offset: 0), Slice(limit: 20, offset: 37), Slice(limit: 5000, offset: 0)] {
                            let keys: [Int64] = try search.list(slice, of: hits, conn).map { try $0["id"] }
                            #expect(
                                keys == Array(all.dropFirst(slice.offset).prefix(slice.limit)),
                                "\(when): \(set) \(range) \(order)")
                        }
                    }
                }
            }
        }
    }

    @Test(
        "J1 A packed search finds what is there: packed, changed since, and packed again", arguments: [1, 3, 1000])
    func same(least: Int) async throws {
        let city = try await PackedRecordTests.city()
        try await PackedRecordTests.pack(city, least: least)
        let memory = PackMemory(most: least == 3 ? 2_000 : 1 << 20)
        try await PackedRecordTests.compare(city, "packed", memory)
        // Some say something else now, one is gone from the public, some are new, in bands of their own too.
        try await city.write(origin: .imported) { change in
            let ids: [Int64] = try change.conn.rows("SELECT id FROM case_record ORDER BY id").map { try $0["id"] }
            let chosen = stride(from: 5, to: ids.count, by: 97).map { ids[$0] }
            try change.conn.run("UPDATE case_record SET description = 'tenth later' WHERE id IN \(list: chosen)")
            try change.conn.run("UPDATE case_record SET applied = '2014-05-30' WHERE id IN \(list: [ids[300], ids[301]])")
            try change.conn.run("UPDATE case_record SET confidential = 1 WHERE id IN \(list: [ids[77], ids[400]])")
            try PublicIndex(change.city).refresh(ids.map { CaseID($0) }, change.conn)
            let type = change.city.pack.caseType(importName: "Electrical Permit")?.key ?? ""
            for (index, day) in ["2014-02-03", "2019-01-01", "2024-07-08"].enumerated() {
                var new = NewCase(number: "ELE2024-\(padded(index, 5))", type: type, status: "issued")
                new.status = change.city.pack.status(importName: "Issued")?.key ?? "issued"
                new.description = "everywhere later"
                new.applied = CivilDate(day)
                _ = try CaseWriter(change).create(new)
            }
        }
        let changed = try await city.read(PackedRecord.changed)
        #expect(changed.count > 5)
        // No band is packed twice in the same moment.
        city.clock.advance(.minutes(2))
        try await PackedRecordTests.compare(city, "changed", memory)
        for band in changed {
            try await city.write { change in try FreshPack(band, least: least, change.conn).store(change.conn, at: change.now) }
        }
        #expect(try await city.read(PackedRecord.changed) == [])
        try await PackedRecordTests.compare(city, "packed again", memory)
        try await PackedRecordTests.compare(city, "read anew")
    }

    @Test("J1 Pages and totals are the same with and without packs")
    func pages() async throws {
        let city = try await PackedRecordTests.city()
        let status = city.context.pack.status(importName: "Issued")
        let queries = [
            RecordQuery(text: "everywhere"), RecordQuery(text: "everywhere", status: status),
            RecordQuery(
                text: "everywhere", from: CivilDate(year: 2015, month: 1, day: 1), to: CivilDate(year: 2015, month: 12, day: 31)),
            RecordQuery(text: "everywhere", order: .oldest), RecordQuery(text: "te"),
            RecordQuery(text: "everywhere te", status: status),
            RecordQuery(text: "el"),
        ]
        func answers() async throws -> [[String]] {
            var answers: [[String]] = []
            for query in queries {
                for page in [1, 2, 9, 50] {
                    let found = try await city.found(query, page: page)
                    answers.append(["\(found.total ?? -1) \(found.hasMore)"] + found.entries.map(\.number))
                }
            }
            return answers
        }
        let before = try await answers()
        try await PackedRecordTests.pack(city, least: 2)
        #expect(try await city.read { try RecordMemory().isPacked($0) })
        #expect(try await answers() == before)
    }

    @Test("J1 A slip of the hand leads to a word of many entries before one of a few; a word of a few is found as well")
    func didYouMean() async throws {
        let city = try await PackedRecordTests.city()
        func meant(_ text: String) async throws -> [String] {
            try await city.read { conn in
                let memory = RecordMemory()
                _ = try memory.isPacked(conn)
                return try DidYouMean(RecordQuery(text: text), memory).suggestions(isThere: false, conn).map(\.text)
            }
        }
        #expect(try await meant("tentz") == ["tenth", "tents"])
        try await PackedRecordTests.pack(city, least: 3)
        #expect(try await meant("tentz") == ["tenth"])
        #expect(try await meant("everwhere tentz") == ["everywhere tenth"])
        #expect(try await meant("uniqe") == ["unique"])
        // With the common word there is nothing.
        #expect(try await meant("unique tentz") == ["unique tents"])
        #expect(try await meant("everwhere xqzwv") == [])
    }

    @Test("J1 Where more has changed than a pack bears, the text index answers")
    func tooMany() async throws {
        let city = try await PackedRecordTests.city()
        try await PackedRecordTests.pack(city, least: 2)
        let before = try await city.numbers("everywhere")
        try await city.write { change in
            try change.conn.run("UPDATE public_entry SET valuation_cents = 100")
        }
        #expect(try await city.read { try PackedSearch(["everywhere"], .all, .newest, most: 10).find($0) } == nil)
        #expect(try await city.numbers("everywhere") == before)
    }

    @Test("J1 Whoever changes entries, what was changed is put down: a version of the program that knows of no packs, too")
    func noted() async throws {
        let city = try await PackedRecordTests.city()
        try await PackedRecordTests.pack(city, least: 2)
        let keys = try await city.read { conn -> [Int64] in
            try conn.rows("SELECT id FROM public_entry ORDER BY id LIMIT 4").map { try $0["id"] }
        }
        func changes(_ statement: SQL) async throws -> [Int64] {
            try await city.write { change in try change.conn.run(statement) }
            return try await city.write { change in
                let rows = try change.conn.rows("SELECT band, key AS entry_key FROM public_pack_change ORDER BY key")
                for row in rows { #expect(try PackedBand.of(row["entry_key"]) == row["band"] as Int64) }
                try change.conn.run("DELETE FROM public_pack_change")
                return try rows.map { try $0["entry_key"] }
            }
        }
        #expect(
            try await changes("UPDATE public_entry SET words = 'later' WHERE id IN \(list: Array(keys.prefix(2)))")
                == Array(keys.prefix(2)))
        let moved = keys[0] - 1
        #expect(try await changes("UPDATE public_entry SET id = \(moved) WHERE id = \(keys[0])") == [moved, keys[0]])
        #expect(try await changes("DELETE FROM public_entry WHERE id IN \(list: keys)") == Array(keys.dropFirst()))
        // An import, which leaves references unchecked.
        try await city.context.load(as: .job("test"), origin: .imported) { change in
            let type = change.city.pack.caseType(importName: "Electrical Permit")?.key ?? ""
            var new = NewCase(number: "ELE2024-00001", type: type, status: "issued")
            new.applied = CivilDate(year: 2024, month: 7, day: 8)
            _ = try CaseWriter(change).create(new)
        }
        let loaded = try await city.read { conn in
            try conn.value("SELECT id FROM public_entry WHERE number = 'ELE2024-00001'") as Int64?
        }
        #expect(try await changes("UPDATE public_entry SET words = words WHERE id = \(keys[1])") == [try #require(loaded)])
        try await city.write { change in try PackedRecord.forget(change.conn) }
        #expect(try await changes("DELETE FROM public_entry") == [])
    }
}
