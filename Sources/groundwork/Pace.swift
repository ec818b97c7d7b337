import Primitives
import Synchronization

/// How often long work says how far it is, and how long the rest will take.
final class Pace: Sendable {
    private let every: Duration
    private let state = Mutex(State())

    private struct State {
        var step = ""
        var begun = ContinuousClock.now
        var said = ContinuousClock.now
    }

    init(every: Duration) { self.every = every }

    /// Whether it is time for a line. A new step begins to be timed.
    func isDue(_ step: String) -> Bool {
        state.withLock { state in
            let now = ContinuousClock.now
            if state.step != step {
                state = State(step: step, begun: now, said: now)
                return true
            }
            guard now - state.said >= every else { return false }
            state.said = now
            return true
        }
    }

    /// `, 41,000 contacts/s, 12 s left`; nothing in the first second.
    func rest(_ step: String, _ done: Double, _ of: Double, _ count: Int, _ unit: String) -> String {
        let seconds = state.withLock { ($0.begun.duration(to: .now) / .seconds(1)) }
        guard seconds >= 1, done > 0, done < of else { return "" }
        let left = (of - done) * seconds / done
        return ", \(grouped(Int(Double(count) / seconds))) \(unit)/s, \(Int(left.rounded(.up))) s left"
    }
}
