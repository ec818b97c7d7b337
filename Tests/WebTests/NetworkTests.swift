import Testing

@testable import Web

@Suite struct NetworkTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.200.3.4", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.0.2.7", "192.0.2.7", true),
        ("192.0.2.7", "192.0.2.8", false), ("192.168.4.0/22", "192.168.7.255", true), ("192.168.4.0/22", "192.168.8.0", false),
        ("0.0.0.0/0", "203.0.113.9", true), ("2001:db8::/32", "2001:db8:1::9", true), ("2001:db8::/32", "2001:db9::1", false),
        ("::1", "0:0:0:0:0:0:0:1", true), ("127.0.0.0/8", "::ffff:127.0.0.1", true), ("10.0.0.0/8", "::1", false),
        ("fc00::/7", "fd12::1", true), ("10.0.0.0/8", "nonsense", false),
    ])
    func `an address is in a network or not`(_ network: String, _ address: String, _ isIn: Bool) throws {
        #expect(try #require(Network(network)).contains(address) == isIn)
    }

    @Test(arguments: [
        "", "10.0.0", "10.0.0.0/33", "10.0.0.256", "10.0.0.0/x", "::1::", "1:2:3:4:5:6:7:8:9", "2001:db8::/129", "host",
    ])
    func `what is no network is none`(_ text: String) { #expect(Network(text) == nil) }

    private func server(_ proxies: [String]) -> WebServer {
        WebServer(isSecure: false, proxies: proxies.compactMap { Network($0) }) { _ in .text("") }
    }

    @Test func `only a trusted proxy is believed about who asks, and only its own word`() {
        let server = server(["10.0.0.0/8"])
        #expect(server.remoteAddress("203.0.113.5", forwarded: "198.51.100.1") == "203.0.113.5")
        #expect(server.remoteAddress("10.0.0.1", forwarded: nil) == "10.0.0.1")
        #expect(server.remoteAddress("10.0.0.1", forwarded: "198.51.100.1") == "198.51.100.1")
        // What stands further left was sent by whoever asks.
        #expect(server.remoteAddress("10.0.0.1", forwarded: "1.2.3.4, 198.51.100.1, 10.0.0.2") == "198.51.100.1")
    }
}

@Suite struct MetricsTests {
    @Test func `durations fall into buckets that add up`() {
        let metrics = Metrics()
        for seconds in [0.001, 0.02, 0.3, 20] {
            metrics.begin()
            metrics.end("GET", "/cases/{number}", status: 200, seconds: seconds)
        }
        var page = MetricsPage()
        metrics.write(to: &page)
        #expect(page.text.contains("groundwork_requests_total{method=\"GET\",route=\"/cases/{number}\",status=\"200\"} 4\n"))
        #expect(page.text.contains("groundwork_request_seconds_bucket{route=\"/cases/{number}\",le=\"0.005\"} 1\n"))
        #expect(page.text.contains("groundwork_request_seconds_bucket{route=\"/cases/{number}\",le=\"0.5\"} 3\n"))
        #expect(page.text.contains("groundwork_request_seconds_bucket{route=\"/cases/{number}\",le=\"+Inf\"} 4\n"))
        #expect(page.text.contains("groundwork_requests_under_way 0\n"))
    }
}

@Suite struct CountedNetworkTests {
    @Test(arguments: [
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::1", true), ("2001:db8:1:2::7", "2001:db8:1:3::7", false),
        ("192.0.2.7", "192.0.2.8", false), ("::ffff:192.0.2.7", "::ffff:192.0.2.8", false),
    ])
    func `one line of internet access is counted once, however many addresses it has`(
        _ one: String, _ other: String, _ same: Bool
    ) {
        #expect((Network.counted(one) == Network.counted(other)) == same)
        #expect(Network.counted("unix") == "unix")
    }
}
