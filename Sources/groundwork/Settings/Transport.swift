import Foundation
import Portal
import Primitives

/// What leaves this machine goes by TLS: between browsers and the portal, a proxy and the program, the program and its database.
/// A demo city holds nobody's data: browsers may reach it as they can.
extension Settings {
    /// - Parameter hostname: what the program listens on; nil when it does not listen.
    /// - Throws: a sentence that says which setting would send what in the open.
    func insistOnTLS(listeningOn hostname: String?) throws {
        if let sentence = openRoads(listeningOn: hostname).first { throw Failure(sentence) }
    }

    /// What goes over a network unprotected, each with what to do.
    func openRoads(listeningOn hostname: String?) -> [String] {
        var sentences: [String] = []
        if let baseURL, baseURL.hasPrefix("http://"), !Host.isHere(URLComponents(string: baseURL)?.host ?? "") {
            sentences.append(
                "GROUNDWORK_BASE_URL is \(baseURL): passwords would go over the network in the open. Write it with https://.")
        }
        if let hostname, tls == nil, !Host.isHere(hostname) {
            sentences.append(
                "The program would listen on \(hostname) without a certificate, where other machines reach it. Set GROUNDWORK_TLS_CERTIFICATE and GROUNDWORK_TLS_KEY, or listen on localhost behind a proxy on this machine."
            )
        }
        return sentences
    }

    /// Asked before anything is sent to a database, its password first of all.
    func insistOnCheckedDatabase() throws {
        guard case .postgres(let url) = database, let host = Host.elsewhere(in: url) else { return }
        throw Failure(
            "The database is on \(host), and its address does not insist on a checked certificate. Add sslmode=verify-full to GROUNDWORK_DATABASE_URL, and sslrootcert= with the authority's file when it is the city's own."
        )
    }
}

private enum Host {
    /// Whether only this machine is meant: its own addresses, or a folder of sockets.
    static func isHere(_ host: String) -> Bool {
        let name = host.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        return name.isEmpty || name.hasPrefix("/") || name == "localhost" || name.hasSuffix(".localhost") || name == "::1"
            || name.hasPrefix("127.")
    }

    /// The first host of a database address that is elsewhere and whose certificate is not checked.
    /// A URI of libpq names hosts before its path (`postgres://a:5432,b/name`), as `host=` behind the `?`, or nowhere.
    static func elsewhere(in url: String) -> String? {
        let parts = url.split(separator: "?", maxSplits: 1)
        let settings = parts.count == 2 ? parts[1].split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) } : []
        func values(_ name: String) -> [String] {
            settings.filter { $0.count == 2 && $0[0] == name }.map { String($0[1]).removingPercentEncoding ?? String($0[1]) }
        }
        if values("sslmode").last == "verify-full" { return nil }
        let authority =
            parts[0].split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).last?
            .prefix { $0 != "/" } ?? ""
        let afterUser = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        let named = afterUser.split(separator: ",").map { part in
            let text = String(part)
            // A port stands behind the last colon, unless the colon is an IPv6 address's own.
            let host = text.hasPrefix("[") ? String(text.prefix { $0 != "]" }.dropFirst()) : String(text.prefix { $0 != ":" })
            return host.removingPercentEncoding ?? host
        }
        let hosts = (named + (values("host") + values("hostaddr")).flatMap { $0.split(separator: ",").map(String.init) })
        return hosts.first { !isHere($0) }
    }
}
