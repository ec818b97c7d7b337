/// A record in a list: what it is, whose turn it is, one thing to do.
public struct ListRow: Sendable {
    /// Begins with the link to the record.
    public let title: HTML
    public let subtitle: String
    /// A `tag`.
    public let status: HTML
    /// What comes next, in a sentence.
    public let note: HTML
    /// One button.
    public let action: HTML

    public init(title: HTML, subtitle: String = "", status: HTML = .empty, note: String = "", action: HTML = .empty) {
        self.init(title: title, subtitle: subtitle, status: status, note: HTML(note), action: action)
    }

    public init(title: HTML, subtitle: String = "", status: HTML = .empty, note: HTML, action: HTML = .empty) {
        self.title = title
        self.subtitle = subtitle
        self.status = status
        self.note = note
        self.action = action
    }
}

/// Records one below the other. `label` names the list where the heading above does not: "Results". A compact list has each record
/// on one line, where there is room.
public func listRows(_ rows: [ListRow], label: String? = nil, isCompact: Bool = false) -> HTML {
    ul(.class(isCompact ? "rows compact" : "rows"), .aria("label", label)) {
        for row in rows {
            li {
                div(.class("title")) { row.title }
                if !row.subtitle.isEmpty { div(.class("soft")) { row.subtitle } }
                if !row.status.isEmpty || !row.note.isEmpty {
                    div {
                        row.status
                        if !row.status.isEmpty && !row.note.isEmpty { " " }
                        row.note
                    }
                }
                if !row.action.isEmpty { div(.class("do")) { row.action } }
            }
        }
    }
}
