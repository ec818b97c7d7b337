internal import Database
internal import Foundation
internal import GRDB

/// Notices when another process wrote to the file, five times a second, and wakes everybody here: SQLite sends no signals, but
/// `data_version` says for next to nothing that something changed.
/// `@unchecked Sendable`: `isClosed` and `isRunning` are read and written under `condition` only.
final class OtherProcesses: @unchecked Sendable {
    private let condition = NSCondition()
    private var isClosed = false
    private var isRunning = true

    init(path: String, _ configuration: Configuration, _ hub: SignalHub) throws {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let thread = Thread { [self] in
            var last: Int64?
            condition.lock()
            while !isClosed {
                condition.unlock()
                let version = try? queue.inDatabase { try Int64.fetchOne($0, sql: "PRAGMA data_version") }
                if let last, let version, version != last { hub.fireAll() }
                last = version ?? last
                condition.lock()
                if !isClosed { _ = condition.wait(until: Date(timeIntervalSinceNow: 0.2)) }
            }
            isRunning = false
            condition.broadcast()
            condition.unlock()
            try? queue.close()
        }
        thread.name = "sqlite-watch"
        thread.start()
    }

    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        while isRunning { condition.wait() }
        condition.unlock()
    }
}
