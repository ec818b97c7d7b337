internal import HTML
public import Primitives

public enum Method: String, Sendable, Hashable, CaseIterable { case get = "GET", post = "POST" }

/// A request, read completely: plain values only.
public struct WebRequest: Sendable {
    public let method: Method
    /// Percent-decoded path segments stand in `parameters`; this is the path as it came, without the query.
    public let path: String
    public let query: [String: String]
    /// The decoded fields of a posted form; the last one wins when a name comes twice.
    public let fields: [String: String]
    public let cookies: [String: String]
    /// The peer's address, or what a trusted proxy says it is.
    public let remoteAddress: String
    /// What limits count the peer as.
    public var network: String { Network.counted(remoteAddress) }
    public let id: String
    private let headers: [String: String]
    public var parameters: [String: String] = [:]
    /// The route as it is declared; empty before it is found.
    public var route = ""

    /// - Parameters:
    ///   - headers: names in lower case.
    ///   - isSecure: whether the portal is reached by https.
    public init(
        method: Method, path: String, query: [String: String] = [:], fields: [String: String] = [:],
        headers: [String: String] = [:], remoteAddress: String = "", id: String = "", isSecure: Bool = false
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.fields = fields
        self.headers = headers
        self.remoteAddress = remoteAddress
        self.id = id
        cookies = Cookie.parse(headers["cookie"] ?? "", isSecure: isSecure)
    }

    public func header(_ name: String) -> String? { headers[name] }

    /// Path and query as one local address, for coming back to.
    public var address: String {
        guard !query.isEmpty else { return path }
        let pairs = query.sorted { $0.key < $1.key }.map { "\(Link.encoded($0.key))=\(Link.encoded($0.value))" }
        return "\(path)?\(pairs.joined(separator: "&"))"
    }

    /// Machines ask for JSON; browsers ask for HTML.
    public var wantsJSON: Bool {
        guard let accept = header("accept") else { return false }
        return accept.contains("json") && !accept.contains("text/html")
    }
}
