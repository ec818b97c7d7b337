import CityPack
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import Cases

/// The same rules decided three ways: SQL for one thing, SQL for lists, and a walk over rows in memory (`model.md` 3).
@Suite struct AccessAgreementTests {
    private static let actions: [Action] = [
        "case.public-view", "case.party-view", "case.view", "case.staff-view", "case.act", "case.request-inspection",
    ]
    private static let tables = ["case_record", "case_grant", "contact_link", "membership", "case_associate"]

    @Test("K2 On 500 random graphs of accounts, links, memberships, grants and staff, every decision agrees")
    func agreement() async throws {
        let city = try await TestCity.make()
        var dice = Chance(seed: 20_260_706)
        var decisions = (yes: 0, no: 0)
        try await RandomGraph.prepare(city)
        for _ in 0..<500 {
            let graph = RandomGraph(&dice)
            try await graph.store(in: city)
            let principals = graph.principals(&dice)
            let disagreements = try await city.read { conn in
                var disagreements: [String] = []
                var yes = 0
                let records = try Self.records(conn)
                let walk = AccessGraph(tables: records, roles: city.context.pack.roles)
                let cases = (records["case_record"] ?? []).compactMap { record -> Int64? in
                    if case .integer(let id)? = record["id"] { id } else { nil }
                }
                let access = city.context.access
                for principal in principals {
                    for action in Self.actions {
                        let visible = try Set(
                            conn.rows("SELECT c.id FROM case_record c WHERE \(access.visible(action, to: principal, alias: "c"))")
                                .map { row in try row["id"] as Int64 })
                        for id in cases {
                            let walked = walk.may(action, principal, on: id, rules: access.rules)
                            let decided = try access.may(action, principal, on: id, conn)
                            if walked { yes += 1 }
                            if walked != decided || walked != visible.contains(id) {
                                disagreements.append(
                                    "\(action) \(principal) case \(id): \(walked) \(decided) \(visible.contains(id))")
                            }
                        }
                    }
                }
                return (disagreements, yes, principals.count * Self.actions.count * cases.count)
            }
            #expect(disagreements.0 == [])
            decisions.yes += disagreements.1
            decisions.no += disagreements.2 - disagreements.1
        }
        // Graphs on which everything or nothing is allowed would show nothing.
        #expect(decisions.yes > 5_000 && decisions.no > 5_000, "\(decisions)")
    }

    @Test("B12 Whoever is a party sees at least what everybody sees, and only ended rows take access away")
    func partyContainsView() async throws {
        let city = try await TestCity.make()
        var dice = Chance(seed: 7)
        try await RandomGraph.prepare(city)
        for _ in 0..<100 {
            let graph = RandomGraph(&dice)
            try await graph.store(in: city)
            let principals = graph.principals(&dice)
            let missing = try await city.read { conn in
                try principals.flatMap { principal -> [Int64] in
                    func ids(_ action: Action) throws -> Set<Int64> {
                        let visible = city.context.access.visible(action, to: principal, alias: "c")
                        return try Set(
                            conn.rows("SELECT c.id FROM case_record c WHERE \(visible)").map { row in try row["id"] as Int64 })
                    }
                    let all = try ids("case.view")
                    let parts = try ids("case.party-view").union(ids("case.public-view")).union(ids("case.staff-view"))
                    return Array(parts.symmetricDifference(all)) + Array(try ids("case.act").subtracting(all))
                }
            }
            #expect(missing == [])
        }
    }

    private static func records(_ conn: Connection) throws -> [String: [AccessGraph.Record]] {
        var records: [String: [AccessGraph.Record]] = [:]
        for table in tables {
            records[table] = try conn.rows("SELECT * FROM \(raw: table)").map {
                Dictionary($0.all.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
            }
        }
        return records
    }
}

/// Who belongs to whom, thrown together: live rows and ended ones, several grants to one contact, people in several companies.
struct RandomGraph: Sendable {
    static let accounts = 3
    static let contacts = 6
    static let cases = 4

    struct Pair: Sendable, Hashable {
        let from: Int64
        let to: Int64
        let isLive: Bool
    }
    struct Membership: Sendable {
        let pair: Pair
        let isChosen: Bool
    }
    struct Grant: Sendable {
        let pair: Pair
        let type: String
        let view, act: Bool
    }

    let shown: [(confidential: Bool, submitted: Bool)]
    let links: [Pair]
    let memberships: [Membership]
    let grants: [Grant]
    /// From a membership's place in the list to a grant's, whoever the grant is of: beside those that make sense also others.
    let associates: [Pair]

    init(_ dice: inout Chance) {
        func pairs(_ count: Int, _ from: Int, _ to: Int, _ dice: inout Chance) -> [Pair] {
            var live: Set<[Int64]> = []
            return (0..<count).map { _ in
                let (a, b) = (Int64(dice.below(from) + 1), Int64(dice.below(to) + 1))
                let isLive = dice.happens(65) && live.insert([a, b]).inserted
                return Pair(from: a, to: b, isLive: isLive)
            }
        }
        shown = (0..<RandomGraph.cases).map { _ in (dice.happens(50), dice.happens(75)) }
        links = pairs(dice.below(6), RandomGraph.accounts, RandomGraph.contacts, &dice)
        memberships = pairs(dice.below(5), RandomGraph.accounts, RandomGraph.contacts, &dice).map {
            Membership(pair: $0, isChosen: dice.happens(50))
        }
        var types: Set<[Int64]> = []
        grants = pairs(dice.below(9), RandomGraph.contacts, RandomGraph.cases, &dice).map { pair in
            let isFirst = types.insert([pair.from, pair.to]).inserted
            return Grant(pair: pair, type: isFirst ? "applicant" : "contact", view: dice.happens(85), act: dice.happens(45))
        }
        associates =
            memberships.isEmpty || grants.isEmpty ? [] : pairs(dice.below(7), memberships.count, grants.count, &dice)
    }

    func principals(_ dice: inout Chance) -> [Principal] {
        var all: [Principal] = [
            .guest, .job("nightly"), .importer("old"), .caller(CaseID(1)), .apiKey(1), .proof(.case(CaseID(1))),
        ]
        for account in 1...Int64(RandomGraph.accounts) {
            all.append(
                .account(
                    AccountID(account), actingFor: dice.happens(30) ? ContactID(Int64(dice.below(RandomGraph.contacts) + 1)) : nil
                )
            )
        }
        let roles = Set(StaffRole.allCases.filter { _ in dice.happens(25) })
        all.append(.staff(AccountID(Int64(dice.below(RandomGraph.accounts) + 1)), roles: roles))
        all.append(.staff(AccountID(1), roles: [.administrator]))
        return all
    }

    /// Accounts, contacts and empty cases that every graph uses again.
    static func prepare(_ city: TestCity) async throws {
        try await city.write { change in
            for id in 1...accounts {
                try change.conn.run(
                    """
                    INSERT INTO account (id, public_id, first_name, last_name, phone, language, created_at)
                    VALUES (\(id), \("a\(id)"), 'Ada', 'Lindqvist', '', 'en', 0)
                    """)
            }
            for id in 1...contacts {
                try change.conn.run(
                    """
                    INSERT INTO contact (id, public_id, kind, company_name, first_name, middle_name, last_name, title, search_name,
                                         findable, created_at)
                    VALUES (\(id), \("c\(id)"), 'person', '', 'Ada', '', 'Lindqvist', '', 'lindqvist ada', 0, 0)
                    """)
            }
            for id in 1...cases {
                try change.conn.run(
                    """
                    INSERT INTO case_record (id, public_id, number, module, type, work_class, status, bucket, pack_hash, description,
                                             project, active_on, confidential, submitted, contractor_state, created_at)
                    VALUES (\(id), \("k\(id)"), \("ELE2026-0000\(id)"), 'permit', 'electrical', '', 'issued', 'active',
                            \(city.context.pack.hash), '', '', '2026-01-01', 0, 1, '', 0)
                    """)
            }
        }
    }

    func store(in city: TestCity) async throws {
        try await city.write { change in
            let conn = change.conn
            for table in ["case_associate", "case_grant", "contact_link", "membership"] {
                try conn.run("DELETE FROM \(raw: table)")
            }
            for (index, flags) in shown.enumerated() {
                try conn.run(
                    "UPDATE case_record SET confidential = \(flags.confidential), submitted = \(flags.submitted) WHERE id = \(index + 1)"
                )
            }
            for link in links {
                try conn.run(
                    """
                    INSERT INTO contact_link (account_id, contact_id, how, evidence, since, until)
                    VALUES (\(link.from), \(link.to), 'steward', '', 0, \(link.isLive ? nil : Int64(1)))
                    """)
            }
            for (index, membership) in memberships.enumerated() {
                let pair = membership.pair
                try conn.run(
                    """
                    INSERT INTO membership (id, organization_id, account_id, role, scope, since, until)
                    VALUES (\(index + 1), \(pair.to), \(pair.from), 'member', \(membership.isChosen ? "chosen" : "all"), 0,
                            \(pair.isLive ? nil : Int64(1)))
                    """)
            }
            for (index, grant) in grants.enumerated() {
                try conn.run(
                    """
                    INSERT INTO case_grant (id, case_id, contact_id, contact_type, may_view, may_act, may_bill, may_request_inspection,
                                            is_primary, added_by, since, until)
                    VALUES (\(index + 1), \(grant.pair.to), \(grant.pair.from), \(grant.type), \(grant.view), \(grant.act), 0,
                            \(grant.act), 0, 'job:test', 0,
                            \(grant.pair.isLive ? nil : Int64(1)))
                    """)
            }
            for associate in associates {
                try conn.run(
                    """
                    INSERT INTO case_associate (membership_id, grant_id, added_by, since, until)
                    VALUES (\(associate.from), \(associate.to), 'job:test', 0, \(associate.isLive ? nil : Int64(1)))
                    """)
            }
        }
    }
}
