internal import CPQ
internal import Database
internal import Foundation
internal import Primitives

/// How to reach the database.
struct PostgresSettings: Sendable {
    let url: String

    /// What libpq should do unless the URL says otherwise: the host that takes writes, no endless waiting for a dead one.
    init(url: String) {
        let defaults = [
            ("target_session_attrs", "read-write"), ("connect_timeout", "3"), ("keepalives_idle", "5"),
            ("keepalives_interval", "2"),
            ("keepalives_count", "3"), ("tcp_user_timeout", "10000"), ("application_name", "groundwork"),
        ]
        var url = url
        for (name, value) in defaults where !url.contains("\(name)=") {
            url += (url.contains("?") ? "&" : "?") + "\(name)=\(value)"
        }
        self.url = url
    }
}

/// One thread's way to the database: opens it again when it was lost, and runs transactions on it.
final class PostgresSession {
    private let settings: PostgresSettings
    private var driver: PostgresDriver?
    /// Which life of the server the connection is in: a failover, a crash, and anything that resets the statistics begin another.
    private var life = ""

    init(_ settings: PostgresSettings) { self.settings = settings }

    func close() { driver = nil }

    /// - Returns: an open connection, the old one when it is still good.
    @discardableResult
    func open() throws(DatabaseError) -> PostgresDriver {
        if let driver, driver.isAlive { return driver }
        driver = nil
        guard let link = PQconnectdb(settings.url) else { throw DatabaseError(.connectionLost, "out of memory") }
        let opened = PostgresDriver(link)
        guard opened.isAlive else {
            let message = String(cString: PQerrorMessage(link)).trimmingCharacters(in: .whitespacesAndNewlines)
            throw DatabaseError(.connectionLost, message)
        }
        // Notices are for whoever types at psql.
        PQsetNoticeProcessor(link, { _, _ in }, nil)
        let conn = Connection(opened)
        // Compiling a plan takes longer than running any of ours.
        try conn.run("SET jit = off")
        guard try conn.value("SELECT current_setting('server_encoding')") == "UTF8" else {
            throw DatabaseError(.other, "The database does not store UTF8. Create it with ENCODING 'UTF8'.")
        }
        // The first eight digits of a log file's name are the timeline, which a failover changes; standbys have none to tell. Recovery
        // after a crash throws the statistics away and begins them with another time; an orderly restart keeps them.
        life =
            try conn.value(
                """
                SELECT CASE WHEN pg_is_in_recovery() THEN ''
                  ELSE left(pg_walfile_name(pg_current_wal_lsn()), 8) || ' ' || (SELECT stats_reset FROM pg_stat_wal) END
                """, as: String?.self
            ).flatMap { $0 } ?? ""
        driver = opened
        return opened
    }

    func read<Result>(until deadline: Instant, _ body: (Connection) throws -> Result) throws -> Result {
        try repeating(until: deadline) { driver, _ in
            let conn = Connection(driver, isReading: true)
            driver.beginReading()
            return try finishing(conn) {
                let result = try body(conn)
                try driver.endReading()
                return result
            }
        }
    }

    func write<Result>(until deadline: Instant, _ body: (Connection) throws -> Result) throws -> Result {
        var isSecondForUnique = false
        return try repeating(until: deadline) { driver, attempt in
            let conn = Connection(driver)
            let turn: WriteTurn = attempt < PostgresSession.patientAttempts ? .shared : .alone
            try turn.take(conn)
            defer { if driver.isAlive { turn.end(conn) } }
            try conn.run("BEGIN ISOLATION LEVEL SERIALIZABLE")
            return try finishing(conn) {
                let result: Result
                do {
                    result = try body(conn)
                    // What the last rows met is met here, where it can still be tried again.
                    try driver.settle()
                    try driver.analyzeUnknown()
                } catch let error as DatabaseError where error.kind == .unique && !isSecondForUnique {
                    // Somebody else was first between our look and our insert: look again, once.
                    isSecondForUnique = true
                    throw DatabaseError(.serialization, error.message)
                }
                for channel in conn.signals {
                    try conn.run("SELECT pg_notify('groundwork', \(channel.rawValue))")
                }
                // Where nothing was written there is no id, and nothing to find out about it later.
                let id: String? = try conn.value("SELECT CAST(pg_current_xact_id_if_assigned() AS TEXT)")
                do throws(DatabaseError) { try conn.run("COMMIT") } catch {
                    guard error.kind == .connectionLost, let id else { throw error }
                    guard try isCommitted(id, in: life, until: deadline) else { throw error }
                }
                return result
            }
        }
    }

    /// After so many clashes a write gets its turn alone.
    private static let patientAttempts = 4

    /// Rolls back what failed.
    private func finishing<Result>(_ conn: Connection, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch {
            if let driver, driver.isAlive {
                try? driver.settle()
                // Where nothing was asked yet nothing has begun.
                if driver.isBeginning { driver.isBeginning = false } else { _ = try? conn.run("ROLLBACK") }
            }
            throw error
        }
    }

    /// Runs the closure again after a conflict, with a growing, uneven pause, and after a lost connection.
    private func repeating<Result>(
        until deadline: Instant, _ body: (PostgresDriver, _ attempt: Int) throws -> Result
    ) throws -> Result {
        var attempt = 0
        while true {
            do { return try body(try open(), attempt) } catch let error as DatabaseError where error.kind == .serialization {
                attempt += 1
                guard attempt < 40, Clock.system.now < deadline else { throw error }
                pause(milliseconds: Double.random(in: 0...min(200, pow(1.6, Double(attempt)))))
            } catch let error as DatabaseError where error.kind == .connectionLost {
                driver = nil
                guard Clock.system.now < deadline else { throw error }
                pause(milliseconds: Double.random(in: 50...250))
            }
        }
    }

    /// What became of a transaction whose answer was lost. In the same life of the server it knows. After a failover, and after a
    /// crash that came before the transaction was on disk, its number is given to somebody else's transaction, so nobody can say.
    private func isCommitted(_ id: String, in life: String, until deadline: Instant) throws -> Bool {
        while true {
            driver = nil
            do {
                let conn = Connection(try open())
                guard self.life == life, !life.isEmpty else {
                    throw DatabaseError(.outcomeUnknown, "The connection was lost while saving, and the server began again.")
                }
                switch try conn.value("SELECT pg_xact_status(CAST(CAST(\(id) AS TEXT) AS xid8))", as: String?.self) ?? nil {
                case "committed": return true
                case "aborted": return false
                case "in progress": break
                default: throw DatabaseError(.outcomeUnknown, "The connection was lost while saving.")
                }
            } catch let error as DatabaseError where error.kind == .connectionLost {
                guard Clock.system.now < deadline else {
                    throw DatabaseError(.outcomeUnknown, "The connection was lost while saving: \(error.message)")
                }
            }
            pause(milliseconds: 100)
        }
    }

    private func pause(milliseconds: Double) { Thread.sleep(forTimeInterval: milliseconds / 1000) }
}

/// Short writes go side by side. A long one, like a batch of an import, can clash with them again and again; after a few tries it
/// waits until the others have ended, lets none begin, and cannot clash any more. The lock is the session's and is taken before
/// the transaction, whose snapshot must not be older than the turn.
private enum WriteTurn {
    case shared, alone

    func take(_ conn: Connection) throws(DatabaseError) {
        switch self {
        case .shared: _ = try conn.row("SELECT pg_advisory_lock_shared(4206849138)")
        case .alone: _ = try conn.row("SELECT pg_advisory_lock(4206849138)")
        }
    }

    func end(_ conn: Connection) {
        switch self {
        case .shared: _ = try? conn.row("SELECT pg_advisory_unlock_shared(4206849138)")
        case .alone: _ = try? conn.row("SELECT pg_advisory_unlock(4206849138)")
        }
    }
}
