public import Database
internal import Foundation
public import Primitives

/// Sends mails, one recipient each, through one mail server. The network is waited for on threads of its own; each keeps its
/// connection for the mails that follow.
public final class SMTPDelivery: Sendable {
    /// What became of a mail. A reply is what the server said beside its code: `2.0.0 Ok: queued as 4F3A`. Replies and reasons
    /// may hold the recipient's address: they are for the record, not for the log.
    public enum Outcome: Sendable, Hashable {
        /// The server will deliver it or send a bounce.
        case accepted(reply: String)
        /// The server will not take this mail for this recipient, now or later (5xx).
        case refused(code: Int, reply: String)
        /// Worth another try: the server said so (4xx), was not reached, or does not let us in.
        case later(reason: String)
        /// The whole mail was sent and no answer came: the server may have accepted it. Another try may deliver it twice,
        /// none may lose it; SMTP has no way to ask.
        case unknown(reason: String)
    }

    private typealias Job = @Sendable (SMTPSession) -> Void
    private let threads: PinnedThreads<Job>

    /// Connects to nothing yet.
    /// - Parameters:
    ///   - hello: what to call ourselves in EHLO, the portal's host name; by default the machine's.
    ///   - connections: how many mails can be on their way at the same time.
    ///   - connecting: time for the connection, the greeting, TLS and the login.
    ///   - whole: time for one mail with all of that.
    public init(
        _ server: SMTPServer, hello: String? = nil, connections: Int = 2, connecting: Span = .seconds(10),
        whole: Span = .seconds(60)
    ) {
        let hello = hello.flatMap { name in
            name.utf8.allSatisfy { $0 > 32 && $0 < 127 } && !name.contains { "/%?#".contains($0) } ? name : nil
        }
        threads = PinnedThreads(count: connections, name: "smtp") { next in
            ignoreBrokenPipes()
            let session = SMTPSession(server, hello: hello, connecting: connecting, whole: whole)
            while let jobs = next() {
                for job in jobs { job(session) }
            }
        }
    }

    /// Sends the mail to one recipient, after those that wait already. Takes at most `whole`, twice that when a kept connection
    /// turns out to be dead.
    /// - Parameter sender: the envelope's sender, where bounces go.
    public func deliver(_ message: MIMEMessage, from sender: MailAddress, to recipient: MailAddress) async -> Outcome {
        await onThread { $0.send(message.bytes, from: sender, to: recipient) }
            ?? .later(reason: "The portal is stopping.")
    }

    /// Connects, takes up TLS and logs in as the setting says, and leaves.
    /// - Returns: nil when mail can be sent, else a sentence for the operator.
    public func check() async -> String? {
        await onThread { $0.check() } ?? "The portal is stopping."
    }

    /// How busy the connections are.
    public var gauge: PoolGauge { threads.gauge }

    /// Sends what waits, then ends the connections.
    public func close() async { await withCheckedContinuation { continuation in end { continuation.resume() } } }

    /// Nobody holds it any more: it closes by itself.
    deinit { end {} }

    private func end(_ done: @escaping @Sendable () -> Void) {
        let threads = threads
        Thread.detachNewThread {
            threads.close()
            done()
        }
    }

    private func onThread<Result: Sendable>(_ work: @escaping @Sendable (SMTPSession) -> Result) async -> Result? {
        await withCheckedContinuation { continuation in
            let isTaken = threads.add { continuation.resume(returning: work($0)) }
            if !isTaken { continuation.resume(returning: nil) }
        }
    }
}

/// On this thread, writing to a connection that the other side closed is an error and not the process's end: told to send no
/// signals, libcurl leaves that to us.
private func ignoreBrokenPipes() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
}
