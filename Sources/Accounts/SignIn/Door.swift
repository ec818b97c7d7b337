internal import Core
internal import Primitives
internal import Web

/// A secret that a browser gets with a page that leads to a session: a mailed link, a passkey. The session's token is made from it and
/// the form's once-key, so that a second press of the same button leads where the first does. It is in a cookie that no script can
/// read, and nowhere in the page: whoever sees the link or the page still has no session.
enum Door {
    static let cookieName = "door"
    private static let lifetime = Span.hours(1)

    /// The page, and the secret with it when the browser has none.
    static func opening(_ page: WebResponse, on visit: Visit) -> WebResponse {
        let secret = held(visit) ?? SecretToken(randomness: visit.city.randomness)
        return page.setting(Cookie(cookieName, secret.text, maxAge: Int(lifetime.seconds)))
    }

    /// What the session's token is from now on.
    static func session(_ visit: Visit) -> SecretToken {
        let secret = held(visit) ?? SecretToken(randomness: visit.city.randomness)
        return secret.next("session", once: visit.request.fields[onceFieldName] ?? "")
    }

    private static func held(_ visit: Visit) -> SecretToken? {
        visit.request.cookies[cookieName].flatMap(SecretToken.init(presented:))
    }
}
