import Cases
import CityPack
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import PublicRecord

/// No list of the public record looks at more rows than it shows (J1, bench P1, P2).
struct QueryPlanTests {
    @Test("P2 Every search is served newest first by an index, for each filter alone and with words")
    func indexed() async throws {
        let city = try await TestCity.make()
        let pack = city.context.pack
        try await city.aCase(number: "ELE2021-00408")
        let electrical = try #require(pack.caseType(importName: "Electrical Permit"))
        let issued = try #require(pack.status("issued"))
        let day = CivilDate(year: 2021, month: 3, day: 19)
        let filters = [
            RecordQuery(), RecordQuery(kind: .permit), RecordQuery(type: electrical), RecordQuery(status: issued),
            RecordQuery(from: day), RecordQuery(to: day), RecordQuery(from: day, to: day),
            RecordQuery(kind: .permit, status: issued),
            RecordQuery(kind: .permit, type: electrical, status: issued, from: day, to: day),
        ]
        let texts = ["", "panel", "panel upgra", "ELE2021-00408", "1195 Bear Mountain Dr", "1195 bear"]
        for text in texts {
            for var query in filters {
                query.text = text
                let asked = query
                let plans = try await city.read { conn in
                    // As the page does.
                    try conn.keepPlans()
                    let plan = try RecordSearch(asked).plan(conn)
                    let range = KeyRange(from: asked.from, to: asked.to)
                    let slice = Slice(limit: 20, offset: 980)
                    return try [
                        plan.list(slice, counted: 1001, range, .newest),
                        plan.count(1001, range, .newest),
                    ].map {
                        try QueryPlan($0, conn)
                    }
                }
                for plan in plans {
                    #expect(plan.whole("public_entry", as: "e").isEmpty, "\(text) \(asked): \(plan)")
                    #expect(plan.whole("public_entry", as: "public_entry").isEmpty, "\(text) \(asked): \(plan)")
                    guard TestDatabase.current == .sqlite else { continue }
                    // SQLite's text index gives its rows in order; PostgreSQL's gives a set that is sorted.
                    #expect(!plan.sorts, "\(text) \(asked): \(plan)")
                    for step in plan.steps where step.hasPrefix("SCAN public_entry_text") {
                        #expect(step.contains("VIRTUAL TABLE INDEX"), "\(step)")
                    }
                }
                #expect(plans.contains { $0.steps.contains { $0.contains("USING") || $0.contains("Index") } }, "\(text) \(asked)")
            }
        }
    }

    @Test(
        "P2 Each single filter has an index of its own that is already in order",
        arguments: [
            ("module", "public_entry_module"), ("type", "public_entry_type"), ("status", "public_entry_status"),
            ("number_folded", "public_entry_number"), ("street_folded", "public_entry_street"),
        ])
    func ownIndex(column: String, index: String) async throws {
        let city = try await TestCity.make()
        let plan = RecordSearch.Plan.columns("e.\(raw: column) = \("x")")
        let explained = try await city.read { conn in
            let range = KeyRange(from: nil, to: nil)
            return try QueryPlan(plan.list(Slice(limit: 20, offset: 0), counted: 1001, range, .newest), conn)
        }
        #expect(explained.uses(index: index), "\(explained)")
        #expect(!explained.sorts, "\(explained)")
    }

    @Test("J1 J2 Places, the site map, and searches of one's own are found by an index, in its order")
    func otherLists() async throws {
        let city = try await TestCity.make()
        let lists: [(SQL, index: String)] = [
            (PlaceRecords.list("e.street_folded = \("1195 bear mountain dr")"), "public_entry_street"),
            (PlaceRecords.list(PlaceRecords.on(parcel: "157700000001")), "public_entry_parcel"),
            (SiteMap.cases(0), "case_id"),
        ]
        for (list, index) in lists {
            let plan = try await city.read { conn in try QueryPlan(list, conn) }
            #expect(
                plan.whole("public_entry", as: "e").isEmpty && plan.whole("public_entry", as: "public_entry").isEmpty, "\(plan)")
            #expect(plan.description.contains(index), "\(plan)")
            #expect(!plan.sorts, "\(plan)")
        }
        let own = try await city.read { conn in try QueryPlan(SavedSearch.list(of: AccountID(1)), conn) }
        #expect(own.uses(index: "saved_search_live"), "\(own)")
    }

    @Test("P1 The packed record is read by its keys", arguments: SearchOrder.allCases)
    func packed(order: SearchOrder) async throws {
        let city = try await TestCity.make()
        let statements = [
            PackedSQL.packs((0, 300), edges: (0, 300), order, atMost: 8, orChanges: 501),
            PackedSQL.words(["kitchen", "s_issued"], of: [298, 297]), PackedSQL.words(ofEntries: [1, 2], .all),
            PackedSQL.packed(["kitchen", "kitchne"]),
            PackedSQL.entries([1, 2], order),
            PackedSQL.keys(["kitchen", "b_80"], in: [298, 297], .all, TestDatabase.current == .sqlite ? .sqlite : .postgres),
        ]
        for statement in statements {
            let plan = try await city.read { conn in
                try conn.keepPlans()
                return try QueryPlan(statement, conn)
            }
            for (table, alias) in [
                ("public_pack", "public_pack"), ("public_pack_change", "public_pack_change"), ("public_pack_word", "w"),
                ("public_entry", "e"), ("public_entry", "t"),
            ] {
                #expect(plan.whole(table, as: alias).isEmpty, "\(plan)")
            }
        }
    }

    @Test("P9 Keeping the index up reads by keys only")
    func refresh() async throws {
        let city = try await TestCity.make()
        let index = PublicIndex(city.context)
        let plan = try await city.read { conn in try QueryPlan(index.source([1]), conn) }
        // The list of keys itself is read from its beginning to its end.
        let steps = plan.steps.filter { !$0.contains("json_each") }
        #expect(!steps.contains { $0.hasPrefix("SCAN") || $0.hasPrefix("Seq Scan") }, "\(plan)")
    }
}
