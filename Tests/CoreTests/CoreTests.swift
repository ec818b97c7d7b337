import Core
import Database
import HTML
import Portal
import Primitives
import TestSupport
import Testing
import Web

@Suite struct AuditTests {
    private func cityWithFacts() async throws -> TestCity {
        let city = try await TestCity.make()
        let contact = try await city.person("Ada", "Lindqvist")
        let id = try await city.aCase()
        try await city.grant(contact, on: id)
        return city
    }

    private func problem(_ city: TestCity) async throws -> String? { try await city.read { try Audit.verify($0).problem } }

    @Test func `K3 untouched chains fit`() async throws {
        let city = try await cityWithFacts()
        let report = try await city.read { try Audit.verify($0) }
        #expect(report.problem == nil)
        #expect(report.facts >= 3 && report.chains >= 2)
    }

    @Test(arguments: [
        "UPDATE fact SET actor = 'somebody else' WHERE id = (SELECT MAX(id) FROM fact)",
        "UPDATE fact SET at = at + 1 WHERE id = 1",
        "UPDATE fact SET body = body || ' ' WHERE id = 1",
        "UPDATE fact SET body = NULL WHERE id = 2",
        "UPDATE fact_head SET sequence = sequence + 1 WHERE subject LIKE 'case:%'",
        "DELETE FROM fact_head WHERE subject LIKE 'case:%'",
    ])
    func `K3 a changed entry is named`(tampering: String) async throws {
        let city = try await cityWithFacts()
        try await city.context.db.write { conn in _ = try conn.run("\(raw: tampering)") }
        let erased = tampering.contains("body = NULL")
        // Lawful disposal erases a payload and the chain still verifies; everything else shows.
        #expect((try await problem(city) == nil) == erased)
    }

    @Test func `K3 a missing tail shows against the head`() async throws {
        let city = try await cityWithFacts()
        try await city.context.db.write { conn in
            let last: Int64? = try conn.value("SELECT id FROM fact WHERE subject LIKE 'case:%' ORDER BY sequence DESC LIMIT 1")
            try conn.run("DELETE FROM fact_reference WHERE fact_id = \(last)")
            try conn.run("DELETE FROM fact WHERE id = \(last)")
        }
        #expect(try await problem(city)?.contains("missing") == true)
    }
}

/// Facts of the first versions are told as they were.
@Suite struct FactBodyTests {
    @Test func `K3 what facts said in a row beside them is still told, and what was disposed of is not`() async throws {
        let steps = Composition(isDemo: true).migrations.filter { $0.name.hasPrefix("core.") }
        let start = Instant(seconds: 0)
        let db = try await TestDatabase.current.make()
        try await db.migrate(steps.filter { $0.name != "core.10-fact-body" }, at: start)
        try await db.write { conn in
            for number in 1...3 {
                let id = try conn.insert(
                    """
                    INSERT INTO fact (subject, sequence, at, actor, kind, origin, payload_hash, previous_hash, hash)
                    VALUES ('case:1', \(number), 0, 'system', 'case.created', 'live', '', '', '') RETURNING id
                    """)
                guard number != 2 else { continue }
                try conn.run("INSERT INTO fact_payload (fact_id, body) VALUES (\(id), \(#"{"arguments":{"n":\#(number)}}"#))")
            }
        }
        try await db.migrate(steps, at: start)
        let facts = try await db.read { conn in try FactLog.timeline(of: Subject(.case, 1), limit: 10, conn) }
        #expect(facts.sorted { $0.sequence < $1.sequence }.map { $0.number("n") } == [1, nil, 3])
    }
}

@Suite struct PackStoreTests {
    @Test func `a pack is stored under its content and read back the same`() async throws {
        let city = try await TestCity.make()
        let pack = try await city.read { try PackStore.pack(TestCity.pack.hash, $0) }
        #expect(pack?.hash == TestCity.pack.hash)
        #expect(pack?.caseTypes.count == TestCity.pack.caseTypes.count)
    }

    @Test func `exactly one version is live`() async throws {
        let city = try await TestCity.make()
        let again = try await city.write { try PackStore.publish(TestCity.pack, why: "", $0) }
        #expect(!again)
        #expect(
            try await city.read { try $0.value("SELECT COUNT(*) FROM city_pack_live WHERE until IS NULL", as: Int.self) } == 1)
    }
}

@Suite struct LimitTests {
    @Test func `a limit counts per name and opens again after its window`() async throws {
        let city = try await TestCity.make()
        func take(_ who: String) async throws -> Bool {
            try await city.write { try Limit.signInPerAccount.take(who, at: $0.now, $0.conn) }
        }
        for _ in 0..<10 { #expect(try await take("a")) }
        #expect(try await !take("a"))
        #expect(try await take("b"))
        city.clock.advance(.minutes(16))
        #expect(try await take("a"))
    }
}

@Suite struct AccessTests {
    @Test func `K2 nothing is allowed that no rule names`() async throws {
        let city = try await TestCity.make()
        let id = try await city.aCase()
        let principals: [Principal] = [
            .guest, .account(AccountID(1), actingFor: nil), .staff(AccountID(1), roles: Set(StaffRole.allCases)),
        ]
        for principal in principals {
            let may = try await city.read { try city.context.access.may("case.no-such-action", principal, on: id.value, $0) }
            #expect(!may)
        }
    }

    @Test func `every route names who may come, and every changing one is a form`() {
        for route in TestCity.routes {
            if route.template.hasPrefix("/staff"), !route.template.hasPrefix("/staff/sign-in") {
                guard case .staff = route.access else { Issue.record("\(route.template) is open"); continue }
            }
        }
        #expect(TestCity.routes.count > 20)
    }
}
