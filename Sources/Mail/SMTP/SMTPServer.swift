internal import Foundation

/// The mail server that takes our mail, as the operator's setting names it.
///
///     smtp://user:password@mail.boulder.example:587      STARTTLS, then the login
///     smtps://user:password@mail.boulder.example         TLS from the first byte
///     smtp://localhost:25                                the machine's own mail server
///
/// After a `?`: `tls=required`, `tls=opportunistic` or `tls=none`, and `ca=PATH`, a file of certificates (PEM) to trust instead
/// of the system's. Without `tls`, TLS is required, except by a mail server on this machine that wants no login.
public struct SMTPServer: Sendable, Hashable {
    public enum TLS: String, Sendable {
        /// From the first byte (`smtps`).
        case implicit
        /// STARTTLS with a certificate that is trusted and names the host; else nothing is sent.
        case required
        /// STARTTLS if it is offered, whatever the certificate: keeps out who only listens.
        case opportunistic
        case none
    }

    public let host: String
    /// 465 for `smtps`; for `smtp` 587 with a login and 25 without, unless the setting says another.
    public let port: Int
    public let tls: TLS
    /// Path of a file of certificates to trust instead of the system's.
    public let certificates: String?
    let login: Login?

    struct Login: Sendable, Hashable {
        let user: String
        let password: String
    }

    /// - Throws: a sentence that says what is wrong. It repeats nothing of the setting, for any part of it may be the password.
    public init(_ setting: String) throws(MailProblem) {
        let scheme = setting.prefix { $0 != ":" }.lowercased()
        guard ["smtp", "smtps"].contains(scheme), setting.dropFirst(scheme.count).hasPrefix("://") else {
            throw MailProblem("The mail server's address must begin with smtp:// or smtps://.")
        }
        let parts = setting.dropFirst(scheme.count + 3).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var authority = parts[0]
        if authority.hasSuffix("/") { authority.removeLast() }
        guard !authority.contains("/"), !authority.contains("#") else {
            throw MailProblem(
                "The mail server's address has a / or # in the middle. In a password, write / as %2F, # as %23, ? as %3F and @ as %40."
            )
        }

        let at = authority.lastIndex(of: "@")
        login = try at.map { at throws(MailProblem) in try Login(authority[..<at]) }
        let place = at.map { authority[authority.index(after: $0)...] } ?? authority
        let (host, port) = try SMTPServer.hostAndPort(place)
        self.host = host
        self.port = port ?? (scheme == "smtps" ? 465 : login == nil ? 25 : 587)

        let options = try SMTPServer.options(parts.count > 1 ? parts[1] : "")
        certificates = options.certificates
        let isLoopback =
            ["localhost", "::1"].contains(host) || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
        tls =
            switch (scheme, options.tls) {
            case ("smtps", nil), ("smtps", .required): .implicit
            case ("smtps", _): throw MailProblem("smtps:// always uses TLS: leave out tls=, or begin with smtp://.")
            case (_, let chosen?): chosen
            case (_, nil): isLoopback && login == nil ? .opportunistic : .required
            }
        guard login == nil || isLoopback || tls == .implicit || tls == .required else {
            throw MailProblem("A password is sent to another machine only with tls=required: anybody on the way could read it.")
        }
        guard certificates == nil || tls == .implicit || tls == .required else {
            throw MailProblem("ca= has a meaning only with tls=required: otherwise no certificate is checked.")
        }
    }

    private static func hostAndPort(_ place: Substring) throws(MailProblem) -> (String, Int?) {
        let host: Substring
        let port: Substring?
        if place.hasPrefix("["), let end = place.firstIndex(of: "]") {
            host = place[place.index(after: place.startIndex)..<end]
            let rest = place[place.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":"), !host.isEmpty, host.allSatisfy({ $0.isHexDigit || ":.".contains($0) })
            else {
                throw MailProblem("The mail server's IPv6 address is not written as [address]:port.")
            }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else {
            let parts = place.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            host = parts[0]
            port = parts.count > 1 ? parts[1] : nil
            guard !host.isEmpty else { throw MailProblem("The mail server's name is missing.") }
            guard host.utf8.allSatisfy(isHostCharacter) else {
                throw MailProblem(
                    "The mail server's name has a character that no name can have. Use letters, digits, - and dots.")
            }
        }
        guard let port else { return (host.lowercased(), nil) }
        guard let number = Int(port), 1...65535 ~= number, port.allSatisfy(\.isNumber) else {
            throw MailProblem("The mail server's port must be a number from 1 to 65535.")
        }
        return (host.lowercased(), number)
    }

    private static func options(_ query: Substring) throws(MailProblem) -> (tls: TLS?, certificates: String?) {
        var tls: TLS?
        var certificates: String?
        for option in query.split(separator: "&") {
            let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? decoded(parts[1]) : nil
            switch parts[0] {
            case "tls":
                guard let value, let chosen = TLS(rawValue: value), chosen != .implicit else {
                    throw MailProblem("tls= must be required, opportunistic or none.")
                }
                tls = chosen
            case "ca":
                guard let value, !value.isEmpty else {
                    throw MailProblem("ca= must be the path of a file of certificates.")
                }
                certificates = value
            default: throw MailProblem("After the ?, the mail server's address can have tls= and ca= only.")
            }
        }
        return (tls, certificates)
    }

    /// nil when a % is no code, or the text has a control character.
    fileprivate static func decoded(_ text: Substring) -> String? {
        guard let text = text.removingPercentEncoding, text.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }) else { return nil }
        return text
    }

    private static func isHostCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
        }
    }
}

extension SMTPServer.Login {
    fileprivate init(_ text: Substring) throws(MailProblem) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw MailProblem("The mail server's login needs a user and a password, written user:password@ before the name.")
        }
        guard let user = SMTPServer.decoded(parts[0]), let password = SMTPServer.decoded(parts[1]) else {
            throw MailProblem("The mail server's login has a % that begins no code: write % itself as %25.")
        }
        self.init(user: user, password: password)
    }
}

extension SMTPServer: CustomStringConvertible, CustomReflectable {
    /// For a log or `groundwork doctor`: without the password.
    public var description: String {
        let tls = tls == .implicit ? "TLS" : "tls=\(tls.rawValue)"
        return "\(place) (\(tls), \(login.map { "login \($0.user)" } ?? "no login"))"
    }

    /// What `dump` sees: no password either.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// `mail.boulder.example:587`
    var place: String { "\(bracketedHost):\(port)" }

    /// For libcurl, which says the path in EHLO.
    func url(hello: String?) -> String { "\(tls == .implicit ? "smtps" : "smtp")://\(place)/\(hello ?? "")" }

    private var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }
}
