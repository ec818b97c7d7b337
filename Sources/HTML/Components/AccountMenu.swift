/// What somebody who has signed in reaches from every page.
public struct AccountMenu: Sendable {
    /// The button's text, "Account menu".
    public let title: String
    /// Who has signed in; the menu's first line.
    public let name: String
    public let items: [NavigationItem]
    /// A POST form with one button.
    public let signOut: HTML

    public init(title: String, name: String, items: [NavigationItem], signOut: HTML) {
        self.title = title
        self.name = name
        self.items = items
        self.signOut = signOut
    }
}

/// A button and the popover it opens. The browser itself opens, closes and moves the focus; no script is needed.
func accountMenu(_ menu: AccountMenu) -> HTML {
    let id = "account-menu"
    return group {
        button(.type("button"), .class("button quiet account"), .popovertarget(id)) { menu.title }
        div(.id(id), .class("menu"), .flag("popover", true)) {
            p(.class("soft")) { menu.name }
            ul { for item in menu.items { li { navigationLink(item) } } }
            menu.signOut
        }
    }
}
