import Accounts
import Cases
import Core
import Database
import Foundation
import OpenData
import Primitives
import TestSupport
import Testing

@testable import CleanUp
@testable import Contacts

/// Persons and companies that may be one, their accounts, and cases between them, by chance.
struct RandomRecords {
    let city: TestCity
    let contacts: [ContactID]
    let accounts: [AccountID]
    let cases: [CaseID]
    let numbers: [String]
    /// Everybody who looks: a guest, and each account in a browser of its own.
    let people: [(name: String, browser: Browser)]

    private static let firstNames = ["Ada", "Bo", "Cleo", "Dov"]
    private static let lastNames = ["Alder", "Birch", "Cedar", "Alder-Birch"]

    init(_ chance: inout Chance) async throws {
        let city = try await TestCity.make()
        var (contacts, accounts, cases): ([ContactID], [AccountID], [CaseID]) = ([], [], [])
        for index in 0..<4 {
            let (first, last) = (chance.pick(Self.firstNames), chance.pick(Self.lastNames))
            contacts.append(
                try await city.person(first, last, email: "p\(index)@example.org", findable: chance.happens(60)))
            if chance.happens(75) { accounts.append(try await city.account(first, last, email: "p\(index)@example.org")) }
        }
        for index in 0..<3 {
            let company = try await city.company("\(chance.pick(Self.lastNames)) Builders", email: "c\(index)@firm.example")
            contacts.append(company)
            for account in accounts where chance.happens(30) {
                let role: Membership.Role = chance.happens(50) ? .owner : .member
                let scope: Membership.Scope = chance.happens(30) ? .chosen : .all
                try await city.write {
                    _ = try ContactWriter($0).join(account, organization: company, as: role, scope: scope, evidence: "hired")
                }
            }
        }
        for index in 0..<5 {
            let id = try await city.aCase(street: "\(index + 1) Canyon Blvd", confidential: chance.happens(30))
            cases.append(id)
            for contact in contacts where chance.happens(25) {
                try await city.grant(
                    contact, on: id, as: contacts.prefix(4).contains(contact) ? "applicant" : "contractor-general")
            }
        }
        self.city = city
        self.contacts = contacts
        self.accounts = accounts
        self.cases = cases
        var numbers: [String] = []
        for id in cases { numbers.append(try await city.number(of: id)) }
        self.numbers = numbers
        var people = [("guest", city.browser())]
        for account in accounts { people.append(("account \(account)", try await city.visitor(account))) }
        self.people = people
    }

    /// Who may do what with which case.
    func access() async throws -> [String] {
        let (table, accounts, cases) = (city.context.access, accounts, cases)
        return try await city.read { conn in
            var answers: [String] = []
            for account in accounts {
                for id in cases {
                    for action in ["case.party-view", "case.act", "case.bill", "case.request-inspection"] as [Action]
                    where try table.may(action, .account(account, actingFor: nil), on: id.value, conn) {
                        answers.append("\(account) \(action) \(id)")
                    }
                }
            }
            return answers
        }
    }

    /// Parts of names that are shown of a record and that none has which is one with it.
    func strangeNames() async throws -> [String] {
        let contacts = contacts
        return try await city.read { conn in
            var strange: [String] = []
            for contact in contacts {
                let own = try Face.own(Cluster.members(of: contact, conn), conn)
                let row = try conn.row(
                    """
                    SELECT k.company_name, k.first_name, k.last_name FROM contact_cluster o
                        JOIN contact_cluster k ON k.contact_id = o.survivor_id
                    WHERE o.contact_id = \(contact)
                    """)
                for field in [FaceField.companyName, .firstName, .lastName] {
                    let shown: String? = try row?[field.rawValue]
                    if let shown, !own.values.contains(where: { $0[field] == shown }) { strange.append("\(contact) \(shown)") }
                }
            }
            return strange
        }
    }

    /// Everything that everybody sees: pages, lists, searches, files.
    func pages() async throws -> [String: String] {
        var seen: [String: String] = [:]
        let addresses =
            numbers.flatMap { ["/cases/\($0)", "/cases/\($0)/contacts", "/cases/\($0)/locations"] }
            + ["/search?q=builders", "/search?q=alder", "/search.csv", "/sitemaps/0"]
        let own = ["/dashboard", "/cases", "/account", "/cases/\(numbers[0])/contacts?q=alder"]
        for (name, browser) in people {
            for address in addresses + (name == "guest" ? [] : own) {
                let answer = await browser.get(address)
                seen["\(name) \(address)"] = "\(answer.status) " + plain(answer.text)
            }
        }
        seen["the file of open permits"] = try await export()
        return seen
    }

    /// What the city publishes for everybody to work with (J4).
    private func export() async throws -> String {
        let path = NSTemporaryDirectory() + "groundwork-open-" + SecretToken(randomness: .system).text + ".csv"
        defer {
            for file in [path, OpenDataExport.schemaPath(path)] { try? FileManager.default.removeItem(atPath: file) }
        }
        _ = try await OpenDataExport(city: city.context).write(.blds, to: path)
        return try String(contentsOfFile: path, encoding: .utf8)
    }

    /// Without what is new on every page.
    private func plain(_ text: String) -> String {
        text.replacing(/name="once" value="[^"]*"/, with: "").replacing(/nonce-[A-Za-z0-9+\/=]+/, with: "")
    }
}

@Suite struct MergePropertyTests {
    @Test("B9 after merge and unmerge every page, list, search, file and access answer is what it was", arguments: 1...6)
    func nothingIsLeft(seed: Int) async throws {
        var chance = Chance(seed: UInt64(seed))
        let records = try await RandomRecords(&chance)
        let (before, access) = (try await records.pages(), try await records.access())
        let edges = try await merge(records, &chance)
        // A merge by itself opens nothing and closes nothing.
        if edges.allSatisfy({ !$0.gave }) { #expect(try await records.access() == access) }
        for edge in edges.map(\.edge).shuffled(using: &chance) {
            try await records.city.write { try ContactWriter($0).separate(edge, why: "they are two") }
        }
        #expect(try await records.access() == access)
        let after = try await records.pages()
        for (page, text) in before where after[page] != text {
            Issue.record("seed \(seed): \(page) is not as before:\n\(difference(text, after[page] ?? ""))")
        }
    }

    @Test(
        "B9 whatever is done with merged records, after unmerging the rights are as before and every act waits", arguments: 1...8)
    func everyActWaits(seed: Int) async throws {
        var chance = Chance(seed: UInt64(100 + seed))
        let records = try await RandomRecords(&chance)
        let city = records.city
        let access = try await records.access()
        let kind = chance.happens(50) ? Array(records.contacts.prefix(4)) : Array(records.contacts.suffix(3))
        let (from, into) = (kind[0], kind[1])
        let edge = try await city.write { try ContactWriter($0).merge(from, into: into, evidence: "same phone") }
        let acts = try await act(on: [from, into], into, records, &chance)
        try await city.write { try ContactWriter($0).separate(edge, why: "they are two") }
        #expect(try await records.access() == access)
        let waiting = try await city.read { conn in
            try SinceMerge.all(of: edge.id, limit: 1000, offset: 0, conn).filter { $0.state == .waiting }.map(\.fact)
        }
        #expect(Set(acts).isSubset(of: waiting), "seed \(seed)")
        #expect(try await city.read { try Audit.verify($0) }.problem == nil)
    }

    @Test("B9 merges and unmerges in any order: nobody ever gains or loses a right that was not given", arguments: 1...10)
    func anyOrder(seed: Int) async throws {
        var chance = Chance(seed: UInt64(200 + seed))
        let records = try await RandomRecords(&chance)
        let access = try await records.access()
        var live: [IdentityEdge] = []
        for _ in 0..<12 {
            if !live.isEmpty, chance.happens(40) {
                let edge = live.remove(at: chance.below(live.count))
                try await records.city.write { try ContactWriter($0).separate(edge, why: "they are two") }
            } else {
                let group = chance.happens(60) ? Array(records.contacts.prefix(4)) : Array(records.contacts.suffix(3))
                let (one, other) = (group[chance.below(group.count)], group[chance.below(group.count)])
                let chosen = group[chance.below(group.count)]
                let made = try? await records.city.write { change in
                    try ContactWriter(change).merge(
                        one, into: other, chosen: [.companyName: one, .firstName: one, .lastName: chosen], evidence: "same phone")
                }
                if let made { live.append(made) }
            }
            #expect(try await records.access() == access)
            let contacts = records.contacts
            // Every stored cluster is what the edges say.
            let agrees = try await records.city.read { conn in
                let forest = try Forest(around: contacts, conn)
                return try contacts.allSatisfy { try Contact.survivor(of: $0, conn) == forest.root(of: $0) }
            }
            #expect(agrees)
            #expect(try await records.strangeNames() == [])
        }
    }

    /// Merges two or three pairs, some with a gain given.
    private func merge(_ records: RandomRecords, _ chance: inout Chance) async throws -> [(edge: IdentityEdge, gave: Bool)] {
        var edges: [(IdentityEdge, Bool)] = []
        for group in [Array(records.contacts.prefix(4)), Array(records.contacts.suffix(3))] {
            for _ in 0..<2 {
                let (one, other) = (group[chance.below(group.count)], group[chance.below(group.count)])
                let (gives, field) = (chance.happens(50), chance.happens(50))
                let made: (IdentityEdge, Bool)? = try? await records.city.write { change in
                    let gains = try MergeGain.all(
                        between: Cluster.members(of: one, change.conn), and: Cluster.members(of: other, change.conn), change.conn)
                    let edge = try ContactWriter(change).merge(
                        one, into: other, chosen: field ? [.companyName: one, .lastName: one] : [:], evidence: "same phone")
                    if gives { for gain in gains { try ContactWriter(change).give(gain, by: edge, evidence: "a deed") } }
                    return (edge, gives && !gains.isEmpty)
                }
                if let made { edges.append(made) }
            }
        }
        return edges
    }

    /// Acts on records that are one; answers the facts that were recorded.
    private func act(
        on pair: [ContactID], _ survivor: ContactID, _ records: RandomRecords, _ chance: inout Chance
    ) async throws -> [Int64] {
        let city = records.city
        let last: Int64 = try await city.read { try $0.value("SELECT MAX(id) FROM fact") ?? 0 }
        let types = city.context.pack.contactTypes
        for _ in 0..<4 {
            let id = records.cases[chance.below(records.cases.count)]
            let type = types[chance.below(types.count)]
            switch chance.below(3) {
            case 0: try await city.write { _ = try GrantWriter($0).add(survivor, to: id, as: type) }
            case 1:
                let contact = pair[chance.below(2)]
                try await city.write { try ContactWriter($0).correct(contact, [.mobilePhone: "303-555-0142"], why: "she called") }
            default:
                let contact = pair[chance.below(2)]
                let on = chance.happens(50)
                try await city.write { try ContactWriter($0).setFindable(on, contact) }
            }
        }
        return try await city.read { try $0.rows("SELECT id FROM fact WHERE id > \(last)").map { try $0["id"] } }
    }

    /// The first place where two texts part.
    private func difference(_ one: String, _ other: String) -> String {
        let same = zip(one, other).prefix { $0 == $1 }.count
        let start = max(0, same - 60)
        return "was  …\(one.dropFirst(start).prefix(200))\nis   …\(other.dropFirst(start).prefix(200))"
    }
}
