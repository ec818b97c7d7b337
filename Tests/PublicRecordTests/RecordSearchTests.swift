import Cases
import CityPack
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import PublicRecord

/// What a search finds, and in which order (J1).
struct RecordSearchTests {
    @Test("J1 Without any query the newest records come first")
    func newest() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2019-00001", applied: CivilDate(year: 2019, month: 5, day: 2))
        try await city.aCase(number: "ELE2021-00001", applied: CivilDate(year: 2021, month: 5, day: 2))
        try await city.aCase(number: "ELE2020-00001", applied: CivilDate(year: 2020, month: 5, day: 2))
        try await city.aCase(number: "ELE2000-00001", applied: nil)
        #expect(try await city.numbers() == ["ELE2021-00001", "ELE2020-00001", "ELE2019-00001", "ELE2000-00001"])
    }

    @Test(
        "J1 An exact number finds its case alone, however it is written",
        arguments: ["ELE2021-00408", "ele2021-00408", "ELE 2021 00408", "ele202100408", " ELE2021–00408 "])
    func number(typed: String) async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00408")
        try await city.aCase(number: "ELE2021-00409", description: "Same house as ELE2021-00408")
        #expect(try await city.numbers(typed) == ["ELE2021-00408"])
    }

    @Test("J1 The beginning of a number finds the cases that begin so")
    func beginningOfNumber() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00408")
        try await city.aCase(number: "ELE2022-00001")
        #expect(try await city.numbers("ELE2021") == ["ELE2021-00408"])
        #expect(try await city.numbers("ele2021-004") == ["ELE2021-00408"])
    }

    @Test(
        "J1 An address is found as the city writes it and as people do",
        arguments: [
            "1195 Bear Mountain Dr", "1195 bear mountain drive", "1195 bear", "bear mountain",
            "1195 Bear Mountain Dr, Boulder, CO 80305",
            "1195 bear mountain driv",
        ])
    func address(typed: String) async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00001", street: "1195 Bear Mountain Dr")
        try await city.aCase(number: "ELE2021-00002", street: "1196 Table Mesa Dr")
        #expect(try await city.numbers(typed) == ["ELE2021-00001"])
    }

    @Test("J1 Every word must be there; the last one may be half typed; accents and capitals do not matter")
    func words() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00001", description: "Café: replace the electrical panel")
        try await city.aCase(number: "ELE2021-00002", description: "Replace the water heater")
        #expect(try await city.numbers("REPLACE cafe") == ["ELE2021-00001"])
        #expect(try await city.numbers("replace elec") == ["ELE2021-00001"])
        #expect(try await city.numbers("repl electrical") == [])
        #expect(try await city.numbers("replace") == ["ELE2021-00002", "ELE2021-00001"])
        #expect(try await city.numbers("café") == ["ELE2021-00001"])
    }

    @Test(
        "L2 Nothing typed is read as a command",
        arguments: [
            "'; DROP TABLE public_entry; --", "\"unbalanced", "* OR *", "NOT panel", "words:panel", "panel NEAR(x)", "^panel",
            "a AND",
            "s_issued", "k_permit", "***", "(", "\u{0}", "panel*", "💡",
        ])
    func strange(typed: String) async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00001", status: "issued")
        let found = try await city.found(RecordQuery(text: typed))
        #expect(found.total == (typed == "panel*" || typed == "^panel" ? 1 : 0))
        #expect(try await city.numbers() == ["ELE2021-00001"])
    }

    @Test("J1 Each filter narrows by itself, with the others, and with words")
    func filters() async throws {
        let city = try await TestCity.make()
        let pack = city.context.pack
        let electrical = try #require(pack.caseType(importName: "Electrical Permit"))
        let other = try #require(pack.caseTypes.first { $0.module == .permit && $0.key != electrical.key })
        let plan = try #require(pack.caseTypes.first { $0.module == .plan })
        let day = CivilDate(year: 2021, month: 3, day: 19)
        try await city.aCase(number: "A2021-1", type: electrical.key, status: "issued", description: "solar", applied: day)
        try await city.aCase(
            number: "A2021-2", type: electrical.key, status: "closed", description: "solar", applied: day.adding(days: 1))
        try await city.aCase(
            number: "A2021-3", type: other.key, status: "issued", description: "solar", applied: day.adding(days: 2))
        try await city.aCase(
            number: "A2021-4", type: plan.key, status: "issued", description: "garage", applied: day.adding(days: 3))
        try await city.aCase(number: "A2021-5", type: electrical.key, status: "issued", description: "solar", applied: nil)
        let issued = pack.status("issued")

        #expect(try await city.numbers(RecordQuery(kind: .plan)) == ["A2021-4"])
        #expect(try await city.numbers(RecordQuery(type: electrical)) == ["A2021-2", "A2021-1", "A2021-5"])
        #expect(try await city.numbers(RecordQuery(status: issued)) == ["A2021-4", "A2021-3", "A2021-1", "A2021-5"])
        #expect(try await city.numbers(RecordQuery(from: day.adding(days: 1))) == ["A2021-4", "A2021-3", "A2021-2"])
        #expect(try await city.numbers(RecordQuery(to: day.adding(days: 1))) == ["A2021-2", "A2021-1"])
        #expect(try await city.numbers(RecordQuery(from: day, to: day)) == ["A2021-1"])
        #expect(try await city.numbers(RecordQuery(type: electrical, status: issued)) == ["A2021-1", "A2021-5"])
        #expect(try await city.numbers(RecordQuery(kind: .permit, status: issued)) == ["A2021-3", "A2021-1", "A2021-5"])
        #expect(try await city.numbers(RecordQuery(kind: .permit, type: electrical, status: issued)) == ["A2021-1", "A2021-5"])
        #expect(try await city.numbers(RecordQuery(kind: .plan, type: electrical)) == [])
        #expect(try await city.numbers(RecordQuery(text: "solar", status: issued)) == ["A2021-3", "A2021-1", "A2021-5"])
        #expect(try await city.numbers(RecordQuery(text: "solar", kind: .plan)) == [])
        #expect(try await city.numbers(RecordQuery(text: "solar", from: day, to: day.adding(days: 1))) == ["A2021-2", "A2021-1"])
        #expect(try await city.numbers(RecordQuery(text: "A2021-2", status: issued)) == [])
        #expect(try await city.numbers(RecordQuery(text: "A2021-2", type: electrical)) == ["A2021-2"])
        #expect(try await city.numbers(RecordQuery(text: "1195 bear mountain dr", kind: .plan)) == ["A2021-4"])
        #expect(try await city.numbers(RecordQuery(text: "1195 bear mountain dr", from: day.adding(days: 3))) == ["A2021-4"])
    }

    @Test("J1 A long list is paged without a gap or a repeat, and its total is counted up to 1,000")
    func paging() async throws {
        let city = try await TestCity.make()
        try await city.manyCases(1000, description: "Panel upgrade")
        let exactly = try await city.found(RecordQuery())
        #expect(exactly.total == 1000 && !exactly.isCapped)
        try await city.aCase(number: "ELE2026-00001", applied: CivilDate(year: 2026, month: 1, day: 1))

        for query in [
            RecordQuery(), RecordQuery(text: "panel"), RecordQuery(kind: .permit), RecordQuery(text: "pan", kind: .permit),
        ] {
            var seen: [String] = []
            for page in 1...RecordSearch.lastPage {
                let found = try await city.found(query, page: page)
                #expect(found.total == 1000 && found.isCapped)
                #expect(found.entries.count == 20)
                seen += found.entries.map(\.number)
            }
            #expect(Set(seen).count == 1000)
            #expect(seen.first == "ELE2026-00001")
            #expect(seen.last == "ELE2015-00002")
        }
    }
}
