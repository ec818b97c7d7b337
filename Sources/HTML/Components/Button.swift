/// The button of a form. One button a page is primary; the others are `quiet`, and `danger` when they take something away.
/// `accessibleName` says what a repeated button means on its row ("Remove Rosa Martínez"); it begins with the visible text.
public func submitButton(
    _ title: String, quiet: Bool = false, accessibleName: String? = nil, name: String? = nil, value: String? = nil,
    danger: Bool = false
) -> HTML {
    button(
        .type("submit"), .class(buttonClass(quiet: quiet, danger: danger)), .named("name", name), .value(value),
        .aria("label", accessibleName)
    ) { title }
}

/// A link that looks like a button, because it is the next thing to do.
public func linkButton(_ title: String, _ link: Link, quiet: Bool = false, accessibleName: String? = nil) -> HTML {
    a(link, .class(buttonClass(quiet: quiet, danger: false)), .aria("label", accessibleName)) { title }
}

/// A submit button that marks a favorite. Its name says what pressing it does: "Add Rosa Martínez to favorites".
public func starButton(accessibleName: String, isOn: Bool) -> HTML {
    button(.type("submit"), .class("star"), .aria("label", accessibleName)) {
        span(.aria("hidden", "true")) { isOn ? "★" : "☆" }
    }
}

/// Several buttons in a line; on a phone, one below the other.
public func actions(@HTMLBuilder _ content: () -> HTML) -> HTML { div(.class("actions"), content: content) }

private func buttonClass(quiet: Bool, danger: Bool) -> String {
    "button" + (quiet ? " quiet" : "") + (danger ? " danger" : "")
}
