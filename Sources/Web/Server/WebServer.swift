public import Hummingbird
internal import Foundation
internal import HTTPTypes
internal import Logging
internal import NIOCore

/// Joins Hummingbird to a function from request to response; headers, compression and limits are put on here, once.
public struct WebServer: HTTPResponder {
    public struct Context: RequestContext {
        public var coreContext: CoreRequestContextStorage
        let remoteAddress: String

        public init(source: ApplicationRequestContextSource) {
            coreContext = .init(source: source)
            remoteAddress = source.channel.remoteAddress?.ipAddress ?? ""
        }
    }

    private let isSecure: Bool
    private let proxies: [Network]
    private let respond: @Sendable (WebRequest) async -> WebResponse
    /// Longest form accepted, in bytes.
    private let bodyLimit: Int

    /// - Parameters:
    ///   - isSecure: whether people reach this portal by https (from its base URL).
    ///   - proxies: who is believed when they say for whom they ask (`X-Forwarded-For`).
    public init(
        isSecure: Bool, proxies: [Network] = [], bodyLimit: Int = 1 << 20,
        respond: @escaping @Sendable (WebRequest) async -> WebResponse
    ) {
        self.isSecure = isSecure
        self.proxies = proxies
        self.bodyLimit = bodyLimit
        self.respond = respond
    }

    public func respond(to request: Request, context: Context) async throws -> Response {
        let isHead = request.method == .head
        let acceptsGzip = request.headers[.acceptEncoding]?.contains("gzip") ?? false
        var response: WebResponse
        switch try await read(request, context) {
        case .success(let web): response = await respond(web)
        case .failure(let refusal): response = refusal.response
        }
        SecurityHeaders.apply(to: &response, isSecure: isSecure)
        response.set("x-request-id", context.id)
        if acceptsGzip, response.isCompressible, response.body.count > 600, response.header("content-encoding") == nil,
            let smaller = Compression.gzip(response.body, level: 5)
        {
            response.body = smaller
            response.set("content-encoding", "gzip")
            response.set("vary", "accept-encoding, cookie")
        }
        var headers = HTTPFields()
        for (name, value) in response.headers {
            if let field = HTTPField.Name(name) { headers.append(HTTPField(name: field, value: value)) }
        }
        for cookie in response.cookies { headers.append(HTTPField(name: .setCookie, value: cookie.header(isSecure: isSecure))) }
        if let stream = response.stream, !isHead {
            let body = ResponseBody { writer in
                try await stream { text in try await writer.write(ByteBuffer(string: text)) }
                try await writer.finish(nil)
            }
            return Response(status: .init(code: response.status), headers: headers, body: body)
        }
        let body = isHead ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: response.body))
        return Response(status: .init(code: response.status), headers: headers, body: body)
    }

    private struct Refusal: Error { let response: WebResponse }

    /// The nearest address that is not one of our proxies: what stands before it in the header was written by whoever asks.
    func remoteAddress(_ peer: String, forwarded: String?) -> String {
        guard isProxy(peer), let forwarded else { return peer }
        let hops = forwarded.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        return hops.last { !isProxy($0) } ?? hops.first ?? peer
    }

    private func isProxy(_ address: String) -> Bool { proxies.contains { $0.contains(address) } }

    private func read(_ request: Request, _ context: Context) async throws -> Result<WebRequest, Refusal> {
        let method: Method
        switch request.method {
        case .get, .head: method = .get
        case .post: method = .post
        default: return .failure(Refusal(response: .text("This address accepts GET and POST only.\n", status: 405)))
        }
        var fields: [String: String] = [:]
        if method == .post {
            let type = request.headers[.contentType] ?? ""
            guard type.hasPrefix("application/x-www-form-urlencoded") else {
                return .failure(Refusal(response: .text("Send the form as application/x-www-form-urlencoded.\n", status: 415)))
            }
            guard let buffer = try? await request.body.collect(upTo: bodyLimit) else {
                return .failure(
                    Refusal(response: .text("This form is too long. Shorten your text and send it again.\n", status: 413)))
            }
            fields = URLEncoding.dictionary(String(buffer: buffer))
        }
        var headers: [String: String] = [:]
        for field in request.headers {
            let name = field.name.canonicalName
            headers[name] =
                headers[name].map { name == "cookie" ? "\($0); \(field.value)" : "\($0), \(field.value)" } ?? field.value
        }
        return .success(
            WebRequest(
                method: method, path: request.uri.path, query: URLEncoding.dictionary(request.uri.query ?? ""), fields: fields,
                headers: headers, remoteAddress: remoteAddress(context.remoteAddress, forwarded: headers["x-forwarded-for"]),
                id: context.id, isSecure: isSecure))
    }
}
