/// A part of a thing that has a page of its own. The count stands beside the link, not in its name.
public struct Tab: Sendable {
    public let title: String
    public let count: Int?
    public let link: Link
    public let isCurrent: Bool

    public init(title: String, count: Int? = nil, link: Link, isCurrent: Bool = false) {
        self.title = title
        self.count = count
        self.link = link
        self.isCurrent = isCurrent
    }
}

/// A navigation between the pages of one thing. `label` names it: "Case".
public func tabs(label: String, _ tabs: [Tab]) -> HTML {
    nav(.class("tabs"), .aria("label", label)) {
        ul {
            for tab in tabs {
                li {
                    a(tab.link, .aria("current", tab.isCurrent ? "page" : nil)) { tab.title }
                    if let count = tab.count { span(.class("count")) { String(count) } }
                }
            }
        }
    }
}
