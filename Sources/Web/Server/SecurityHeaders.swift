/// The headers every answer carries.
enum SecurityHeaders {
    static func apply(to response: inout WebResponse, isSecure: Bool) {
        let policy =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
            + "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
        set("content-security-policy", policy)
        set("x-content-type-options", "nosniff")
        set("referrer-policy", "same-origin")
        set("cross-origin-opener-policy", "same-origin")
        set("cross-origin-resource-policy", "same-origin")
        set("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()")
        if isSecure { set("strict-transport-security", "max-age=31536000; includeSubDomains") }
        if response.header("cache-control") == nil { set("cache-control", "no-store") }

        func set(_ name: String, _ value: String) {
            if response.header(name) == nil { response.headers.append((name, value)) }
        }
    }
}
