internal import Database
internal import Jobs
internal import Mail
internal import Primitives

/// Sends what the outbox holds, one mail a job. The mail was committed with what it tells about; whatever becomes of it changes
/// nothing there (K7, F4).
enum SendMail {
    /// After so long nobody waits for it any more.
    private static let patience = Span.days(4)

    static let job = CityJob(Outbox.job, attempts: 1000, longestPause: .minutes(20)) { run, city in
        guard let id = run.payload.integer, let mail = try await city.db.read({ conn in try Outbox.find(id, conn) }) else {
            throw JobHopeless("The mail does not exist any more.")
        }
        guard mail.state == .queued else { return }
        guard let transport = city.mail else { return try await record(run, city) { try Outbox.markKept(id, at: $1, $0) } }
        switch await transport.deliver(mail) {
        case .accepted(let reply): try await record(run, city) { try Outbox.markSent(id, reply: reply, at: $1, $0) }
        case .refused(let reply): try await record(run, city) { try Outbox.markFailed(id, .refused, reply: reply, at: $1, $0) }
        case .later(let reason):
            if mail.at + patience < city.clock.now {
                return try await record(run, city) { try Outbox.markFailed(id, .expired, reply: reason, at: $1, $0) }
            }
            try await city.db.write { conn in try Outbox.note(id, reply: reason, conn) }
            throw JobLater(reason)
        }
    }

    /// What became of the mail and that the job is done are one transaction.
    private static func record(
        _ run: JobRun, _ city: CityContext, _ mark: @escaping @Sendable (Connection, Instant) throws -> Void
    ) async throws {
        let now = city.clock.now
        try await city.db.write { conn in
            try mark(conn, now)
            try run.finish(conn)
        }
    }
}
