/// What the program knows and a pack speaks of: the checker holds every name in a pack against these (`D2`).
public struct ProgramNames: Sendable {
    /// The fields of a case that some page, file or answer asks for. Each needs its class.
    public let fields: [String]
    /// What a role may carry: `desk.open`, `pack.publish`.
    public let actions: [String]
    /// The words of mails that a city may say its own way, with their placeholders.
    public let notices: [String: Set<String>]

    public init(fields: [String], actions: [String], notices: [String: Set<String>]) {
        self.fields = fields
        self.actions = actions
        self.notices = notices
    }
}
