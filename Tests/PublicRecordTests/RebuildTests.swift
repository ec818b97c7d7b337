import Core
import Database
import TestSupport
import Testing

@testable import PublicRecord

@Suite struct RebuildTests {
    @Test("D11 A new pack that hides a field empties it in the public record, in steps that survive a stop")
    func newPack() async throws {
        let city = try await TestCity.make()
        for number in 1...3 { try await city.aCase(number: "ELE2021-0000\(number)", description: "Rewire the vault") }
        #expect(try await city.numbers("vault").count == 3)
        let pack = try TestCity.pack(
            replacing: "name: description, visibility: public", with: "name: description, visibility: party",
            in: "fields.yaml")
        let stricter = try await city.with(pack: pack)
        try await stricter.context.queueBackfills()
        try await stricter.context.worker().runDue()
        #expect(try await stricter.numbers("vault") == [])
        #expect(try await stricter.numbers("ELE2021-00002") == ["ELE2021-00002"])
        // It is done once for a pack.
        try await stricter.context.queueBackfills()
        let waiting = try await stricter.read { try $0.value("SELECT COUNT(*) FROM job WHERE state = 'waiting'", as: Int.self) }
        #expect(waiting == 0)
    }
}
