internal import AsyncHTTPClient
internal import Foundation
internal import HTML
internal import JWTKit
internal import NIOCore
internal import Primitives

/// Asks the city's provider: where its pages are, which keys it signs with, and whom a code stands for.
actor OpenIDClient {
    nonisolated let provider: OpenIDProvider
    private var known: (Known, since: Instant)?

    /// What it says of itself is asked again after so long.
    private static let lifetime = Span.hours(1)
    private static let timeout = TimeAmount.seconds(8)
    private static let mostBytes = 512 * 1024

    init(_ provider: OpenIDProvider) { self.provider = provider }

    private struct Known: Sendable {
        let configuration: Configuration
        let keys: JWTKeyCollection
    }

    private struct Configuration: Decodable, Sendable {
        let issuer: String
        let authorizationEndpoint: String
        let tokenEndpoint: String
        let jwksUri: String
        let tokenEndpointAuthMethodsSupported: [String]?
        let authorizationResponseIssParameterSupported: Bool?
    }

    private struct TokenAnswer: Decodable {
        let idToken: String?
        let error: String?
    }

    /// Where the browser is sent.
    /// - Parameters:
    ///   - redirect: where it comes back to, with scheme and host.
    ///   - again: the person is asked who they are even when the provider knows.
    func authorization(
        _ step: DirectoryStep, redirect: String, again: Bool, at now: Instant
    ) async throws(OpenIDProblem) -> String {
        let endpoint = try await known(at: now).configuration.authorizationEndpoint
        var fields = [
            ("response_type", "code"), ("client_id", provider.clientID), ("redirect_uri", redirect), ("scope", "openid profile"),
            ("state", step.state), ("nonce", step.nonce), ("code_challenge", step.challenge), ("code_challenge_method", "S256"),
        ]
        if again { fields.append(("prompt", "login")) }
        return endpoint + (endpoint.contains("?") ? "&" : "?") + form(fields)
    }

    /// Whom the answer's code stands for. The provider gives the answer to this portal only, and only to the browser that asked (RFC 7636).
    func identity(
        _ answer: DirectoryAnswer, _ step: DirectoryStep, redirect: String, at now: Instant
    ) async throws(OpenIDProblem) -> StaffIdentity {
        let known = try await known(at: now)
        let mustBeNamed = known.configuration.authorizationResponseIssParameterSupported ?? false
        guard answer.issuer == provider.issuer || answer.issuer.isEmpty && !mustBeNamed else {
            throw .untrusted("the answer is of \(answer.issuer.isEmpty ? "nobody" : answer.issuer)")
        }
        guard !answer.code.isEmpty else { throw .refused(answer.error) }
        let token = try await token(answer.code, step, redirect: redirect, known.configuration)
        let claims: IdentityToken
        do { claims = try await known.keys.verify(token, as: IdentityToken.self) } catch {
            // The provider may have new keys since it was asked.
            let renewed = try await fetch(at: now)
            do { claims = try await renewed.keys.verify(token, as: IdentityToken.self) } catch {
                throw .untrusted("the signature of the token does not fit: \(error)")
            }
        }
        if let problem = claims.problem(from: provider, nonce: step.nonce, at: now) { throw .untrusted(problem) }
        return claims.identity
    }

    func check() async throws(OpenIDProblem) { _ = try await fetch(at: Clock.system.now) }

    private func known(at now: Instant) async throws(OpenIDProblem) -> Known {
        if let known, now < known.since + Self.lifetime { return known.0 }
        return try await fetch(at: now)
    }

    private func fetch(at now: Instant) async throws(OpenIDProblem) -> Known {
        let configuration: Configuration = try await decoded(HTTPClientRequest(url: provider.configurationURL))
        guard configuration.issuer == provider.issuer else {
            throw .unreachable("the provider calls itself \(configuration.issuer), and is set as \(provider.issuer)")
        }
        for endpoint in [configuration.authorizationEndpoint, configuration.tokenEndpoint, configuration.jwksUri]
        where !OpenIDProvider.isSafe(endpoint) { throw .unreachable("\(endpoint) is no safe address") }
        let keys = try await keys(at: configuration.jwksUri)
        let fetched = Known(configuration: configuration, keys: keys)
        known = (fetched, since: now)
        return fetched
    }

    /// Only keys whose other half the provider alone has: with a shared secret, anybody who knows it could sign.
    private func keys(at url: String) async throws(OpenIDProblem) -> JWTKeyCollection {
        let (status, body) = try await answer(HTTPClientRequest(url: url))
        guard status == 200, let set = JSON(parsing: body), let all = set["keys"]?.array else {
            throw .unreachable("\(url) shows no keys")
        }
        let usable = all.filter { key in
            ["RSA", "EC", "OKP"].contains(key["kty"]?.string) && key["use"]?.string ?? "sig" == "sig"
        }.map { key in
            guard key["kid"] == nil, case .object(var fields) = key else { return key }
            fields["kid"] = "only"
            return .object(fields)
        }
        let collection = JWTKeyCollection()
        for key in usable {
            // One of a kind that nobody here can read is not the one that signs for this portal.
            let one: JSON = ["keys": .array([key])]
            _ = try? await collection.add(jwksJSON: one.description)
        }
        return collection
    }

    private func token(
        _ code: String, _ step: DirectoryStep, redirect: String, _ configuration: Configuration
    ) async throws(OpenIDProblem) -> String {
        var request = HTTPClientRequest(url: configuration.tokenEndpoint)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect), ("code_verifier", step.verifier),
        ]
        let methods = configuration.tokenEndpointAuthMethodsSupported ?? ["client_secret_basic"]
        if methods.contains("client_secret_basic") {
            let pair = "\(Link.encoded(provider.clientID)):\(Link.encoded(provider.clientSecret))"
            request.headers.add(name: "authorization", value: "Basic " + Data(pair.utf8).base64EncodedString())
        } else {
            fields += [("client_id", provider.clientID), ("client_secret", provider.clientSecret)]
        }
        request.body = .bytes(ByteBuffer(string: form(fields)))
        let (status, body) = try await answer(request)
        guard let said = try? Self.decoder.decode(TokenAnswer.self, from: Data(body.utf8)) else {
            throw .unreachable("\(configuration.tokenEndpoint) answered \(status)")
        }
        guard status == 200, let token = said.idToken else { throw .refused("\(status) \(said.error ?? "without a reason")") }
        return token
    }

    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    private func decoded<Value: Decodable>(_ request: HTTPClientRequest) async throws(OpenIDProblem) -> Value {
        let (status, body) = try await answer(request)
        do { return try Self.decoder.decode(Value.self, from: Data(body.utf8)) } catch {
            throw .unreachable("\(request.url) answered \(status), not as a provider does")
        }
    }

    /// Redirects are not followed: a secret goes where the operator sent it, or nowhere.
    private func answer(_ request: HTTPClientRequest) async throws(OpenIDProblem) -> (status: UInt, body: String) {
        do {
            let response = try await Self.http.execute(request, timeout: Self.timeout)
            let body = try await response.body.collect(upTo: Self.mostBytes)
            return (response.status.code, String(buffer: body))
        } catch { throw .unreachable("\(request.url) does not answer: \(error)") }
    }

    private static let http: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(5), read: timeout)
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()
}

private func form(_ fields: [(String, String)]) -> String {
    fields.map { "\(Link.encoded($0))=\(Link.encoded($1))" }.joined(separator: "&")
}
