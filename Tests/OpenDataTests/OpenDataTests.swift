import Core
import Foundation
import OpenData
import Primitives
import TestSupport
import Testing

@Suite struct OpenDataTests {
    @Test func `J4 only what everybody may see is published`() async throws {
        let city = try await TestCity.make()
        let open = try await city.aCase(description: "Panel upgrade")
        _ = try await city.aCase(confidential: true)
        _ = try await city.aCase(submitted: false)
        let owner = try await city.person("Rosa", "Hidden", email: "rosa@mail.example")
        try await city.grant(owner, on: open, as: "property-owner")
        let path = NSTemporaryDirectory() + "groundwork-open-" + SecretToken(randomness: .system).text + ".csv"
        defer {
            try? FileManager.default.removeItem(atPath: path)
            try? FileManager.default.removeItem(atPath: OpenDataExport.schemaPath(path))
        }
        #expect(try await OpenDataExport(city: city.context).write(.blds, to: path) == 1)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains("Panel upgrade") && text.contains("1195 Bear Mountain Dr"))
        #expect(!text.contains("Hidden") && !text.contains("rosa@"))
        #expect(text.split(separator: "\r\n").count == 2)
    }

    @Test func `J4 a folder that is not there is said in a sentence`() async throws {
        let city = try await TestCity.make()
        await #expect(throws: OpenDataProblem.self) {
            try await OpenDataExport(city: city.context).write(.geojson, to: "/nowhere/at/all.geojson")
        }
    }
}
