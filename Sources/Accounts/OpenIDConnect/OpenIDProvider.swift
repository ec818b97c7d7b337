internal import Foundation

/// The city's own sign-in service, where its people already have an account: an OpenID Connect provider that knows this portal as a
/// confidential client (OpenID Connect Core 1.0).
public struct OpenIDProvider: Sendable {
    /// As the provider writes it in its tokens, for example `https://login.example.gov`.
    public let issuer: String
    public let clientID: String
    let clientSecret: String

    /// nil when the issuer is no `https` address. Plain `http` is for providers on this machine only.
    public init?(issuer: String, clientID: String, clientSecret: String) {
        guard OpenIDProvider.isSafe(issuer), !issuer.contains("?"), !issuer.contains("#") else { return nil }
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
    }

    /// Why nobody could sign in with it now, for `groundwork doctor`; nil when everything is well.
    public func problem() async -> String? {
        do {
            try await OpenIDClient(self).check()
            return nil
        } catch { return error.words }
    }

    /// Where the provider describes itself (OpenID Connect Discovery 1.0, 4).
    var configurationURL: String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/.well-known/openid-configuration"
    }

    /// Whether secrets may be sent to this address.
    static func isSafe(_ url: String) -> Bool {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty, parts.user == nil else {
            return false
        }
        return parts.scheme == "https" || parts.scheme == "http" && ["localhost", "127.0.0.1", "::1"].contains(host)
    }
}

/// Why nobody could be signed in by the provider. The words are for the log.
enum OpenIDProblem: Error, Sendable {
    /// It did not answer, or not as a provider does.
    case unreachable(String)
    /// The person said no there, or the provider did.
    case refused(String)
    /// What it said about the person cannot be trusted.
    case untrusted(String)

    var words: String {
        switch self {
        case .unreachable(let why), .refused(let why), .untrusted(let why): why
        }
    }
}
