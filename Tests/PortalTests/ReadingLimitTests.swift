import Core
import Primitives
import TestSupport
import Testing
import Web

/// The public record may be read by everybody, and emptied in one go by nobody.
@Suite struct ReadingLimitTests {
    private func city() async throws -> TestCity {
        let limit = try #require(Limit.reading.with(setting: "3/10m"))
        return try await TestCity.make(settings: CitySettings(baseURL: Browser.origin, isDemo: true, limits: [limit]))
    }

    private func reads(_ path: String, from address: String, of city: TestCity) async -> WebResponse {
        await Dispatcher(city.context).respond(
            to: WebRequest(method: .get, path: path, query: ["q": "roof"], remoteAddress: address, id: "test"))
    }

    @Test func `J1 searches and their file are counted together for a network, and others read on`() async throws {
        let city = try await city()
        for path in ["/search", "/search.csv", "/search"] {
            #expect(await reads(path, from: "198.51.100.7", of: city).status == 200)
        }
        let refused = await reads("/search", from: "198.51.100.7", of: city)
        #expect(refused.status == 429 && refused.header("retry-after") == "601")
        for _ in 0..<20 { #expect(await reads("/search.csv", from: "198.51.100.7", of: city).status == 429) }
        let kept: Int? = try await city.read { conn in
            try conn.value("SELECT SUM(times) FROM security_event WHERE kind = 'too-many'")
        }
        #expect(kept == 1, "who asks on and on writes nothing more")
        #expect(await reads("/search", from: "198.51.100.8", of: city).status == 200)
        #expect(await reads("/", from: "198.51.100.7", of: city).status == 200, "pages that cost little are not counted")
        city.clock.advance(.minutes(11))
        #expect(await reads("/search", from: "198.51.100.7", of: city).status == 200)
    }

    @Test func `J1 addresses of one line of internet access are one network, and this machine is not counted`() async throws {
        let city = try await city()
        for host in 1...3 { #expect(await reads("/search", from: "2001:db8:1:2::\(host)", of: city).status == 200) }
        #expect(await reads("/search", from: "2001:db8:1:2:ffff::9", of: city).status == 429)
        for _ in 1...10 { #expect(await reads("/search", from: "127.0.0.1", of: city).status == 200) }
    }
}
