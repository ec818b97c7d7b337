/// A cookie of ours: HttpOnly always, Secure and `__Host-` wherever the portal is served by https.
public struct Cookie: Sendable, Hashable {
    public let name: String
    public let value: String
    /// Seconds to live; nil until the browser closes, 0 removes it.
    public let maxAge: Int?

    public init(_ name: String, _ value: String, maxAge: Int? = nil) {
        self.name = name
        self.value = value
        self.maxAge = maxAge
    }

    public static func removing(_ name: String) -> Cookie { Cookie(name, "", maxAge: 0) }

    func header(isSecure: Bool) -> String {
        var text = "\(isSecure ? "__Host-" : "")\(name)=\(value); Path=/; HttpOnly; SameSite=Lax"
        if isSecure { text += "; Secure" }
        if let maxAge { text += "; Max-Age=\(maxAge)" }
        return text
    }

    /// Names come without their `__Host-` prefix. Over https a cookie without it is not ours: another host of the same domain may
    /// have planted it.
    static func parse(_ header: String, isSecure: Bool) -> [String: String] {
        var cookies: [String: String] = [:]
        for pair in header.split(separator: ";") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else { continue }
            var name = String(sides[0].drop(while: { $0 == " " }))
            let isOurs = name.hasPrefix("__Host-")
            guard isOurs || !isSecure else { continue }
            if isOurs { name.removeFirst(7) }
            cookies[name] = String(sides[1])
        }
        return cookies
    }
}
