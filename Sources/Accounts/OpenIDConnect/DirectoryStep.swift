internal import Core
internal import Crypto
internal import Foundation
internal import HTML
internal import Primitives
internal import Web

/// What the browser brings back from the city's sign-in service.
struct DirectoryAnswer: Sendable {
    let code: String
    let error: String
    /// Who says so (RFC 9207); empty when the service does not say it.
    let issuer: String

    init(_ visit: Visit) {
        code = visit.query("code")
        error = visit.query("error")
        issuer = visit.query("iss")
    }
}

/// One way through the city's sign-in service and back. The browser holds one secret, and everything that has to fit when it comes
/// back is made from it, so that nothing is stored and no other browser can end it.
struct DirectoryStep: Sendable {
    static let cookieName = "directory"
    static let lifetime = Span.minutes(10)

    let token: SecretToken
    /// Where the person was on the way to.
    let wanted: Link?

    init(_ token: SecretToken, wanted: Link?) {
        self.token = token
        self.wanted = wanted
    }

    /// The one that this browser began; nil when it began none, or not lately.
    init?(of request: WebRequest) {
        guard let parts = request.cookies[Self.cookieName]?.split(separator: ".", omittingEmptySubsequences: false),
            parts.count == 2, let token = SecretToken(presented: String(parts[0])),
            let wanted = Base64URL.decode(String(parts[1]))
        else { return nil }
        self.init(token, wanted: Link(local: String(decoding: wanted, as: UTF8.self)))
    }

    var cookie: Cookie {
        let wanted = Base64URL.encode(Array((self.wanted?.description ?? "").utf8))
        return Cookie(Self.cookieName, "\(token.text).\(wanted)", maxAge: Int(Self.lifetime.seconds))
    }

    /// Comes back with the browser: the answer is to a question of this browser.
    var state: String { part("state") }
    /// Comes back inside the token: it was made for this question.
    var nonce: String { part("nonce") }
    /// Shown only when the code is turned in (RFC 7636, 4.1).
    var verifier: String { part("verifier") + part("verifier, second half") }
    /// What the provider sees of it at first (RFC 7636, 4.2).
    var challenge: String { Base64URL.encode(Array(SHA256.hash(data: Data(verifier.utf8)))) }
    /// Becomes the session's, or stands for the half-done sign-in.
    var session: SecretToken { token.next("session", once: "") }

    private func part(_ name: String) -> String { token.next(name, once: "").text }
}
