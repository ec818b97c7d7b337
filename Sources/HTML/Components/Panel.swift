/// Whose turn it is and for how long: the first thing on a case.
public func turnPanel(title: String, tone: Tone, @HTMLBuilder content: () -> HTML) -> HTML {
    div(.class("turn \(tone.rawValue)")) {
        p { strong { title } }
        content()
    }
}

/// Something that stands beside the main thing: a region named by its heading.
public func panel(title: String, id: String? = nil, @HTMLBuilder content: () -> HTML) -> HTML {
    section(.class("panel"), .id(id), .aria("label", title)) {
        h2 { title }
        content()
    }
}

/// The main thing, and what stands beside it; on a phone, below it.
public func columns(main: HTML, aside: HTML) -> HTML {
    div(.class("columns")) {
        div { main }
        div { aside }
    }
}

/// A page that says what will be here, with the first step towards it.
public func emptyState(_ text: String, action: HTML = .empty) -> HTML {
    div(.class("empty")) {
        p { text }
        action
    }
}
