import Core
import Primitives
import TestSupport
import Testing

@testable import CleanUp

@Suite struct MayMergeTests {
    @Test func `K5 the sample contact steward merges records, an inspector does not`() async throws {
        let city = try await TestCity.make()
        let access = city.context.access
        #expect(access.may("contact.merge", .staff(AccountID(1), roles: [.contactSteward])))
        #expect(!access.may("contact.merge", .staff(AccountID(1), roles: [.inspector])))
    }
}
