internal import Core
internal import Database
internal import Foundation
internal import Jobs
internal import Mail
internal import Primitives
internal import Web

/// `/metrics`: what the process counts, and what waits in the database, in Prometheus' text format. For the own network only, and
/// not through a proxy: behind one that nobody named in the settings, everybody seems to come from here.
enum MetricsPages {
    static func show(_ visit: Visit) async throws -> WebResponse {
        let isForwarded = ["x-forwarded-for", "forwarded", "via"].contains { visit.request.header($0) != nil }
        guard !isForwarded, Network.inside.contains(where: { $0.contains(visit.request.remoteAddress) }) else { throw NotFound() }
        var page = MetricsPage()
        visit.city.metrics.write(to: &page)
        write(visit.city.db.gauges, to: &page)
        let now = visit.now
        let waiting = try? await visit.read { conn in
            (try JobQueue.load(at: now, conn), try Outbox.counts(conn))
        }
        page.single("groundwork_database_up", "gauge", "Whether the database answered just now.", waiting == nil ? 0 : 1)
        if let (jobs, mails) = waiting { write(jobs, mails, now: now, to: &page) }
        write(ProcessMemory.now, to: &page)
        return WebResponse(
            status: 200, headers: [("content-type", "text/plain; version=0.0.4; charset=utf-8")], body: Array(page.text.utf8))
    }

    private static func write(_ gauges: [PoolGauge], to page: inout MetricsPage) {
        page.head("groundwork_pool_connections", "gauge", "Connections to the database.")
        for gauge in gauges { page.line("groundwork_pool_connections", [("pool", gauge.name)], Double(gauge.connections)) }
        page.head("groundwork_pool_waiting", "gauge", "Work that waits for a connection now.")
        for gauge in gauges { page.line("groundwork_pool_waiting", [("pool", gauge.name)], Double(gauge.waiting)) }
        page.head("groundwork_pool_work_total", "counter", "Work that got a connection.")
        for gauge in gauges { page.line("groundwork_pool_work_total", [("pool", gauge.name)], Double(gauge.taken)) }
        page.head("groundwork_pool_wait_seconds_total", "counter", "How long that work had waited for one.")
        for gauge in gauges { page.line("groundwork_pool_wait_seconds_total", [("pool", gauge.name)], gauge.waited.seconds) }
    }

    private static func write(
        _ jobs: JobQueue.Load, _ mails: (waiting: Int, failed: Int, sent: Int), now: Instant, to page: inout MetricsPage
    ) {
        page.head("groundwork_jobs", "gauge", "Jobs by state.")
        for (state, count) in [("waiting", jobs.waiting), ("running", jobs.running), ("dead", jobs.dead)] {
            page.line("groundwork_jobs", [("state", state)], Double(count))
        }
        let age = jobs.oldestDue.map { max(0, (now - $0).seconds) } ?? 0
        page.single("groundwork_jobs_oldest_due_seconds", "gauge", "How long the oldest job that is due has waited.", age)
        page.head("groundwork_mails", "gauge", "Mails by state.")
        for (state, count) in [("waiting", mails.waiting), ("failed", mails.failed), ("sent", mails.sent)] {
            page.line("groundwork_mails", [("state", state)], Double(count))
        }
    }

    private static func write(_ memory: ProcessMemory, to page: inout MetricsPage) {
        page.single("process_resident_memory_bytes", "gauge", "Memory of the process.", Double(memory.resident))
        page.single(
            "groundwork_anonymous_memory_bytes", "gauge", "Memory of the process that no file backs.", Double(memory.anonymous))
    }
}

/// What the kernel says of this process' memory, in bytes.
struct ProcessMemory: Sendable {
    var resident = 0
    var anonymous = 0

    static var now: ProcessMemory {
        var memory = ProcessMemory()
        let text = FileManager.default.contents(atPath: "/proc/self/status").map { String(decoding: $0, as: UTF8.self) } ?? ""
        for line in text.split(separator: "\n") {
            let parts = line.split(whereSeparator: { $0 == ":" || $0 == "\t" || $0 == " " })
            guard parts.count >= 2, let kibibytes = Int(parts[1]) else { continue }
            if parts[0] == "VmRSS" { memory.resident = kibibytes * 1024 }
            if parts[0] == "RssAnon" { memory.anonymous = kibibytes * 1024 }
        }
        return memory
    }
}
