import Accounts
import Contacts
import Core
import Database
import Foundation
import Import
import Primitives
import TestSupport
import Testing

@Suite("A dirty export, to the row (K6, C1)")
struct DirtyExportTests {
    /// Larger by `GROUNDWORK_DIRTY_CONTACTS`, as `script/dirty` does.
    private static let contacts = ProcessInfo.processInfo.environment["GROUNDWORK_DIRTY_CONTACTS"].flatMap(Int.init) ?? 1000
    private static let folder = ProcessInfo.processInfo.environment["GROUNDWORK_DIRTY_FOLDER"]

    private func imported() async throws -> (TestCity, DirtyTruth, ImportReport, String) {
        let city = try await TestCity.make()
        let export = DirtyExport(contacts: Self.contacts)
        let folder = try Self.folder ?? Export().folder
        try export.write(to: folder)
        let before = try await city.everything()
        let rehearsal = try await city.imports(.legacy, folder, rehearse: true)
        #expect(try await city.everything() == before, "A rehearsal changed something")
        let report = try await city.imports(.legacy, folder)
        #expect(rehearsal.json == report.json)
        return (city, export.truth, report, folder)
    }

    @Test func `every row becomes what it must; a rehearsal says the same and changes nothing; a second run changes nothing`()
        async throws
    {
        let (city, truth, report, folder) = try await imported()
        #expect(truth.faults.count >= 30, "\(truth.faults.sorted())")
        for (file, fates) in truth.fates {
            let found = report.json["files"]?[file]
            #expect(found?["read"]?.integer == Int64(fates.count), "\(file)")
            let reasons = Dictionary(
                uniqueKeysWithValues: (found?["refused"]?.array ?? []).map {
                    ($0["row"]?.integer ?? 0, $0["reason"]?.string ?? "")
                })
            for (index, fate) in fates.enumerated() {
                let reason = reasons[Int64(index + 1)]
                switch fate {
                case .imported: #expect(reason == nil, "\(file) row \(index + 1): \(reason ?? "")")
                case .refused(let words):
                    #expect(reason?.contains(words) == true, "\(file) row \(index + 1): \(reason ?? "taken")")
                }
            }
            let repaired = Set(
                (found?["repaired"]?.array ?? []).map { "\($0["row"]?.integer ?? 0) \($0["field"]?.string ?? "")" })
            let expected = truth.repairs[file] ?? []
            #expect(repaired == expected, "\(file): \(repaired.symmetricDifference(expected).sorted().prefix(5))")
        }
        try await compareContacts(city, truth)
        try await compareCases(city, truth)

        let facts = try await city.count("SELECT COUNT(*) FROM fact")
        let again = try await city.imports(.legacy, folder)
        #expect(try await city.count("SELECT COUNT(*) FROM fact") == facts)
        for file in truth.fates.keys {
            #expect(again.totals(file)[1] == 0 && again.totals(file)[2] == 0, "\(file)")
        }
        #expect(try await city.count("SELECT COUNT(*) FROM mail") == 0, "An import writes to nobody")
    }

    @Test func `C1 every email, proven, leads where it must and nobody gets somebody else's record`() async throws {
        let (city, truth, _, _) = try await imported()
        let emails = truth.emails
        let claims = truth.claims(emails)
        for email in emails { try await city.account("Any", "Body", email: email) }
        let found = try await city.claims()
        var wrong: [String] = []
        for email in emails {
            let (is_, must) = (found[email] ?? .nothing, claims[email] ?? .nothing)
            if is_ != must { wrong.append("\(email): \(is_), must be \(must)") }
        }
        #expect(wrong.isEmpty, "\(wrong.count) of \(emails.count): \(wrong.prefix(5))")
        let links = try await city.links()
        let allowed = Set(
            claims.compactMap { email, claim -> String? in
                switch claim {
                case .link(let id), .firstOwner(let id): "\(email) \(id)"
                default: nil
                }
            })
        #expect(links.subtracting(allowed).isEmpty, "Wrong links: \(links.subtracting(allowed).sorted().prefix(5))")
        #expect(links.count == allowed.count)
    }

    private func compareContacts(_ city: TestCity, _ truth: DirtyTruth) async throws {
        let rows = try await city.read { conn in
            try conn.rows(
                """
                SELECT c.legacy_id, c.kind, c.company_name, c.first_name, c.last_name, c.created_at, c.until, c.parent_id,
                    (SELECT COUNT(*) FROM contact_phone p WHERE p.contact_id = c.id) AS phones,
                    (SELECT MAX(a.city) FROM contact_address a WHERE a.contact_id = c.id) AS city
                FROM contact c WHERE c.legacy_id IS NOT NULL
                """
            ).map { row in
                let (kind, until, parent): (String, Int64?, Int64?) = (try row["kind"], try row["until"], try row["parent_id"])
                let (company, first, last): (String, String, String) = (
                    try row["company_name"], try row["first_name"], try row["last_name"]
                )
                let (city, phones, id): (String?, Int, String) = (try row["city"], try row["phones"], try row["legacy_id"])
                return (
                    id,
                    "\(kind == "company")|\(until == nil)|\(parent != nil)|\(kind == "company" ? company : "\(first) \(last)")|\(phones)|\(city ?? "")"
                )
            }
        }
        let found = Dictionary(uniqueKeysWithValues: rows)
        #expect(found.count == truth.contacts.count)
        for (id, contact) in truth.contacts {
            #expect(
                found[id]
                    == "\(contact.isCompany)|\(contact.isActive)|\(contact.hasParent)|\(contact.name)|\(contact.phones)|\(contact.city)",
                "\(id)")
        }
        let emails = try await city.read { conn in
            Set(
                try conn.rows(
                    "SELECT c.legacy_id, e.folded FROM contact_email e JOIN contact c ON c.id = e.contact_id"
                ).map { "\(try $0["legacy_id"] as String) \(try $0["folded"] as String)" })
        }
        #expect(emails == Set(truth.contacts.flatMap { id, contact in contact.emails.map { "\(id) \($0)" } }))
    }

    private func compareCases(_ city: TestCity, _ truth: DirtyTruth) async throws {
        let rows = try await city.read { conn in
            try conn.rows(
                """
                SELECT c.number, c.applied, p.number AS parcel, m.number AS parent
                FROM case_record c LEFT JOIN case_location l ON l.case_id = c.id LEFT JOIN parcel p ON p.id = l.parcel_id
                LEFT JOIN case_record m ON m.id = c.parent_id
                """
            ).map { row in
                let (number, applied, parcel, parent): (String, String?, String?, String?) = (
                    try row["number"], try row["applied"], try row["parcel"], try row["parent"]
                )
                return (number, "\(applied ?? "")|\(parcel ?? "")|\(parent ?? "")")
            }
        }
        let found = Dictionary(uniqueKeysWithValues: rows)
        #expect(found.count == truth.cases.count)
        for (number, one) in truth.cases {
            #expect(
                found[number] == "\(one.applied?.description ?? "")|\(one.parcel ?? "")|\(one.parent ?? "")", "\(number)")
        }
        let parts = try await city.read { conn in
            Set(
                try conn.rows(
                    """
                    SELECT c.number, k.legacy_id, g.contact_type FROM case_grant g
                    JOIN case_record c ON c.id = g.case_id JOIN contact k ON k.id = g.contact_id WHERE g.until IS NULL
                    """
                ).map { "\(try $0["number"] as String)|\(try $0["legacy_id"] as String)|\(try $0["contact_type"] as String)" })
        }
        #expect(parts == truth.parts)
    }
}

extension TestCity {
    /// How C1 decided on each email.
    fileprivate func claims() async throws -> [String: DirtyTruth.Claim] {
        try await read { conn in
            var claims: [String: DirtyTruth.Claim] = [:]
            for row in try conn.rows(
                """
                SELECT e.folded, e.decision, c.legacy_id FROM email_claim e LEFT JOIN contact c ON c.id = e.contact_id
                """)
            {
                let (email, decision, id): (String, String, String?) = (
                    try row["folded"], try row["decision"], try row["legacy_id"]
                )
                switch ClaimDecision.Outcome.Name(rawValue: decision) {
                case .linkPerson: claims[email] = .link(id ?? "")
                case .firstOwner: claims[email] = .firstOwner(id ?? "")
                case .joinRequest: claims[email] = .joinRequest(id ?? "")
                case .undecided: claims[email] = .steward
                default: claims[email] = .nothing
                }
            }
            return claims
        }
    }

    /// Which email reaches which imported contact.
    fileprivate func links() async throws -> Set<String> {
        try await read { conn in
            Set(
                try conn.rows(
                    """
                    SELECT e.folded, c.legacy_id FROM contact_link l
                    JOIN contact c ON c.id = l.contact_id JOIN account_email e ON e.account_id = l.account_id
                    WHERE l.until IS NULL AND c.legacy_id IS NOT NULL
                    UNION SELECT e.folded, c.legacy_id FROM membership m
                    JOIN contact c ON c.id = m.organization_id JOIN account_email e ON e.account_id = m.account_id
                    WHERE m.until IS NULL AND c.legacy_id IS NOT NULL
                    """
                ).map { "\(try $0["folded"] as String) \(try $0["legacy_id"] as String)" })
        }
    }

    /// How many rows every table has.
    func everything() async throws -> [String] {
        try await read { conn in
            let tables: [String] =
                switch conn.dialect {
                case .sqlite:
                    try conn.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
                        .map { try $0["name"] }
                case .postgres:
                    try conn.rows(
                        "SELECT CAST(tablename AS text) AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
                    ).map { try $0["name"] }
                }
            // Names of tables, which no statement can bind.
            return try tables.map { "\($0) \(try conn.value("SELECT COUNT(*) FROM \(raw: $0)", as: Int.self) ?? 0)" }
        }
    }
}
