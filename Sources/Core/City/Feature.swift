public import Database
public import HTML
public import Primitives
public import Web

/// A module that plugs in: the list of features over one record is the whole portal. Everything is optional.
public protocol Feature: Sendable {
    var name: String { get }
    var words: WordSource? { get }
    var migrations: [Migration] { get }
    var routes: [Route] { get }
    var accessRules: [AccessRule] { get }
    var reactions: [Reaction] { get }
    var effects: [Effect] { get }
    var tellings: [FactTelling] { get }
    var deskQueues: [DeskQueue] { get }
}

extension Feature {
    public var words: WordSource? { nil }
    public var migrations: [Migration] { [] }
    public var routes: [Route] { [] }
    public var accessRules: [AccessRule] { [] }
    public var reactions: [Reaction] { [] }
    public var effects: [Effect] { [] }
    public var tellings: [FactTelling] { [] }
    public var deskQueues: [DeskQueue] { [] }
}

/// Work for a role, oldest first, shown on the desk with its count.
public struct DeskQueue: Sendable {
    public let title: WordKey
    public let explanation: WordKey
    public let link: Link
    /// Who sees it.
    public let action: Action
    /// How many wait, and since when the oldest does.
    public let waiting: @Sendable (Connection) throws -> (count: Int, oldest: Instant?)

    public init(
        title: WordKey, explanation: WordKey, link: Link, action: Action,
        waiting: @escaping @Sendable (Connection) throws -> (count: Int, oldest: Instant?)
    ) {
        self.title = title
        self.explanation = explanation
        self.link = link
        self.action = action
        self.waiting = waiting
    }
}

/// The core's own tables, words and pages, as a feature like any other.
public struct CoreFeature: Feature {
    public init() {}
    public let name = "Core"
    public var words: WordSource? { coreWords }
    public var migrations: [Migration] { coreMigrations }
    public var routes: [Route] { KeptForms.routes }
}
