internal import CPQ
internal import Database
internal import Foundation
internal import Primitives

/// Hears the signals of every process on one database (LISTEN), on a thread and a connection of its own. When the connection
/// is lost it is opened again, and everybody is woken, because nobody knows what was missed.
/// `@unchecked Sendable`: `isClosed` is read and written under `condition` only; the session belongs to the thread.
final class PostgresListener: @unchecked Sendable {
    private let condition = NSCondition()
    private var isClosed = false
    private var isRunning = false
    private let settings: PostgresSettings
    private let hub: SignalHub

    init(_ settings: PostgresSettings, _ hub: SignalHub) {
        self.settings = settings
        self.hub = hub
    }

    /// Begins to listen when somebody first wants to hear.
    func start() {
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed, !isRunning else { return }
        isRunning = true
        let thread = Thread { [self] in
            while !closing {
                do { try listen() } catch { Thread.sleep(forTimeInterval: 0.3) }
            }
            condition.lock()
            isRunning = false
            condition.broadcast()
            condition.unlock()
        }
        thread.name = "postgres-listen"
        thread.start()
    }

    private var closing: Bool {
        condition.lock()
        defer { condition.unlock() }
        return isClosed
    }

    private func listen() throws(DatabaseError) {
        guard let link = PQconnectdb(settings.url) else { throw DatabaseError(.connectionLost, "out of memory") }
        let driver = PostgresDriver(link)
        guard driver.isAlive else { throw DatabaseError(.connectionLost, "no connection") }
        try Connection(driver).run("LISTEN groundwork")
        hub.fireAll()
        while !closing {
            var socket = pollfd(fd: PQsocket(link), events: Int16(POLLIN), revents: 0)
            // A quarter of a second, so that closing is noticed.
            guard poll(&socket, 1, 250) > 0 else { continue }
            guard PQconsumeInput(link) == 1 else { throw DatabaseError(.connectionLost, "lost") }
            var channels: Set<Channel> = []
            while let notification = PQnotifies(link) {
                channels.insert(Channel(rawValue: String(cString: notification.pointee.extra)))
                PQfreemem(notification)
            }
            hub.fire(channels)
        }
    }

    func close() {
        condition.lock()
        isClosed = true
        while isRunning { condition.wait() }
        condition.unlock()
    }
}
