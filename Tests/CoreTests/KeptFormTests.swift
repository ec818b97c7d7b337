import Core
import TestSupport
import Testing

@Suite struct KeptFormTests {
    @Test func `a guest who sends forms without end is turned away before the disk is full`() async throws {
        let city = try await TestCity.make()
        var statuses: [Int] = []
        for _ in 0..<41 { statuses.append(await city.browser().post("/account/language", ["language": "es"]).status) }
        #expect(statuses.prefix(40).allSatisfy { $0 == 303 })
        #expect(statuses.last == 429)
    }
}
