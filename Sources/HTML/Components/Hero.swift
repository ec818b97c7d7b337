/// The top of the home page: what this is, and where to begin.
public func hero(title: String, lead: String, @HTMLBuilder content: () -> HTML) -> HTML {
    section(.class("hero")) {
        h1 { title }
        p { lead }
        content()
    }
}

/// Something people come to do, on the home page.
public struct TaskLink: Sendable {
    public let item: NavigationItem
    public let note: String
    /// What to read about it.
    public let more: NavigationItem?

    public init(_ item: NavigationItem, note: String, more: NavigationItem? = nil) {
        self.item = item
        self.note = note
        self.more = more
    }
}

/// What people come to do, each with a line that says more.
public func tasks(_ items: [TaskLink]) -> HTML {
    ul(.class("tasks")) {
        for task in items {
            li {
                navigationLink(task.item)
                p { task.note }
                if let more = task.more { p { navigationLink(more) } }
            }
        }
    }
}

/// The heading of a page with its status beside it, and a line below that says more.
public func pageHeading(_ title: String, lead: String = "", status: HTML = .empty) -> HTML {
    div(.class("heading")) {
        div {
            h1 { title }
            if !lead.isEmpty { p(.class("soft")) { lead } }
        }
        status
    }
}

/// The heading of a list with how many there are beside it, not in its name.
public func countedHeading(_ title: String, count: String = "") -> HTML {
    div(.class("counted")) {
        h2 { title }
        if !count.isEmpty { span(.class("count")) { count } }
    }
}

/// Running text, as in the guide.
public func prose(@HTMLBuilder _ content: () -> HTML) -> HTML { div(.class("prose"), content: content) }
