/// An email address that ends a line after its @, where it must end one.
public func breakable(_ email: String) -> HTML {
    guard let place = email.firstIndex(of: "@") else { return HTML(email) }
    return group {
        String(email[...place])
        voidElement("wbr", [])
        String(email[email.index(after: place)...])
    }
}
