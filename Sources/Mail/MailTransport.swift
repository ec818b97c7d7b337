/// How mails leave the house. A struct of closures, so that a test can stand in for the mail server.
public struct MailTransport: Sendable {
    public enum Outcome: Sendable, Hashable {
        /// A mail server has taken it, with these words.
        case accepted(reply: String)
        /// It will never be taken: the address is wrong, or the mail is.
        case refused(reply: String)
        /// Not now: no connection, too busy, a login that is refused, no answer.
        case later(reason: String)
    }

    public let deliver: @Sendable (Outbox.Kept) async -> Outcome
    /// Whether the mail server answers: nil, or a sentence that says what is wrong.
    public let check: @Sendable () async -> String?

    public init(deliver: @escaping @Sendable (Outbox.Kept) async -> Outcome, check: @escaping @Sendable () async -> String?) {
        self.deliver = deliver
        self.check = check
    }
}
