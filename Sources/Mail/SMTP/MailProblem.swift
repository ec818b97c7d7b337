/// Why an address, a setting or a mail cannot be used: a sentence that can be shown as it is. It never repeats a password.
public struct MailProblem: Error, Hashable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}
