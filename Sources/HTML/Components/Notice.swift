/// What has just happened, or what everybody on this page should know first.
public struct Notice: Sendable {
    public enum Kind: String, Sendable { case success, information, warning }

    public let kind: Kind
    /// The sentence.
    public let title: String
    /// What else there is to say or do.
    public let content: HTML
    /// Whether the page opens with the focus here, so that a screen reader begins with it: right after an action, wrong for a
    /// notice that stands on every page.
    public let takesFocus: Bool

    /// `takesFocus` is by default true for a success, which always answers an action.
    public init(kind: Kind, title: String, content: HTML = .empty, takesFocus: Bool? = nil) {
        self.kind = kind
        self.title = title
        self.content = content
        self.takesFocus = takesFocus ?? (kind == .success)
    }
}

/// A line at the top of the page. A warning is an alert, the others are a status.
public func notice(_ notice: Notice) -> HTML {
    div(
        .class("notice \(notice.kind.rawValue)"), .role(notice.kind == .warning ? "alert" : "status"), .tabindex(-1),
        .flag("autofocus", notice.takesFocus)
    ) {
        p { strong { notice.title } }
        notice.content
    }
}
