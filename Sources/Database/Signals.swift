internal import Foundation
internal import Synchronization

/// A name under which those who wait for something are woken after a commit: `jobs`, `pack`. It carries nothing; whoever is
/// woken looks into the database.
public struct Channel: Sendable, Hashable, RawRepresentable, ExpressibleByStringLiteral {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }
}

/// Wakes whoever waits in this process. A pool fires it after its own commits and when it hears of those of other processes.
package final class SignalHub: Sendable {
    private struct Listener: Sendable {
        let channel: Channel
        let continuation: AsyncStream<Void>.Continuation
    }
    private let listeners = Mutex<(next: Int, open: [Int: Listener])>((0, [:]))

    package init() {}

    /// - Returns: an element soon after each signal, several in one while nobody looks; one at the start.
    package func stream(_ channel: Channel) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = listeners.withLock { state in
            state.next += 1
            state.open[state.next] = Listener(channel: channel, continuation: continuation)
            return state.next
        }
        continuation.onTermination = { [weak self] _ in _ = self?.listeners.withLock { $0.open.removeValue(forKey: id) } }
        continuation.yield()
        return stream
    }

    package func fire(_ channels: Set<Channel>) {
        guard !channels.isEmpty else { return }
        wake { channels.contains($0.channel) }
    }

    /// When it is not known what happened elsewhere.
    package func fireAll() { wake { _ in true } }

    package func close() {
        let open = listeners.withLock { state in
            defer { state.open = [:] }
            return Array(state.open.values)
        }
        for listener in open { listener.continuation.finish() }
    }

    private func wake(_ isMeant: (Listener) -> Bool) {
        for listener in listeners.withLock({ Array($0.open.values) }) where isMeant(listener) { listener.continuation.yield() }
    }
}
