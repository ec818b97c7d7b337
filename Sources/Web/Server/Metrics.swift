internal import Foundation
internal import Synchronization

/// What the process has counted since its start, and writes in Prometheus' text format. In memory, one for each process.
public final class Metrics: Sendable {
    private struct Route: Hashable {
        let method: String
        let template: String
        let status: Int
    }
    private struct Durations {
        var buckets = [Int](repeating: 0, count: Metrics.bounds.count)
        var sum = 0.0
        var count = 0
    }
    private struct State {
        var requests: [Route: Int] = [:]
        var durations: [String: Durations] = [:]
        var underWay = 0
        var streams = 0
    }
    /// Seconds.
    private static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    private let state = Mutex(State())

    public init() {}

    public func begin() { state.withLock { $0.underWay += 1 } }

    /// - Parameter template: the route as it is declared, so that the number of lines stays small; never the address itself.
    public func end(_ method: String, _ template: String, status: Int, seconds: Double) {
        state.withLock { state in
            state.underWay -= 1
            state.requests[Route(method: method, template: template, status: status), default: 0] += 1
            var durations = state.durations[template] ?? Durations()
            for (index, bound) in Metrics.bounds.enumerated() where seconds <= bound { durations.buckets[index] += 1 }
            durations.sum += seconds
            durations.count += 1
            state.durations[template] = durations
        }
    }

    /// How many requests are being answered now.
    public var underWay: Int { state.withLock { $0.underWay } }

    /// Counts one more page that is kept up to date.
    /// - Returns: false when there are too many.
    public func opensStream(most: Int) -> Bool {
        state.withLock { state in
            guard state.streams < most else { return false }
            state.streams += 1
            return true
        }
    }

    public func endsStream() { state.withLock { $0.streams -= 1 } }

    /// The lines about requests.
    public func write(to page: inout MetricsPage) {
        let state = state.withLock { $0 }
        page.head("groundwork_requests_total", "counter", "Requests answered, by route and status.")
        for (route, count) in state.requests.sorted(by: { ($0.key.template, $0.key.status) < ($1.key.template, $1.key.status) }) {
            page.line(
                "groundwork_requests_total",
                [("method", route.method), ("route", route.template), ("status", "\(route.status)")], Double(count))
        }
        page.head("groundwork_request_seconds", "histogram", "How long answers took, by route.")
        for (template, durations) in state.durations.sorted(by: { $0.key < $1.key }) {
            for (bound, count) in zip(Metrics.bounds, durations.buckets) {
                page.line("groundwork_request_seconds_bucket", [("route", template), ("le", "\(bound)")], Double(count))
            }
            page.line("groundwork_request_seconds_bucket", [("route", template), ("le", "+Inf")], Double(durations.count))
            page.line("groundwork_request_seconds_sum", [("route", template)], durations.sum)
            page.line("groundwork_request_seconds_count", [("route", template)], Double(durations.count))
        }
        page.single("groundwork_live_pages", "gauge", "Open pages that are kept up to date.", Double(state.streams))
        page.single("groundwork_requests_under_way", "gauge", "Requests being answered now.", Double(state.underWay))
    }
}

/// A page in Prometheus' text format, version 0.0.4.
public struct MetricsPage: Sendable {
    public private(set) var text = ""

    public init() {}

    /// - Parameter type: `counter`, `gauge` or `histogram`.
    public mutating func head(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    public mutating func line(_ name: String, _ labels: [(String, String)] = [], _ value: Double) {
        let inside = labels.map { "\($0.0)=\"\(MetricsPage.escaped($0.1))\"" }.joined(separator: ",")
        let number = value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
        text += "\(name)\(inside.isEmpty ? "" : "{\(inside)}") \(number)\n"
    }

    public mutating func single(_ name: String, _ type: String, _ help: String, _ value: Double) {
        head(name, type, help)
        line(name, [], value)
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
            .replacingOccurrences(of: "\n", with: "\\n")
    }
}
