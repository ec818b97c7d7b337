public import HTML
public import Web

/// A page that somebody was on the way to before they had an account: signing in leads there, and so does finishing an account,
/// which may be a day and an email later.
public enum NextPage {
    private static let lifetime = 86_400

    /// Remembers the page in this browser.
    public static func remember(_ link: Link) -> Cookie {
        Cookie(OwnCookie.nextPage.rawValue, link.description, maxAge: lifetime)
    }

    /// Once the page was reached.
    public static let forget = Cookie.removing(OwnCookie.nextPage.rawValue)

    /// Where this browser was going; only ever a page of this portal.
    public static func link(_ request: WebRequest) -> Link? {
        request.cookies[OwnCookie.nextPage.rawValue].flatMap(Link.init(local:))
    }
}
