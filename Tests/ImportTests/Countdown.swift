import Synchronization

/// Says when a number of turns is over.
final class Countdown: Sendable {
    private let left: Mutex<Int>
    init(_ turns: Int) { left = Mutex(turns) }

    func isOver() -> Bool {
        left.withLock { left in
            left -= 1
            return left < 0
        }
    }
}
