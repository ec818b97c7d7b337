/// The pages of a long list. `position` says where one is: "21–40 of 312".
public struct Pagination: Sendable {
    public let label: String
    public let previous: NavigationItem?
    public let next: NavigationItem?
    public let position: String

    public init(label: String, previous: NavigationItem? = nil, next: NavigationItem? = nil, position: String = "") {
        self.label = label
        self.previous = previous
        self.next = next
        self.position = position
    }
}

/// Links to the page before and the page after, and where one is.
public func pagination(_ pages: Pagination) -> HTML {
    nav(.class("pages"), .aria("label", pages.label)) {
        if let previous = pages.previous { a(previous.link, .rel("prev")) { previous.title } }
        if !pages.position.isEmpty { span(.class("soft")) { pages.position } }
        if let next = pages.next { a(next.link, .rel("next")) { next.title } }
    }
}
