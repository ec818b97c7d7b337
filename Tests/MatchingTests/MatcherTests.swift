@testable import Matching
import Primitives
import Testing

@Suite struct MatcherTests {
    private func pairs(_ records: MatchRecords, threads: Int = 2) async throws -> [ScoredPair] {
        var all: [ScoredPair] = []
        try await ContactMatcher(records).pairs(threads: threads, found: { $0 }, kept: { all += $0 })
        return all
    }

    @Test("B8: no two people and no two companies are called the same, in any planted city", arguments: [1, 2, 3] as [UInt64])
    func planted(seed: UInt64) async throws {
        let city = PlantedContacts(seed: seed)
        let same = try await pairs(city.records).filter { $0.band == .same }
        for pair in same where city.entity[pair.a] != city.entity[pair.b] {
            Issue.record("\(city.trap[pair.a] ?? "crowd"): \(city.contacts[pair.a]) and \(city.contacts[pair.b]): \(pair)")
        }
        let right = same.filter { city.entity[$0.a] == city.entity[$0.b] }.count
        let counts = Dictionary(grouping: city.entity, by: \.self).values.map(\.count)
        let all = counts.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
        // Not by finding nothing.
        #expect(Double(right) >= 0.5 * Double(all))
    }

    @Test("B8: a small file is judged no more boldly than a large one", arguments: [0, 3, 20])
    func small(households: Int) async throws {
        let city = PlantedContacts(seed: 9, households: households)
        let wrong = try await pairs(city.records).filter { $0.band == .same && city.entity[$0.a] != city.entity[$0.b] }
        #expect(wrong.map { "\(city.trap[$0.a] ?? ""): \($0)" } == [])
    }

    @Test("The weights of a line add up to its score, exactly as printed")
    func sums() async throws {
        let city = PlantedContacts(seed: 1)
        let records = city.records
        let found = try await pairs(records)
        let lines = PairLines.header + String(decoding: PairLines(found, records).bytes, as: UTF8.self)
        var reader = try CSVReader(text: lines)
        var count = 0
        while let row = reader.next() {
            // In tenths: "-1.2" is -12.
            let tenths = row.fields[4...].compactMap { Int($0.replacing(".", with: "")) }
            #expect(tenths.count == PairLines.columns.count - 4)
            #expect(tenths.reduce(0, +) == Int(row["score"].replacing(".", with: "")))
            #expect(row["a"] != row["b"])
            count += 1
        }
        #expect(count == found.count)
        #expect(count > 100)
    }

    @Test("Every pair comes once, in the same order in every run and on any number of threads")
    func repeats() async throws {
        let records = PlantedContacts(seed: 5).records
        let once = try await pairs(records, threads: 1)
        #expect(try await pairs(records, threads: 3) == once)
        #expect(Set(once.map { [$0.a, $0.b] }).count == once.count)
        #expect(once.allSatisfy { $0.a < $0.b })
    }

    @Test("Comparing and scoring do not ask which of the two comes first")
    func symmetric() throws {
        let records = PlantedContacts(seed: 6).records
        let matcher = try ContactMatcher(records)
        var comparison = FieldComparison(records)
        var scorer = PairScorer(records, matcher.model, lowest: -1000)
        var dice: UInt64 = 3
        for _ in 0..<20_000 {
            dice = mixed(dice)
            let (a, b) = (Int(dice >> 40) % records.count, Int(dice & 0xFFFFFF) % records.count)
            let (one, two) = (comparison.compare(a, b), comparison.compare(b, a))
            #expect(one.levels == two.levels)
            let (scored, turned) = (scorer.score(a, b), scorer.score(b, a))
            #expect(scored == turned)
        }
    }

    @Test("A file in which everything is overwritten alike shows no households; a city does")
    func households() {
        var evidence = HouseholdEvidence()
        (evidence.onlyFirstName, evidence.onlyLastName, evidence.onlyNumber, evidence.onlyCity) = (120, 90, 100, 60)
        #expect(evidence.showsNoHouseholds)
        // Emails and phones could tell two people apart, so nothing need be guessed.
        evidence.withReach = 0.5
        #expect(!evidence.showsNoHouseholds)
        (evidence.withReach, evidence.onlyLastName) = (0, 10)
        #expect(!evidence.showsNoHouseholds)
        (evidence.onlyFirstName, evidence.onlyLastName) = (2000, 90)
        #expect(!evidence.showsNoHouseholds)
    }

    @Test("No contacts and one contact are no pairs", arguments: [0, 1])
    func few(count: Int) async throws {
        var builder = MatchRecordsBuilder()
        for number in 0..<count {
            var contact = MatchContact(id: "c\(number)")
            contact.lastName = "Quimby"
            builder.add(contact)
        }
        #expect(try await pairs(builder.finish()).isEmpty)
    }

    @Test("A matcher that is called off stops")
    func stops() async throws {
        let records = PlantedContacts(seed: 2).records
        let work = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try ContactMatcher(records)
        }
        await #expect(throws: CancellationError.self) { try await work.value }
    }
}
