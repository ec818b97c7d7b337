import Primitives
import Testing

@testable import Matching

@Suite struct KnowledgeTests {
    private let city = PlantedContacts(seed: 4)

    private func all() async throws -> (ContactMatcher, [ScoredPair]) {
        let matcher = try ContactMatcher(city.records)
        var pairs: [ScoredPair] = []
        try await matcher.pairs(found: { $0 }, kept: { pairs += $0 })
        return (matcher, pairs)
    }

    @Test func `B8 two contacts are weighed by what was kept exactly as they were among all`() async throws {
        let (matcher, pairs) = try await all()
        let kept = try #require(JSON(parsing: matcher.knowledge.json.description).flatMap(MatchKnowledge.init(json:)))
        #expect(pairs.count > 100)
        for pair in pairs {
            let again = try #require(kept.pairs(of: city.contacts[pair.a], with: [city.contacts[pair.b]]).first)
            #expect(again.fieldTenths == pair.fieldTenths)
            #expect(again.tenths == pair.tenths)
            #expect(again.band == pair.band)
            #expect(again.doubt == pair.doubt)
        }
    }

    @Test func `B8 every pair that is found shares a lasting key, whatever else is on file`() async throws {
        let (_, pairs) = try await all()
        let keys = LastingKeys.of(city.contacts)
        for pair in pairs { #expect(!Set(keys[pair.a]).isDisjoint(with: keys[pair.b])) }
        let alone = city.contacts.prefix(50).map { LastingKeys.of([$0])[0] }
        #expect(alone == Array(keys.prefix(50)))
    }

    @Test func `what another version kept is no knowledge`() {
        #expect(MatchKnowledge(json: .object(["model": .null])) == nil)
        #expect(MatchKnowledge(json: .string("")) == nil)
    }
}
