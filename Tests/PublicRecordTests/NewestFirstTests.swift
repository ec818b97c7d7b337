import Cases
import CityPack
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import PublicRecord

/// However rare or common words are, and whenever they were, the first entries are the newest ones (decision 14).
struct NewestFirstTests {
    private struct Entry {
        let day: CivilDate?
        let words: Set<String>
    }

    /// Some words stand everywhere, some only in old or in new entries, some hardly ever; one day in twenty is unknown.
    private static func entries(_ count: Int) -> [Entry] {
        var dice = Chance(seed: 5)
        let first = CivilDate(year: 2014, month: 1, day: 1)
        return (0..<count).map { index in
            let age = Int.random(in: 0..<4400, using: &dice)
            func once(in chance: Int) -> Bool { Int.random(in: 0..<chance, using: &dice) == 0 }
            var words: Set<String> = []
            if once(in: 2) { words.insert("everywhere") }
            if once(in: 10) { words.insert("tenth") }
            if age < 700, once(in: 3) { words.insert("early") }
            if age > 4300 { words.insert("lately") }
            if age < 30 { words.insert("beginning") }
            if index == 77 { words.insert("unique") }
            return Entry(day: once(in: 20) ? nil : first.adding(days: age), words: words)
        }
    }

    @Test("J1 The first entries with some words are the newest, or the oldest, as if every entry were looked at")
    func firstOfAll() async throws {
        let city = try await TestCity.make()
        let entries = NewestFirstTests.entries(1500)
        try await city.write(origin: .imported) { change in
            for (index, entry) in entries.enumerated() {
                var new = NewCase(number: "ELE2015-\(padded(index, 5))", type: "electrical-permit", status: "issued")
                new.type = change.city.pack.caseType(importName: "Electrical Permit")?.key ?? ""
                new.description = entry.words.sorted().joined(separator: " ")
                new.applied = entry.day
                _ = try CaseWriter(change).create(new)
            }
        }
        let ids: [Int64] = try await city.read { conn in
            try conn.rows("SELECT id FROM case_record ORDER BY number").map { try $0["id"] }
        }
        let keyed = zip(entries, ids).map { (key: KeyRange.key(applied: $0.day, caseID: $1), words: $0.words) }
        let day = CivilDate(year: 2014, month: 6, day: 1)
        let ranges = [
            KeyRange.all, KeyRange(from: day, to: nil), KeyRange(from: nil, to: day),
            KeyRange(from: day, to: day.adding(days: 5)),
            KeyRange(from: day, to: day.adding(days: 365)), KeyRange(from: day, to: day.adding(days: 3000)),
            KeyRange(from: CivilDate(year: 2090, month: 1, day: 1), to: nil),
        ]
        for words in [
            ["everywhere"], ["tenth"], ["early"], ["lately"], ["beginning"], ["unique"], ["nowhere"], ["everywhere", "tenth"],
            ["early", "tenth"], ["early", "lately"], ["everywhere", "unique"],
        ] {
            for range in ranges {
                for order in SearchOrder.allCases {
                    let all = keyed.filter { $0.words.isSuperset(of: words) && $0.key > range.after && $0.key < range.before }
                        .map(\.key).sorted(by: order == .newest ? (>) : (<))
                    for limit in [1, 21, 300, 2000] {
                        let found: [Int64] = try await city.read { conn in
                            let index = try RecordMemory().textIndex(conn)
                            let keys = index.keys(SearchWords(whole: words), range, order, limit: limit)
                            return try conn.rows(keys).map { try $0[0] as Int64 }
                        }
                        #expect(Set(found).count == found.count)
                        #expect(
                            Array(found.sorted(by: order == .newest ? (>) : (<)).prefix(limit)) == Array(all.prefix(limit)),
                            "\(words) \(range) \(order) \(limit)")
                    }
                }
            }
        }
    }

    @Test("J1 While older entries have no words for their days they are found all the same")
    func withoutBands() async throws {
        let city = try await TestCity.make()
        try await city.manyCases(40)
        // As a program left them that did not know of days, and whose entries were not made anew yet.
        let fewer = try await city.write { change -> Int in
            try change.conn.run("UPDATE backfill SET finished_at = NULL")
            let words: [(Int64, String)] = try change.conn.rows("SELECT id, words FROM public_entry").map {
                (try $0["id"], try $0["words"])
            }
            for (id, text) in words {
                let old = text.split(separator: " ").filter { $0.wholeMatch(of: /d[0-9]+_[0-9]+/) == nil }.joined(separator: " ")
                try PublicIndexSQL.removeText(text, of: id, change.conn)
                try change.conn.run("UPDATE public_entry SET words = \(old) WHERE id = \(id)")
                try PublicIndexSQL.addText([(id, old)], change.conn)
            }
            return words.count
        }
        #expect(fewer == 40)
        #expect(try await city.found(RecordQuery(text: "panel")).total == 40)
        #expect(
            try await city.numbers(RecordQuery(text: "panel", from: CivilDate(year: 2015, month: 2, day: 9))) == [
                "ELE2015-00040", "ELE2015-00039",
            ])
        #expect(try await city.numbers(RecordQuery(kind: .permit, status: city.context.pack.status("issued"))).count == 20)
        let meant = try await city.read { conn in
            try DidYouMean(RecordQuery(text: "panle")).suggestions(isThere: false, conn).map(\.text)
        }
        #expect(meant == ["panel"])
    }
}
