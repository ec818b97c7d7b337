internal import Database
internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// Stores rows while the writer makes the next ones: a thread beside the writer's, on the writer's connection. The two never use the
/// connection at the same time: the writer takes it (`take`) before each statement and gives it back. A question about other tables
/// goes in between two rows; everything else waits until the rows are stored.
///
/// `@unchecked Sendable`: every field is read and written under `condition`, but for `statements`, which only the writer's thread
/// uses.
final class SQLiteLoader: @unchecked Sendable {
    /// Rows on their way into a table.
    private struct Load {
        let table: String
        let insert: SQLiteInsert
        let rows: [[SQLValue]]
    }

    private let condition = NSCondition()
    private var waiting: [Load] = []
    private var storing: Load?
    /// Whether the writer waits for the connection, or has it.
    private var isWanted = false
    /// Whether this thread uses the connection.
    private var isUsing = false
    private var failure: KitError?
    private var isDropping = false
    private var isRunning = false
    private var isClosed = false
    private var statements: [String: SQLiteInsert] = [:]

    /// Takes the rows; they are stored in the order in which they came.
    func add(_ rows: [[SQLValue]], into table: String, _ columns: [String], _ db: GRDB.Database) throws {
        let insert = try statement(table, columns, db)
        condition.lock()
        defer { condition.unlock() }
        if !isRunning { begin() }
        waiting.append(Load(table: table, insert: insert, rows: rows))
        condition.broadcast()
    }

    /// Takes the connection for a statement of the writer; `release` gives it back.
    /// - Throws: what kept rows from being stored; whatever came after them was dropped.
    func take(for statement: String) throws(KitError) {
        condition.lock()
        defer { condition.unlock() }
        if isAboutOthers(statement) {
            isWanted = true
            while isUsing { condition.wait() }
        } else {
            while storing != nil || !waiting.isEmpty { condition.wait() }
            isWanted = true
        }
        guard let failure else { return }
        isWanted = false
        self.failure = nil
        throw failure
    }

    func release() {
        condition.lock()
        isWanted = false
        condition.broadcast()
        condition.unlock()
    }

    /// Whether a statement only reads, and nothing that is about to be stored.
    private func isAboutOthers(_ statement: String) -> Bool {
        if storing == nil, waiting.isEmpty { return true }
        guard statement.hasPrefix("SELECT") else { return false }
        let tables = waiting.map(\.table) + (storing.map { [$0.table] } ?? [])
        return tables.allSatisfy { !statement.contains($0) }
    }

    /// Drops what is not stored yet, before the transaction is rolled back.
    func drop() {
        condition.lock()
        defer { condition.unlock() }
        waiting = []
        isDropping = true
        while storing != nil { condition.wait() }
        isDropping = false
        failure = nil
    }

    /// Ends the thread and its statements; on the writer's thread, before the connection is closed.
    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        while isRunning { condition.wait() }
        condition.unlock()
        statements = [:]
    }

    private func statement(_ table: String, _ columns: [String], _ db: GRDB.Database) throws -> SQLiteInsert {
        let text = SQLiteInsert.text(table, columns)
        if let known = statements[text] { return known }
        try take(for: text)
        defer { release() }
        let new = try SQLiteInsert(text, SQLiteDriver.asKit { try db.makeStatement(sql: text) })
        statements[text] = new
        return new
    }

    private func begin() {
        isRunning = true
        let thread = Thread { [self] in run() }
        thread.name = "sqlite-load"
        thread.stackSize = 4 << 20
        thread.start()
    }

    private func run() {
        condition.lock()
        while true {
            while waiting.isEmpty, !isClosed { condition.wait() }
            guard !waiting.isEmpty else { break }
            let load = waiting.removeFirst()
            storing = load
            var rest = load.rows[...]
            while !rest.isEmpty, failure == nil, !isDropping {
                while isWanted { condition.wait() }
                isUsing = true
                condition.unlock()
                let some = rest.prefix(SQLiteLoader.atOnce)
                rest = rest.dropFirst(some.count)
                let problem = load.insert.problem(storing: some)
                condition.lock()
                isUsing = false
                failure = problem
                if isWanted { condition.broadcast() }
            }
            if failure != nil { waiting = [] }
            storing = nil
            condition.broadcast()
        }
        isRunning = false
        condition.broadcast()
        condition.unlock()
    }

    /// Rows between which the writer may ask something.
    private static let atOnce = 16
}
