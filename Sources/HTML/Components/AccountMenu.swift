/// What somebody who has signed in reaches from every page.
public struct AccountMenu: Sendable {
    /// The button's text, "Account menu".
    public let title: String
    /// What is seen of it on a phone: a part of the text, "Account". nil shows the whole there too.
    public let shortTitle: String?
    /// Who has signed in; the menu's first line.
    public let name: String
    public let items: [NavigationItem]
    /// A POST form with one button.
    public let signOut: HTML

    public init(title: String, shortTitle: String? = nil, name: String, items: [NavigationItem], signOut: HTML) {
        self.title = title
        self.shortTitle = shortTitle
        self.name = name
        self.items = items
        self.signOut = signOut
    }
}

/// A button and the popover it opens. The browser itself opens, closes and moves the focus; no script is needed.
func accountMenu(_ menu: AccountMenu) -> HTML {
    let id = "account-menu"
    return group {
        button(.type("button"), .class("button quiet account"), .popovertarget(id)) {
            if let short = menu.shortTitle {
                span(.class("full")) { menu.title }
                span(.class("short"), .aria("hidden", "true")) { short }
            } else {
                menu.title
            }
        }
        div(.id(id), .class("menu"), .flag("popover", true)) {
            p(.class("soft")) { menu.name }
            ul { for item in menu.items { li { navigationLink(item) } } }
            menu.signOut
        }
    }
}
