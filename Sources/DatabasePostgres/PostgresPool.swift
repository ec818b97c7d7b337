public import Database
internal import Foundation
public import Primitives

/// A city's PostgreSQL database: pinned connections for reading and for writing, a listener for signals.
///
/// Writes are SERIALIZABLE: a closure sees the database as if nobody else were writing, exactly as with SQLite's one writer, and
/// is run again when that could not be kept up (40001, 40P01). A connection that is lost is opened again, to whichever of the
/// hosts takes writes, and the closure is run again, as long as `patience` lasts.
public final class PostgresPool: ConnectionPool {
    public let dialect = Dialect.postgres
    private let readers: PinnedThreads<Job>
    private let writers: PinnedThreads<Job>
    private let hub = SignalHub()
    private let listener: PostgresListener

    private struct Job: Sendable {
        let deadline: Instant
        let run: @Sendable (PostgresSession, Instant) -> Void
    }

    /// How long a request waits for a database that does not answer.
    private let patience: Span

    /// Opens the connections.
    /// - Parameters:
    ///   - url: a connection URI of libpq, with one or several hosts.
    ///   - readers, writers: connections of each kind. A server of n processes needs n × (readers + writers + 1) of them.
    /// - Throws: what the database says when it does not let us in.
    public init(url: String, readers: Int = 4, writers: Int = 4, patience: Span = .seconds(30)) throws {
        let settings = PostgresSettings(url: url)
        self.patience = patience
        // A wrong password or name stops the start, not the first request.
        let first = PostgresSession(settings)
        try first.open()
        let spare = Spare(first)
        func threads(_ count: Int, _ name: String) -> PinnedThreads<Job> {
            PinnedThreads(count: count, name: name) { next in
                let session = spare.take() ?? PostgresSession(settings)
                while let jobs = next() {
                    for job in jobs { job.run(session, job.deadline) }
                }
                session.close()
            }
        }
        self.writers = threads(writers, "postgres-write")
        self.readers = threads(readers, "postgres-read")
        listener = PostgresListener(settings, hub)
    }

    public func read<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await on(readers) { session, deadline in try session.read(until: deadline, body) }
    }

    public func write<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await on(writers) { session, deadline in try session.write(until: deadline, body) }
    }

    private func on<Result: Sendable>(
        _ threads: PinnedThreads<Job>, _ work: @escaping @Sendable (PostgresSession, Instant) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job(deadline: Clock.system.now + patience) { session, deadline in
                continuation.resume(with: Swift.Result { try work(session, deadline) })
            }
            if !threads.add(job) {
                continuation.resume(throwing: DatabaseError(.connectionLost, "The database is being closed."))
            }
        }
    }

    public func signals(_ channel: Channel) -> AsyncStream<Void> {
        listener.start()
        return hub.stream(channel)
    }

    public var gauges: [PoolGauge] { [readers.gauge, writers.gauge] }

    public func close() async { await withCheckedContinuation { continuation in end { continuation.resume() } } }

    /// A pool that nobody holds any more closes by itself.
    deinit { end {} }

    private func end(_ done: @escaping @Sendable () -> Void) {
        let (readers, writers, listener, hub) = (readers, writers, listener, hub)
        Thread.detachNewThread {
            writers.close()
            readers.close()
            listener.close()
            hub.close()
            done()
        }
    }
}

/// Holds the session opened at the start until the first thread takes it.
/// `@unchecked Sendable`: the session is given out once, under the lock, and never used here.
private final class Spare: @unchecked Sendable {
    private let lock = NSLock()
    private var session: PostgresSession?
    init(_ session: PostgresSession) { self.session = session }
    func take() -> PostgresSession? {
        lock.withLock {
            defer { session = nil }
            return session
        }
    }
}
