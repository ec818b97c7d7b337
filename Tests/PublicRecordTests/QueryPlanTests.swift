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
                let steps = try await city.read { conn in
                    let search = RecordSearch(asked)
                    let plan = try search.plan(conn)
                    let range = KeyRange(from: asked.from, to: asked.to)
                    let slice = Slice(limit: 20, offset: 980)
                    let statements = [
                        plan.list(slice, counted: 1001, range, conn.dialect), plan.count(1001, range, conn.dialect),
                    ]
                    return try statements.flatMap { try explained($0, conn) }
                }
                for step in steps {
                    #expect(!step.contains("TEMP B-TREE"), "\(text) \(asked): \(step)")
                    #expect(!step.hasPrefix("SCAN e") && !step.contains("SCAN public_entry "), "\(text) \(asked): \(step)")
                    if step.hasPrefix("SEARCH e") { #expect(step.contains("INDEX ") || step.contains("PRIMARY KEY"), "\(step)") }
                    if step.hasPrefix("SCAN public_entry_text") { #expect(step.contains("VIRTUAL TABLE INDEX"), "\(step)") }
                }
                #expect(steps.contains { $0.contains("USING") }, "\(text) \(asked): \(steps)")
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
        let steps = try await city.read { conn in
            try explained(plan.list(Slice(limit: 20, offset: 0), counted: 1001, KeyRange(from: nil, to: nil), conn.dialect), conn)
        }
        #expect(steps.count == 1)
        #expect(steps[0].contains("USING INDEX \(index)"))
    }

    @Test("P9 Keeping the index up reads by keys only")
    func refresh() async throws {
        let city = try await TestCity.make()
        let index = PublicIndex(city.context)
        let steps = try await city.read { conn in try explained(index.source(CaseID(1)), conn) }
        #expect(!steps.contains { $0.hasPrefix("SCAN") })
    }
}

private func explained(_ sql: SQL, _ conn: Connection) throws -> [String] {
    try conn.rows("EXPLAIN QUERY PLAN \(sql)").map { try $0["detail"] }
}
