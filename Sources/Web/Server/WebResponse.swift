public import HTML

/// What goes back: a status, headers, cookies and a body.
public struct WebResponse: Sendable {
    public var status: Int
    public var headers: [(name: String, value: String)]
    public var cookies: [Cookie] = []
    public var body: [UInt8]
    /// Pages that show a secret are never compressed.
    public var isCompressible: Bool
    /// Instead of a body: writes text as it comes, until it returns or the browser is gone.
    public var stream: (@Sendable (_ write: (String) async throws -> Void) async throws -> Void)?
    /// The route as it is declared, for logs and metrics.
    public var route = ""
    /// Given so often at a time that each one by itself is not worth keeping.
    public var isOneOfMany = false

    public init(status: Int, headers: [(String, String)] = [], body: [UInt8] = [], isCompressible: Bool = true) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isCompressible = isCompressible
    }

    public static func html(_ text: String, status: Int = 200) -> WebResponse {
        WebResponse(status: status, headers: [("content-type", "text/html; charset=utf-8")], body: Array(text.utf8))
    }

    public static func text(_ text: String, status: Int = 200) -> WebResponse {
        WebResponse(status: status, headers: [("content-type", "text/plain; charset=utf-8")], body: Array(text.utf8))
    }

    public static func json(_ text: String, status: Int = 200, type: String = "application/json") -> WebResponse {
        WebResponse(status: status, headers: [("content-type", type)], body: Array(text.utf8))
    }

    /// After a form was taken: 303, so that a reload does not post again.
    public static func redirect(_ link: Link) -> WebResponse {
        WebResponse(status: 303, headers: [("location", link.description)])
    }

    public func setting(_ cookie: Cookie) -> WebResponse {
        var copy = self
        copy.cookies.append(cookie)
        return copy
    }

    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    public mutating func set(_ name: String, _ value: String) {
        headers.removeAll { $0.name == name }
        headers.append((name, value))
    }
}
