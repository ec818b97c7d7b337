import Core
import Database
import Foundation
import Import
import TestSupport
import Testing

/// New rows are written together; the careful way is what that must equal.
@Suite struct BulkTests {
    @Test func `rows written together are the rows written one by one, facts and search index too`() async throws {
        let folder = try Export().folder
        try DirtyExport(contacts: 300, seed: 11).write(to: folder)
        let (together, single) = (try await TestCity.make(), try await TestCity.make())
        let one = try await ImportRunner(city: together.context).run(.legacy, path: folder, rehearse: false)
        let other = try await ImportRunner(city: single.context).run(.legacy, path: folder, rehearse: false, inBulk: false)
        #expect(one.json == other.json)
        let (mine, theirs) = (try await together.rows(), try await single.rows())
        for (table, rows) in theirs {
            #expect(mine[table]?.count == rows.count, "\(table)")
            let different = zip(mine[table] ?? [], rows).filter { $0 != $1 }
            #expect(different.isEmpty, "\(table): \(different.prefix(2))")
        }
    }

    @Test func `people and cases read side by side are taken as those read one after the other`() async throws {
        let folder = try Export().folder
        try DirtyExport(contacts: 300, seed: 12).write(to: folder)
        let (beside, after) = (try await TestCity.make(), try await TestCity.make())
        let one = try await ImportRunner(city: beside.context).run(.legacy, path: folder, rehearse: false, sideBySideFrom: 0)
        let other = try await ImportRunner(city: after.context).run(.legacy, path: folder, rehearse: false)
        #expect(one.json == other.json)
        // Keys differ where two batches clashed and one was written again.
        let (mine, theirs) = (try await beside.rows(), try await after.rows())
        #expect(mine.mapValues(\.count) == theirs.mapValues(\.count))
        let audit = try await beside.read { conn in try Audit.verify(conn) }
        #expect(audit.problem == nil)
        let again = try await ImportRunner(city: beside.context).run(.legacy, path: folder, rehearse: false, sideBySideFrom: 0)
        let taken = again.json["files"]?.object?.values.compactMap { $0["imported"]?.integer } ?? []
        #expect(!taken.isEmpty && taken.allSatisfy { $0 == 0 })
    }

    @Test func `what stops one half of an import stops the other`() async throws {
        let folder = try Export().folder
        try DirtyExport(contacts: 300, seed: 13).write(to: folder)
        try Data("number\nELE2015-00001\n".utf8).write(to: URL(filePath: "\(folder)/cases.csv"))
        let city = try await TestCity.make()
        await #expect(throws: ImportProblem.self) {
            try await ImportRunner(city: city.context).run(.legacy, path: folder, rehearse: false, sideBySideFrom: 0)
        }
    }

    @Test func `K3 chains written together verify`() async throws {
        let folder = try Export().folder
        try DirtyExport(contacts: 120, seed: 5).write(to: folder)
        let city = try await TestCity.make()
        _ = try await city.imports(.legacy, folder)
        let report = try await city.read { conn in try Audit.verify(conn) }
        #expect(report.problem == nil && report.facts > 200)
    }
}

extension TestCity {
    /// Every row of every table, without keys that only count and without outside names.
    fileprivate func rows() async throws -> [String: [String]] {
        let queries: [(String, SQL)] = [
            ("contact", "SELECT c.*, '' AS public_id FROM contact c ORDER BY legacy_id"),
            ("contact_cluster", "SELECT * FROM contact_cluster ORDER BY contact_id"),
            ("contact_email", "SELECT * FROM contact_email ORDER BY contact_id, folded"),
            ("contact_phone", "SELECT * FROM contact_phone ORDER BY contact_id, kind"),
            ("contact_address", "SELECT * FROM contact_address ORDER BY contact_id"),
            ("findable_word", "SELECT * FROM findable_word ORDER BY contact_id, word"),
            ("legacy_portal_user", "SELECT * FROM legacy_portal_user ORDER BY user_id"),
            ("case_record", "SELECT c.*, '' AS public_id FROM case_record c ORDER BY number"),
            (
                "case_location",
                "SELECT l.*, a.folded FROM case_location l LEFT JOIN address a ON a.id = l.address_id ORDER BY l.case_id"
            ),
            ("case_grant", "SELECT * FROM case_grant ORDER BY case_id, contact_id, contact_type"),
            ("case_attention", "SELECT * FROM case_attention ORDER BY case_id, reason"),
            ("case_number", "SELECT * FROM case_number ORDER BY prefix, year"),
            ("address", "SELECT * FROM address ORDER BY folded"),
            ("parcel", "SELECT * FROM parcel ORDER BY number"),
            ("invoice", "SELECT * FROM invoice ORDER BY number"),
            ("inspection", "SELECT * FROM inspection ORDER BY number"),
            ("public_entry", "SELECT * FROM public_entry ORDER BY number"),
            ("import_row", "SELECT * FROM import_row ORDER BY format, file, key"),
            ("fact", "SELECT * FROM fact ORDER BY subject, sequence"),
            (
                "fact_reference",
                "SELECT r.*, f.subject AS about, f.sequence FROM fact_reference r JOIN fact f ON f.id = r.fact_id ORDER BY f.subject, f.sequence, r.subject"
            ),
            ("fact_head", "SELECT * FROM fact_head ORDER BY subject"),
        ]
        let counters: Set<String> = ["public_id", "fact_id"]
        let keyed: Set<String> = ["contact", "case_record"]
        return try await read { conn in
            var found: [String: [String]] = [:]
            for (table, query) in queries {
                found[table] = try conn.rows(query).map { row in
                    row.all.filter { !counters.contains($0.name) && ($0.name != "id" || keyed.contains(table)) }
                        .map { "\($0.name)=\($0.value)" }.joined(separator: "|")
                }
            }
            return found
        }
    }
}
