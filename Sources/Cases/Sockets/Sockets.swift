public import CityPack
public import Core
public import Database
public import HTML
public import Primitives

/// A part of a case that has a page of its own, with its count (D11).
public struct CaseTab: Sendable {
    public let title: WordKey
    /// Smaller stands first: Summary is 0, Contacts 10, Locations 20, Sub-records 30, Timeline 90.
    public let order: Int
    /// By the case's number.
    public let link: @Sendable (String) -> Link
    /// Who sees it at least.
    public let visibility: Visibility
    /// What whoever sees it must be allowed to do with the case besides; nil for nothing.
    public let right: Action?
    /// One number: how many things it holds for whoever is looking; nil when there is nothing to count. The numbers of all tabs are
    /// asked for at once.
    public let count: @Sendable (SeenCase) -> SQL?

    public init(
        title: WordKey, order: Int, visibility: Visibility = .public, right: Action? = nil,
        link: @escaping @Sendable (String) -> Link,
        count: @escaping @Sendable (SeenCase) -> SQL? = { _ in nil }
    ) {
        self.title = title
        self.order = order
        self.visibility = visibility
        self.right = right
        self.link = link
        self.count = count
    }
}

/// Something people can do with a case, and the right it needs.
public struct CaseAction: Sendable {
    /// Names it for its obstacles: `add-contact`.
    public let id: String
    public let title: WordKey
    public let right: Action
    /// By the case's number.
    public let link: @Sendable (String) -> Link

    public init(_ id: String, title: WordKey, right: Action, link: @escaping @Sendable (String) -> Link) {
        self.id = id
        self.title = title
        self.right = right
        self.link = link
    }
}

/// Why an action cannot be taken now, and where that can be mended (D10).
public struct Obstacle: Sendable {
    public let reason: Phrase
    public let remedy: Remedy?

    public struct Remedy: Sendable {
        public let title: WordKey
        public let link: Link
        public init(title: WordKey, link: Link) {
            self.title = title
            self.link = link
        }
    }

    public init(_ reason: Phrase, remedy: Remedy? = nil) {
        self.reason = reason
        self.remedy = remedy
    }
}

/// Looks whether something stands in the way of one action.
public struct ObstacleSource: Sendable {
    /// The `CaseAction.id` it is about.
    public let action: String
    public let find: @Sendable (SeenCase, CityContext, Connection) throws -> [Obstacle]

    public init(_ action: String, find: @escaping @Sendable (SeenCase, CityContext, Connection) throws -> [Obstacle]) {
        self.action = action
        self.find = find
    }
}

/// What a row of `case_attention` means, in words for the dashboard. The reason `status` is told by the status itself.
public struct AttentionReason: Sendable {
    public let key: String
    public let title: WordKey
    public init(_ key: String, title: WordKey) {
        self.key = key
        self.title = title
    }
}

/// What somebody can do whose case from before the cut-over is not connected to them (C4): prove it, ask for it.
public struct OlderCaseWay: Sendable {
    /// Smaller stands first: asking for access is 50; proving it oneself stands before it.
    public let order: Int
    public let title: WordKey
    /// By the case's number; for no particular one when that is empty.
    public let link: @Sendable (String) -> Link

    /// Asking for access stands here.
    public static let asking = 50

    public init(order: Int, title: WordKey, link: @escaping @Sendable (String) -> Link) {
        self.order = order
        self.title = title
        self.link = link
    }
}

/// Something beside the lists of the dashboard: invoices due, next inspections.
public struct DashboardCard: Sendable {
    public let order: Int
    /// A `panel`; nil when there is nothing to say.
    public let content: @Sendable (Visit, Connection) throws -> HTML?

    public init(order: Int, content: @escaping @Sendable (Visit, Connection) throws -> HTML?) {
        self.order = order
        self.content = content
    }
}

/// Something beside the summary of a case that is the visitor's own: follow it, keep it in a collection.
public struct CasePanel: Sendable {
    /// Smaller stands higher.
    public let order: Int
    /// Asked together with the case, for `SeenCase.may`.
    public let right: Action
    /// A `panel`; empty when there is nothing for this visitor. At most one statement.
    public let content: @Sendable (SeenCase, Visit, Connection) throws -> HTML

    public init(order: Int, right: Action, content: @escaping @Sendable (SeenCase, Visit, Connection) throws -> HTML) {
        self.order = order
        self.right = right
        self.content = content
    }
}

extension CityContext {
    /// What somebody can do by themselves whose case is missing, before they ask.
    public var waysBeforeAsking: [OlderCaseWay] {
        caseFeatures.flatMap(\.olderCaseWays).filter { $0.order < OlderCaseWay.asking }.sorted { $0.order < $1.order }
    }

    /// Every reason why the action cannot be taken with this case now.
    func obstacles(to action: String, _ seen: SeenCase, _ conn: Connection) throws -> [Obstacle] {
        try caseFeatures.flatMap(\.obstacles).filter { $0.action == action }.flatMap { try $0.find(seen, self, conn) }
    }
}
