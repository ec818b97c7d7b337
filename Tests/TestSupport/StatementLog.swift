public import Database
internal import Synchronization

/// What a city asked its database, for tests that count.
public final class StatementLog: Sendable {
    /// A statement as the database got it.
    public struct Statement: Sendable {
        public let text: String
        public let values: [SQLValue]
    }
    private let all = Mutex<[Statement]>([])
    public init() {}

    /// The texts of the statements since the last time.
    public func take() -> [String] { takeWithValues().map(\.text) }

    public func takeWithValues() -> [Statement] {
        all.withLock { statements in
            defer { statements = [] }
            return statements
        }
    }

    fileprivate func add(_ text: String, _ values: [SQLValue] = []) {
        all.withLock { $0.append(Statement(text: text, values: values)) }
    }
}

/// A pool that tells what goes through it.
struct LoggedPool: ConnectionPool {
    let real: any ConnectionPool
    let log: StatementLog

    var dialect: Dialect { real.dialect }
    var gauges: [PoolGauge] { real.gauges }
    func signals(_ channel: Channel) -> AsyncStream<Void> { real.signals(channel) }
    func close() async { await real.close() }

    func read<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await real.read { [log] conn in try body(Connection(LoggedDriver(real: conn.driver, log: log), isReading: true)) }
    }

    func write<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await real.write { [log] conn in
            let logged = Connection(LoggedDriver(real: conn.driver, log: log))
            let result = try body(logged)
            for channel in logged.signals { conn.signal(channel) }
            return result
        }
    }
}

private final class LoggedDriver: ConnectionDriver {
    private let real: any ConnectionDriver
    private let log: StatementLog
    var dialect: Dialect { real.dialect }

    init(real: any ConnectionDriver, log: StatementLog) {
        self.real = real
        self.log = log
    }

    func run(_ text: String, _ values: [SQLValue], streaming: Bool, each: (Row) throws -> Void) throws(DatabaseError) -> Int {
        log.add(text, values)
        return try real.run(text, values, streaming: streaming, each: each)
    }

    func load(_ table: String, _ columns: [String], isSure: Bool, next: () throws -> [SQLValue]?) throws -> Int {
        log.add("load \(table)")
        return try real.load(table, columns, isSure: isSure, next: next)
    }
}
