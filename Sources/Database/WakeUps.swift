internal import Foundation

/// Wakes its one reader at each signal of a channel, and after a while anyway: signals can be lost.
public final class WakeUps: Sendable {
    public let elements: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation
    private let tasks: [Task<Void, Never>]

    init(_ signals: AsyncStream<Void>, every pause: Duration) {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        elements = stream
        self.continuation = continuation
        tasks = [
            Task {
                for await _ in signals { continuation.yield() }
                continuation.finish()
            },
            Task {
                while !Task.isCancelled {
                    try? await Task.sleep(for: pause)
                    continuation.yield()
                }
            },
        ]
        continuation.onTermination = { [tasks] _ in for task in tasks { task.cancel() } }
    }

    /// No more.
    public func end() { continuation.finish() }
}

extension ConnectionPool {
    /// - Parameter pause: the longest without being woken.
    public func wakeUps(_ channel: Channel, every pause: Duration) -> WakeUps { WakeUps(signals(channel), every: pause) }
}
