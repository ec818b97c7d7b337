import Accounts
import Cases
import CityPack
import Core
import Database
import Import
import Primitives
import TestSupport
import Testing

@Suite("The demo city")
struct DemoCityTests {
    private func demo(_ cases: Int, seed: UInt64 = 7) async throws -> TestCity {
        let city = try await TestCity.make()
        try await DemoCity(city: city.context, hasher: city.hasher).make(cases: cases, seed: seed)
        return city
    }

    private func people(_ city: TestCity) async throws -> [String] {
        try await city.read { conn in
            try conn.rows("SELECT company_name, first_name, last_name FROM contact ORDER BY id").map { row in
                "\(try row["company_name"] as String)|\(try row["first_name"] as String)|\(try row["last_name"] as String)"
            }
        }
    }

    private func rows(_ city: TestCity) async throws -> [String] {
        try await city.read { conn in
            try conn.rows("SELECT number, status, description, applied FROM case_record ORDER BY id").map { row in
                row.all.map { "\($0.value)" }.joined(separator: "|")
            }
        }
    }

    @Test("The same seed makes the same numbers, names and accounts; another seed another city")
    func deterministic() async throws {
        let (one, two, other) = (try await demo(120), try await demo(120), try await demo(120, seed: 8))
        #expect(try await rows(one) == rows(two))
        #expect(try await people(one) == people(two))
        #expect(try await DemoCity.accounts(city: one.context) == DemoCity.accounts(city: two.context))
        #expect(try await people(one) != people(other))
    }

    @Test(
        "It has as many cases as asked for, of every type and status, old ones still active, parents, drafts, confidential ones")
    func everything() async throws {
        let city = try await demo(200)
        let pack = city.context.pack
        #expect(try await city.count("SELECT COUNT(*) FROM case_record") == 200)
        #expect(try await city.count("SELECT COUNT(DISTINCT type) FROM case_record") == pack.caseTypes.count)
        #expect(try await city.count("SELECT COUNT(DISTINCT status) FROM case_record") == pack.statuses.count)
        #expect(try await city.count("SELECT COUNT(*) FROM case_record WHERE parent_id IS NOT NULL") > 5)
        #expect(try await city.count("SELECT COUNT(*) FROM case_record WHERE submitted = 0") >= 2)
        #expect(try await city.count("SELECT COUNT(*) FROM case_record WHERE confidential = 1") >= 1)
        #expect(try await city.count("SELECT COUNT(*) FROM case_record WHERE contractor_state <> ''") > 3)
        let cutOver = pack.city.cutOver
        #expect(try await city.count("SELECT COUNT(*) FROM case_record WHERE applied < \(cutOver) AND bucket = 'active'") >= 3)
        #expect(try await city.count("SELECT COUNT(*) FROM case_record WHERE applied > \(city.context.cityClock.today)") == 0)
        #expect(try await city.count("SELECT COUNT(*) FROM fact WHERE origin <> 'demo'") == 0)
        #expect(try await city.count("SELECT COUNT(*) FROM mail") == 0)
        #expect(try await city.count("SELECT COUNT(*) FROM contact_email WHERE folded NOT LIKE '%.example'") == 0)
        #expect(try await city.count("SELECT COUNT(*) FROM contact_email WHERE shared_mailbox = 1") > 5)
        #expect(try await city.count("SELECT COUNT(DISTINCT role) FROM membership") == 3)
    }

    @Test("It has what goes wrong in real records")
    func traps() async throws {
        let city = try await demo(200)
        func count(_ sql: SQL) async throws -> Int { try await city.count(sql) }
        // One person as three clerks typed them, two of them with one email; both are persons.
        #expect(
            try await count(
                """
                SELECT COUNT(*) FROM (
                    SELECT e.folded FROM contact_email e JOIN contact c ON c.id = e.contact_id
                    WHERE c.kind = 'person' AND e.shared_mailbox = 0 AND e.until IS NULL GROUP BY e.folded HAVING COUNT(*) > 1) d
                """) >= 1)
        #expect(
            try await count(
                """
                SELECT COUNT(*) FROM (
                    SELECT folded FROM contact_email WHERE shared_mailbox = 1 GROUP BY folded HAVING COUNT(*) > 2) d
                """) >= 1, "one mailbox on a company and two of its people")
        #expect(
            try await count(
                """
                SELECT COUNT(*) FROM (
                    SELECT l.account_id FROM contact_link l JOIN contact c ON c.id = l.contact_id
                    WHERE c.kind = 'person' AND l.until IS NULL GROUP BY l.account_id HAVING COUNT(*) > 1) d
                """) >= 1, "somebody with two records")
        #expect(
            try await count(
                """
                SELECT COUNT(*) FROM contact c WHERE c.kind = 'company'
                AND NOT EXISTS (SELECT 1 FROM contact p WHERE p.parent_id = c.id)
                AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.organization_id = c.id)
                """) >= 1, "a company without people")
        #expect(
            try await count(
                "SELECT COUNT(*) FROM contact c JOIN case_grant g ON g.contact_id = c.id WHERE c.until IS NOT NULL") >= 1,
            "a record that ended and stands on a case")
        #expect(try await count("SELECT COUNT(*) FROM contact WHERE LENGTH(company_name) > 80 OR LENGTH(last_name) > 40") >= 2)
        #expect(try await count("SELECT COUNT(*) FROM contact WHERE last_name LIKE 'O''%'") >= 1)
        #expect(try await count("SELECT COUNT(*) FROM case_record WHERE description LIKE '%הכניסה%'") >= 1)
        #expect(try await count("SELECT COUNT(*) FROM parcel WHERE number LIKE '%E+%'") == 0, "a ruined number is no parcel")
        #expect(
            try await count("SELECT COUNT(*) FROM case_record WHERE work_class LIKE '%sub-permit' AND parent_id IS NULL") >= 1,
            "a sub-permit whose parent did not come over")
    }

    @Test("A city of no cases has its people; one of a single case has what everybody needs")
    func sizes() async throws {
        let none = try await demo(0)
        #expect(try await none.count("SELECT COUNT(*) FROM case_record") == 0)
        #expect(try await DemoCity.accounts(city: none.context).count > 10)
        let one = try await demo(1)
        #expect(try await one.count("SELECT COUNT(*) FROM case_record") >= one.context.pack.caseTypes.count)
    }

    @Test("Everybody a person may sign in as is on the list, with a password that works and their own cases")
    func accounts() async throws {
        let city = try await demo(120)
        let list = try await DemoCity.accounts(city: city.context)
        let roles = Set(list.map(\.role))
        #expect(
            roles.isSuperset(of: [
                "unregistered company", "unregistered person", "homeowner", "applicant", "company owner", "company manager",
                "company member", "contact steward", "intake", "supervisor", "administrator", "confidential case",
            ]))
        for role in StaffRole.allCases { #expect(roles.contains(role.rawValue.split(separator: "-").joined(separator: " "))) }
        for account in list where account.password != nil {
            #expect((account.password ?? "").count >= 15)
            let email = try #require(FoldedEmail(account.email))
            let found = try await city.read { try Account.find(email: email, $0) }
            #expect(found?.name == account.name)
        }
        for role in ["homeowner", "applicant", "company owner", "company member"] {
            let entry = try #require(list.first { $0.role == role })
            let email = try #require(FoldedEmail(entry.email))
            let id = try #require(try await city.read { try Account.find(email: email, $0) }).id
            #expect(!entry.cases.isEmpty)
            #expect(try await own(id, city).isSuperset(of: entry.cases))
        }
    }

    @Test("Only the homeowner of the two is findable, by a last name that nobody else has (B5)")
    func findable() async throws {
        let city = try await demo(120)
        #expect(try await city.count("SELECT COUNT(*) FROM contact WHERE last_name = 'Martínez' AND findable = 1") == 1)
        #expect(try await city.count("SELECT COUNT(*) FROM contact WHERE last_name = 'Martínez'") == 1)
        #expect(try await city.count("SELECT COUNT(*) FROM contact WHERE last_name = 'Abernathy' AND findable = 0") == 1)
    }

    @Test("The unregistered company and person find their cases when they register (C1)")
    func unregistered() async throws {
        let city = try await demo(120)
        let list = try await DemoCity.accounts(city: city.context)
        for role in ["unregistered company", "unregistered person"] {
            let entry = try #require(list.first { $0.role == role })
            let email = try #require(FoldedEmail(entry.email))
            #expect(entry.password == nil)
            #expect(try await city.count("SELECT COUNT(*) FROM contact_email WHERE folded = \(email)") == 1)
            let account = try await city.account("Jordan", "Avery", email: entry.email)
            #expect(try await own(account, city).isSuperset(of: entry.cases))
            #expect(entry.cases.count >= 2)
        }
        let acting = try await city.count(
            """
            SELECT COUNT(*) FROM case_grant g JOIN case_record c ON c.id = g.case_id JOIN contact k ON k.id = g.contact_id
            WHERE k.company_name = 'Front Range Electric LLC' AND g.contact_type = 'contractor-electrical' AND g.may_act = 1
              AND c.type = 'electrical' AND c.bucket = 'active'
            """)
        #expect(acting >= 3)
        #expect(try #require(list.first { $0.role == "unregistered company" }).cases.count >= 8)
    }

    @Test("The confidential case is one that the public does not see")
    func confidential() async throws {
        let city = try await demo(60)
        let number = try #require(
            try await DemoCity.accounts(city: city.context).first { $0.role == "confidential case" }?.number)
        let visible = city.context.access.visible("case.view", to: .guest, alias: "c")
        #expect(try await city.count("SELECT COUNT(*) FROM case_record WHERE number = \(number) AND confidential = 1") == 1)
        #expect(try await city.count("SELECT COUNT(*) FROM case_record c WHERE c.number = \(number) AND \(visible)") == 0)
    }

    @Test("A second demo city in the same database is refused")
    func twice() async throws {
        let city = try await demo(20)
        await #expect(throws: ImportProblem.self) {
            try await DemoCity(city: city.context, hasher: city.hasher).make(cases: 20, seed: 1)
        }
    }

    private func own(_ account: AccountID, _ city: TestCity) async throws -> Set<String> {
        let mine = city.context.access.visible("case.party-view", to: .account(account, actingFor: nil), alias: "c")
        return try await city.read { conn in
            Set(try conn.rows("SELECT c.number FROM case_record c WHERE \(mine)").map { try $0["number"] as String })
        }
    }
}
