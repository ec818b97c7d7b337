public import Database
public import Primitives

/// The queue in the database. A job is queued in the transaction of what it follows from: both are there, or neither.
public enum JobQueue {
    /// Wakes the workers of every process.
    public static let channel: Channel = "jobs"

    /// - Returns: the new job's id; nil when one with its key is there already.
    @discardableResult
    public static func add(_ new: NewJob, at now: Instant, _ conn: Connection) throws(DatabaseError) -> Int64? {
        conn.signal(channel)
        return try conn.value(
            """
            INSERT INTO job (kind, payload, unique_key, priority, state, attempts, run_at, progress_done, progress_total,
                             last_error, created_at)
            VALUES (\(new.kind), \(new.payload.description), \(optional: new.uniqueKey), \(new.priority.rawValue), 'waiting', 0,
                    \(new.runAt ?? now), 0, 0, '', \(now))
            ON CONFLICT DO NOTHING
            RETURNING id
            """)
    }

    /// How long a job may run without a sign of life before another worker takes it over.
    static let lease = Span.seconds(60)

    /// Takes the most urgent job that is due and that these handlers know.
    static func take(_ kinds: [JobKind], lease token: String, at now: Instant, _ conn: Connection) throws(DatabaseError) -> Job? {
        try conn.seeingOthers()
        return try conn.row(take(kinds, lease: token, at: now)).map(Job.init(row:))
    }

    static func take(_ kinds: [JobKind], lease token: String, at now: Instant) -> SQL {
        """
        UPDATE job SET state = 'running', attempts = attempts + 1, lease = \(token), leased_until = \(now + lease)
        WHERE id = (
            SELECT id FROM job WHERE state = 'waiting' AND run_at <= \(now) AND kind IN \(list: kinds.map(\.rawValue))
            ORDER BY priority, run_at, id LIMIT 1 \(sqlite: "", postgres: "FOR UPDATE SKIP LOCKED")
        )
        RETURNING \(Job.columns)
        """
    }

    /// Jobs whose worker gives no sign of life wait again; the next attempt counts.
    /// - Returns: how many.
    static func takeBack(at now: Instant, _ conn: Connection) throws(DatabaseError) -> Int {
        try conn.seeingOthers()
        return try conn.run(
            """
            UPDATE job SET state = 'waiting', lease = NULL, leased_until = NULL, last_error = 'The worker stopped in the middle.'
            WHERE state = 'running' AND leased_until < \(now)
            """)
    }

    /// When the next waiting job is due.
    static func nextDue(_ kinds: [JobKind], _ conn: Connection) throws(DatabaseError) -> Instant? {
        try conn.value(nextDue(kinds))
    }

    static func nextDue(_ kinds: [JobKind]) -> SQL {
        """
        SELECT run_at FROM job WHERE state = 'waiting' AND kind IN \(list: kinds.map(\.rawValue)) ORDER BY run_at LIMIT 1
        """
    }

    /// A sign of life.
    /// - Returns: false when the lease was lost: somebody else runs it now.
    static func extend(_ id: Int64, lease token: String, at now: Instant, _ conn: Connection) throws(DatabaseError) -> Bool {
        try conn.run("UPDATE job SET leased_until = \(now + lease) WHERE id = \(id) AND lease = \(token) AND state = 'running'")
            == 1
    }

    static func progress(
        _ id: Int64, done: Int, total: Int, lease token: String, at now: Instant, _ conn: Connection
    ) throws(DatabaseError) -> Bool {
        try conn.run(
            """
            UPDATE job SET progress_done = \(done), progress_total = \(total), leased_until = \(now + lease)
            WHERE id = \(id) AND lease = \(token) AND state = 'running'
            """) == 1
    }

    /// Marks it done, inside the transaction of what it did where there is one.
    /// - Returns: false when the lease was lost; whoever has it now will finish it.
    @discardableResult
    static func finish(_ id: Int64, lease token: String, at now: Instant, _ conn: Connection) throws(DatabaseError) -> Bool {
        try conn.run(
            """
            UPDATE job SET state = 'done', finished_at = \(now), lease = NULL, leased_until = NULL, last_error = ''
            WHERE id = \(id) AND lease = \(token) AND state = 'running'
            """) == 1
    }

    static func giveBack(
        _ id: Int64, until runAt: Instant, reason: String, countsAttempt: Bool, lease token: String, _ conn: Connection
    ) throws(DatabaseError) {
        try conn.run(
            """
            UPDATE job SET state = 'waiting', run_at = \(runAt), last_error = \(reason), lease = NULL, leased_until = NULL,
                           attempts = attempts - \(countsAttempt ? 0 : 1)
            WHERE id = \(id) AND lease = \(token) AND state = 'running'
            """)
    }

    static func bury(_ id: Int64, reason: String, lease token: String, at now: Instant, _ conn: Connection) throws(DatabaseError)
    {
        try conn.run(
            """
            UPDATE job SET state = 'dead', finished_at = \(now), last_error = \(reason), lease = NULL, leased_until = NULL
            WHERE id = \(id) AND lease = \(token) AND state = 'running'
            """)
    }

    // MARK: For staff

    /// Lets a dead job run again, with all its attempts.
    /// - Returns: false when there is no such dead job.
    public static func runAgain(_ id: Int64, at now: Instant, _ conn: Connection) throws(DatabaseError) -> Bool {
        conn.signal(channel)
        return try conn.run(
            """
            UPDATE job SET state = 'waiting', attempts = 0, run_at = \(now), finished_at = NULL WHERE id = \(id) AND state = 'dead'
            """) == 1
    }

    /// The dead ones, newest first.
    public static func dead(limit: Int, _ conn: Connection) throws(DatabaseError) -> [Job] {
        try list("WHERE state = 'dead' ORDER BY finished_at DESC LIMIT \(limit)", conn)
    }

    /// What is being done now, and what will be tried again after a failure.
    public static func atWork(limit: Int, _ conn: Connection) throws(DatabaseError) -> [Job] {
        try list(
            """
            WHERE id IN (
                SELECT id FROM job WHERE state = 'running'
                UNION ALL SELECT id FROM job WHERE state = 'waiting' AND last_error <> '')
            ORDER BY state, run_at LIMIT \(limit)
            """, conn)
    }

    private static func list(_ condition: SQL, _ conn: Connection) throws(DatabaseError) -> [Job] {
        var jobs: [Job] = []
        for row in try conn.rows("SELECT \(Job.columns) FROM job \(condition)") { jobs.append(try Job(row: row)) }
        return jobs
    }

    /// How many there are in each state, and how long the oldest due one has waited.
    public struct Load: Sendable {
        public var waiting = 0
        public var running = 0
        public var dead = 0
        public var oldestDue: Instant?
    }

    public static func load(at now: Instant, _ conn: Connection) throws(DatabaseError) -> Load {
        var load = Load()
        // Each by an index of its own: those that are done are many.
        for row in try conn.rows(
            """
            SELECT 'waiting' AS state, COUNT(*) AS count FROM job WHERE state = 'waiting'
            UNION ALL SELECT 'running', COUNT(*) FROM job WHERE state = 'running'
            UNION ALL SELECT 'dead', COUNT(*) FROM job WHERE state = 'dead'
            """)
        {
            let count: Int = try row["count"]
            switch try row["state"] as Job.State {
            case .waiting: load.waiting = count
            case .running: load.running = count
            case .dead: load.dead = count
            case .done: break
            }
        }
        load.oldestDue = try conn.value("SELECT MIN(run_at) FROM job WHERE state = 'waiting' AND run_at <= \(now)") ?? nil
        return load
    }

    /// Forgets jobs that were done long ago; their keys may come again then.
    /// - Returns: how many.
    public static func forget(doneBefore instant: Instant, _ conn: Connection) throws(DatabaseError) -> Int {
        try conn.run("DELETE FROM job WHERE state = 'done' AND finished_at < \(instant)")
    }
}
