public import Core
public import HTML

/// Something that stands on "My account": the organizations somebody belongs to, the contacts they are.
public struct AccountPanel: Sendable {
    /// Smaller stands higher. The account's own: details 10, language 80, sessions 90.
    public let order: Int
    /// A whole panel; `HTML.empty` when there is nothing to show this person.
    public let view: @Sendable (Visit) async throws -> HTML

    public init(order: Int, view: @escaping @Sendable (Visit) async throws -> HTML) {
        self.order = order
        self.view = view
    }
}

/// A feature with something to show on "My account".
public protocol AccountFeature: Feature {
    var accountPanels: [AccountPanel] { get }
}
