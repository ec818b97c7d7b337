public import Database
public import Primitives
public import Web

extension Visit {
    /// A public page that a browser or a search engine may keep, as long as it asks each time whether it is still the same: it gets
    /// 304 and no body when it is (RFC 9110, 8.8 and 13). Only for guests; what somebody sees who signed in is never kept.
    /// - Parameter changed: when what the page shows was last changed, as far as that is known.
    public func revalidated(_ response: WebResponse, changed: Instant?) -> WebResponse {
        guard case .guest = principal, request.method == .get, response.status == 200, response.cookies.isEmpty,
            response.stream == nil
        else { return response }
        var response = response
        // Weak: the same page also goes out compressed.
        let tag = "W/\"\(sha256(bytes: response.body).prefix(24))\""
        response.set("etag", tag)
        response.set("cache-control", "no-cache")
        if response.header("vary") == nil { response.set("vary", "accept-language, cookie") }
        if let changed { response.set("last-modified", changed.httpDate) }
        let known = (request.header("if-none-match") ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
        guard known.contains(where: { $0 == tag || $0 == tag.dropFirst(2) || $0 == "*" }) else { return response }
        response.status = 304
        response.body = []
        return response
    }
}

/// When anything in the city last changed.
public enum CityActivity {
    /// As a value in a statement.
    public static let last: SQL = "(SELECT at FROM fact ORDER BY id DESC LIMIT 1)"
    public static func last(_ conn: Connection) throws(DatabaseError) -> Instant? { try conn.value("SELECT \(last)") ?? nil }
}

extension Instant {
    /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
    var httpDate: String {
        let seconds = microseconds / 1_000_000
        let days = Int((seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400)
        let day = CivilDate(daysSince1970: days)
        let clock = Int((seconds % 86_400 + 86_400) % 86_400)
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let time = "\(padded(clock / 3600, 2)):\(padded(clock / 60 % 60, 2)):\(padded(clock % 60, 2))"
        return "\(weekdays[day.weekday - 1]), \(padded(day.day, 2)) \(months[day.month - 1]) \(day.year) \(time) GMT"
    }
}
