public import Core
public import HTML

/// Something that stands on "My account": the organizations somebody belongs to, the contacts they are.
public struct AccountPanel: Sendable {
    /// Smaller stands higher. The account's own: details 10, how to be contacted 20, sessions 90, what is on file 95.
    public let order: Int
    /// A whole panel; `HTML.empty` when there is nothing to show this person.
    public let view: @Sendable (Visit) async throws -> HTML

    public init(order: Int, view: @escaping @Sendable (Visit) async throws -> HTML) {
        self.order = order
        self.view = view
    }
}

/// A feature with something to show on "My account", or something on file about people.
public protocol AccountFeature: Feature {
    var accountPanels: [AccountPanel] { get }
    var accountRecords: [AccountRecords] { get }
    /// What somebody reads before they close their account.
    var closingNotes: [ClosingNotes] { get }
}

extension AccountFeature {
    public var accountPanels: [AccountPanel] { [] }
    public var accountRecords: [AccountRecords] { [] }
    public var closingNotes: [ClosingNotes] { [] }
}
