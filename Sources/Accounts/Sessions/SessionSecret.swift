public import Core
public import Primitives
internal import Web

extension Visit {
    /// What something shown once is made from: the same press of a button in the same session gives the same secret, and nothing else
    /// does. It is nowhere but in the browser.
    /// - Throws: `NotFound` for whoever has no session.
    public func sessionSecret(for step: String) throws(NotFound) -> SecretToken {
        guard let session = request.cookies[Sessions.cookieName].flatMap(SecretToken.init(presented:)) else { throw NotFound() }
        return session.next(step, once: request.fields[onceFieldName] ?? "")
    }
}
