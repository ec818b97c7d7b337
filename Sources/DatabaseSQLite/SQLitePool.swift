internal import CSQLiteSetup
public import Database
internal import Foundation
internal import GRDB

/// A city's SQLite file: pinned readers, one writer with group commit, `synchronous=FULL`. Acknowledged means on disk.
public final class SQLitePool: ConnectionPool {
    public let dialect = Dialect.sqlite
    private let readers: PinnedThreads<ReadJob>
    private let writer: PinnedThreads<WriteJob>

    private let hub: SignalHub
    private let watcher: OtherProcesses

    private typealias ReadJob = @Sendable (Connection) -> Void

    /// A closure that waits for the writer: run inside a savepoint, answered after the commit of its group.
    private struct WriteJob: Sendable {
        /// Whether it takes a transaction of its own, whose rows refer to what it made or looked up itself.
        let isLoad: Bool
        let run: @Sendable (Connection) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    /// Where SQLite runs already it goes on as it was set up, which is only slower.
    private static let isSetUp = csqlite_set_up() == 0

    /// Opens or creates the file.
    /// - Parameter readers: connections for reading; two are enough for two cores, four leave room for a slow report.
    public init(path: String, readers count: Int = 4) throws {
        _ = SQLitePool.isSetUp
        var configuration = Configuration()
        // Whoever loads very much pauses for moments only (`RowEngine`): who waits must look often.
        configuration.busyMode = .callback { tries in
            usleep(1000)
            return tries < 15_000
        }
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -8192; PRAGMA mmap_size = 2147418112")
        }
        let folder = (path as NSString).deletingLastPathComponent
        if !folder.isEmpty { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
        let queue = try SQLitePool.opening { try DatabaseQueue(path: path, configuration: configuration) }
        try SQLitePool.opening { try queue.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL") } }

        configuration.readonly = true
        let readConfiguration = configuration
        // Connections are opened here, so that an unreadable file stops the start and not the first request.
        let queues = try (0..<count).map { _ in
            try SQLitePool.opening { try DatabaseQueue(path: path, configuration: readConfiguration) }
        }
        let unused = Pile(queues)
        let hub = SignalHub()
        self.hub = hub

        self.readers = PinnedThreads(
            count: count, name: "sqlite-read",
            body: { next in
                guard let queue = unused.take() else { return }
                while let jobs = next() {
                    for job in jobs { queue.inDatabase { db in job(Connection(SQLiteDriver(db), isReading: true)) } }
                }
                try? queue.close()
            })
        writer = PinnedThreads(
            count: 1, name: "sqlite-write", batch: 64,
            body: { next in
                let loader = SQLiteLoader()
                while let jobs = next() {
                    for group in SQLitePool.groups(jobs) {
                        queue.inDatabase { db in SQLitePool.commit(group, db, loader, hub) }
                    }
                }
                queue.inDatabase { _ in loader.close() }
                try? queue.close()
            })
        watcher = try SQLitePool.opening { try OtherProcesses(path: path, readConfiguration, hub) }
    }

    private static func opening<Result>(_ body: () throws -> Result) throws(KitError) -> Result {
        do { return try body() } catch let error as GRDB.DatabaseError {
            throw KitError(error)
        } catch {
            throw KitError(.storage, "\(error)")
        }
    }

    public func read<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let taken = readers.add { conn in
                do {
                    try conn.run("BEGIN")
                    let result = Swift.Result { try body(conn) }
                    try conn.run("COMMIT")
                    continuation.resume(with: result)
                } catch {
                    continuation.resume(throwing: error)
                }
            }
            if !taken { continuation.resume(throwing: SQLitePool.closing) }
        }
    }

    public func write<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await write(isLoad: false, body)
    }

    public func load<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await write(isLoad: true, body)
    }

    private func write<Result: Sendable>(
        isLoad: Bool, _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let job = WriteJob(
                isLoad: isLoad,
                run: { conn in
                    let result = try body(conn)
                    return { continuation.resume(returning: result) }
                },
                fail: { continuation.resume(throwing: $0) })
            if !writer.add(job) { continuation.resume(throwing: SQLitePool.closing) }
        }
    }

    private static let closing = KitError(.connectionLost, "The database is being closed.")

    public func signals(_ channel: Channel) -> AsyncStream<Void> { hub.stream(channel) }

    public var gauges: [PoolGauge] { [readers.gauge, writer.gauge] }

    public func close() async { await withCheckedContinuation { continuation in end { continuation.resume() } } }

    /// A pool that nobody holds any more closes by itself.
    deinit { end {} }

    private func end(_ done: @escaping @Sendable () -> Void) {
        let (readers, writer, watcher, hub) = (readers, writer, watcher, hub)
        Thread.detachNewThread {
            writer.close()
            readers.close()
            watcher.close()
            hub.close()
            done()
        }
    }

    /// What is committed together: everything between two loads, each load alone.
    private static func groups(_ jobs: [WriteJob]) -> [[WriteJob]] {
        var groups: [[WriteJob]] = []
        for job in jobs {
            if job.isLoad || groups.last?.last?.isLoad ?? true {
                groups.append([job])
            } else {
                groups[groups.count - 1].append(job)
            }
        }
        return groups
    }

    /// Runs waiting closures in one transaction, a savepoint each, and answers them when it is on disk.
    /// A closure that throws undoes only itself.
    private static func commit(_ jobs: [WriteJob], _ db: GRDB.Database, _ loader: SQLiteLoader, _ hub: SignalHub) {
        let conn = Connection(SQLiteDriver(db, loader: loader))
        var answers: [(WriteJob, @Sendable () -> Void)] = []
        var failures: [(WriteJob, any Error)] = []
        let isLoad = jobs.contains(where: \.isLoad)
        // After the end of the transaction, however it ended: inside one SQLite passes over this.
        defer { if isLoad { _ = try? conn.run("PRAGMA foreign_keys = ON") } }
        do {
            if isLoad { try conn.run("PRAGMA foreign_keys = OFF") }
            try conn.run("BEGIN IMMEDIATE")
            if let job = jobs.first, jobs.count == 1 {
                // Alone it needs no savepoint, which would keep a copy of each page that it changes.
                let answer = try job.run(conn)
                try conn.run("COMMIT")
                hub.fire(conn.signals)
                return answer()
            }
            for job in jobs {
                try conn.run("SAVEPOINT closure")
                do {
                    let answer = try job.run(conn)
                    try conn.run("RELEASE closure")
                    answers.append((job, answer))
                } catch {
                    loader.drop()
                    try conn.run("ROLLBACK TO closure")
                    try conn.run("RELEASE closure")
                    failures.append((job, error))
                }
            }
            try conn.run("COMMIT")
            hub.fire(conn.signals)
            for (_, answer) in answers { answer() }
            for (job, error) in failures { job.fail(error) }
        } catch {
            loader.drop()
            if db.isInsideTransaction { _ = try? conn.run("ROLLBACK") }
            // Nothing of this group is on disk: every one of its closures fails.
            for job in jobs { job.fail(error) }
        }
    }
}

/// Hands each thread one connection.
private final class Pile<Item>: @unchecked Sendable {
    private let lock = NSLock()
    private var items: [Item]
    init(_ items: [Item]) { self.items = items }
    func take() -> Item? { lock.withLock { items.popLast() } }
}
