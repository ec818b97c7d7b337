/// What a backend does for a connection: run one statement and give all its rows.
public protocol ConnectionDriver: AnyObject {
    var dialect: Dialect { get }
    /// - Parameter streaming: hand rows on as they come; the connection can do nothing else until the last one.
    /// - Returns: how many rows an INSERT, UPDATE or DELETE touched.
    func run(_ text: String, _ values: [SQLValue], streaming: Bool, each: (Row) throws -> Void) throws(DatabaseError) -> Int
    /// Puts many rows into a table; `Connection.load` says how. There is a way that any backend can go. They may be stored a moment
    /// later, but before a statement that could see them is run: what keeps them from being stored is thrown there.
    /// - Parameter isSure: whether what the rows refer to is surely there (`Connection.expectLoading`).
    func load(_ table: String, _ columns: [String], isSure: Bool, next: () throws -> [SQLValue]?) throws -> Int
    /// `Connection.keepPlans`. Nothing to do for a backend that plans a statement once anyway.
    func keepPlans() throws(DatabaseError)
}

extension ConnectionDriver {
    public func keepPlans() throws(DatabaseError) {}
}

/// One connection inside one transaction. It is synchronous, it cannot leave the closure that got it, and nothing can `await` while it is open.
public final class Connection {
    package let driver: any ConnectionDriver
    public let dialect: Dialect
    /// Whom to wake when this is committed.
    package private(set) var signals: Set<Channel> = []
    /// Whether this transaction loads very much (`expectLoading`).
    var isLoading = false
    /// The last key of tables that this loads rows into, where nobody else can take one meanwhile (`newKeys`).
    var lastKeys: [String: Int64] = [:]

    /// Answers of this transaction, where nothing changes: whoever asks the same again gets the same without asking.
    private var answers: [SQL: [Row]]?
    private static let (mostAnswers, longestAnswer) = (64, 200)

    /// - Parameter isReading: whether the transaction sees one state of the database from its beginning to its end.
    public init(_ driver: any ConnectionDriver, isReading: Bool = false) {
        self.driver = driver
        dialect = driver.dialect
        answers = isReading ? [:] : nil
    }

    /// Every row.
    public func rows(_ sql: SQL) throws(DatabaseError) -> [Row] {
        if let known = answers?[sql] { return known }
        var rows: [Row] = []
        let (text, values) = sql.rendered(for: dialect)
        forgetKeys(takenBy: text)
        _ = try driver.run(text, values, streaming: false) { rows.append($0) }
        if let known = answers?.count, known < Connection.mostAnswers, rows.count <= Connection.longestAnswer {
            answers?[sql] = rows
        }
        return rows
    }

    /// The first row, if there is one. The statement should say `LIMIT 1` unless a key makes it so.
    public func row(_ sql: SQL) throws(DatabaseError) -> Row? { try rows(sql).first }

    /// The first column of the first row.
    public func value<Value: SQLConvertible>(_ sql: SQL, as type: Value.Type = Value.self) throws(DatabaseError) -> Value? {
        try row(sql)?[0]
    }

    public func exists(_ sql: SQL) throws(DatabaseError) -> Bool { try row(sql) != nil }

    /// Runs a statement for its effect.
    /// - Returns: how many rows it touched.
    @discardableResult
    public func run(_ sql: SQL) throws(DatabaseError) -> Int {
        let (text, values) = sql.rendered(for: dialect)
        forgetKeys(takenBy: text)
        return try driver.run(text, values, streaming: false) { _ in }
    }

    /// Row by row, without keeping them. The body must not use the connection.
    public func each(_ sql: SQL, _ body: (Row) throws -> Void) throws(DatabaseError) {
        let (text, values) = sql.rendered(for: dialect)
        _ = try driver.run(text, values, streaming: true, each: body)
    }

    /// For work that only takes from a queue: sees what others committed a moment ago and does not clash with them. The first
    /// statement of its transaction. SQLite's one writer always sees everything.
    package func seeingOthers() throws(DatabaseError) {
        if dialect == .postgres { try run("SET TRANSACTION ISOLATION LEVEL READ COMMITTED") }
    }

    /// From here to the end of this transaction a statement is planned once, whatever its values, and not each time anew for them
    /// (PostgreSQL, "plan_cache_mode"). For statements that have one sensible plan, and are planned longer than they run.
    public func keepPlans() throws(DatabaseError) { try driver.keepPlans() }

    /// Wakes who waits on the channel, in every process, once this is committed.
    public func signal(_ channel: Channel) { signals.insert(channel) }

    /// Runs an `INSERT … RETURNING id` and gives the new key.
    public func insert(_ sql: SQL) throws(DatabaseError) -> Int64 {
        guard let id: Int64 = try value(sql) else {
            throw DatabaseError(.other, "The INSERT returned no id. Add RETURNING id.")
        }
        return id
    }
}

/// A city's database: SQLite for a small one, PostgreSQL for a large one.
public protocol ConnectionPool: Sendable {
    var dialect: Dialect { get }

    /// One read-only transaction on a thread of its own. The closure must not block on anything but the connection.
    func read<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result

    /// One transaction; when this returns, what it wrote is on disk. The closure may be run twice, so nothing but the
    /// database may change inside it.
    func write<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result

    /// The same for a transaction that loads very much and says so (`Connection.expectLoading`): it shares its commit with no other.
    func load<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result

    /// Wakes its reader soon after a commit, here or in another process, that signals the channel, and once at the start.
    /// A signal can be lost with a connection: look by yourself at least every second.
    func signals(_ channel: Channel) -> AsyncStream<Void>

    /// How busy the connections are.
    var gauges: [PoolGauge] { get }

    /// Waits for what is under way and closes every connection.
    func close() async
}

extension ConnectionPool {
    public func load<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await write(body)
    }
}
