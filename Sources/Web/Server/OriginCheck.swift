/// Whether an unsafe request comes from a page of ours. `Sec-Fetch-Site` decides where the browser sends it; otherwise Origin,
/// then Referer, must be ours; with none of them the request is refused.
public enum OriginCheck {
    /// - Parameter origin: scheme and host of this portal, for example `https://permits.example.gov`.
    public static func allows(_ request: WebRequest, origin: String) -> Bool {
        if request.method == .get { return true }
        if let site = request.header("sec-fetch-site") { return site == "same-origin" || site == "none" }
        if let sent = request.header("origin") { return sent == origin }
        if let referer = request.header("referer") { return referer == origin || referer.hasPrefix(origin + "/") }
        return false
    }
}
