import Accounts
import Core
import Foundation
import Mail
import Portal
import Primitives
import Web

/// What the operator sets, checked (`contract` of the program: `docs/operations.md`). A wrong value or an unknown name stops the
/// start with a sentence that names it.
struct Settings {
    let database: DatabaseLocation
    /// Connections for reading, and on PostgreSQL as many again for writing.
    let connections: Int
    let cityFolder: String
    /// Scheme and host without a slash at the end; nil for the address that is listened on.
    let baseURL: String?
    let tls: TLSFiles?
    let proxies: [Network]
    let mail: MailSettings?
    /// The folder of uploaded files.
    let filesFolder: String
    let checkpoints: String
    let limits: [Limit]
    let logLevel: String
    let demoNow: Instant?
    /// Seals what must be read again of people's secrets.
    let secretKey: String?
    /// The key before that one, while what it sealed is being replaced.
    let secretKeyBefore: String?
    /// Passwords known from elsewhere.
    let breached: BreachedPasswords?
    /// The city's own sign-in service.
    let provider: OpenIDProvider?
    /// Files that hold secrets: of settings that name one, and the key of the certificate.
    let secretFiles: [String]
    /// Settings that are set and that this version does nothing with yet.
    let unused: [String]

    struct TLSFiles {
        let certificate: String
        let key: String
    }

    struct MailSettings {
        let server: SMTPServer
        let from: MailAddress
    }

    static func load(environment: [String: String] = ProcessInfo.processInfo.environment) async throws -> Settings {
        let source = try await SettingsSource(environment: programs(environment), file: "groundwork.yaml")
        let database = try database(source)
        let files = try filesFolder(source)
        return Settings(
            database: database, connections: try connections(source), cityFolder: try source.string(.city) ?? "Cities/boulder",
            baseURL: try baseURL(source), tls: try tls(source), proxies: try proxies(source), mail: try mail(source),
            filesFolder: files, checkpoints: try source.string(.checkpoints) ?? checkpoints(beside: database),
            limits: try limits(source), logLevel: try logLevel(source), demoNow: try demoNow(source),
            secretKey: try secretKey(source, .secretKey), secretKeyBefore: try secretKey(source, .secretKeyBefore),
            breached: try breached(source), provider: try provider(source),
            secretFiles: SettingName.all.compactMap(source.secretFile) + [try source.string(.tlsKey)].compactMap(\.self),
            unused: try SettingName.all.filter { try !$0.isUsed && source.string($0) != nil }.map(\.variable))
    }

    /// Variables for tests of the project are none of the program's.
    private static func programs(_ environment: [String: String]) -> [String: String] {
        environment.filter { !["GROUNDWORK_TEST_POSTGRES"].contains($0.key) }
    }

    private static func secretKey(_ source: SettingsSource, _ name: SettingName) throws -> String? {
        guard let key = try source.string(name) else { return nil }
        guard key.utf8.count >= 32 else {
            throw Failure(
                "\(name.variable) is too short: it needs 32 characters at least. Make one with: openssl rand -hex 32"
            )
        }
        return key
    }

    private static func breached(_ source: SettingsSource) throws -> BreachedPasswords? {
        guard let folder = try source.string(.breachedPasswords) else { return nil }
        guard let breached = BreachedPasswords(folder: folder) else {
            throw Failure(
                "GROUNDWORK_BREACHED_PASSWORDS names \(folder), where no file 00000.txt can be read. It must be a folder with one file for each beginning of a hash, 00000.txt to FFFFF.txt."
            )
        }
        return breached
    }

    private static func provider(_ source: SettingsSource) throws -> OpenIDProvider? {
        let settings = [SettingName.oidcIssuer, .oidcClientID, .oidcClientSecret]
        let values = try settings.map { try source.string($0) }
        guard values.contains(where: { $0 != nil }) else { return nil }
        if let missing = zip(settings, values).first(where: { $0.1 == nil })?.0 {
            let names = settings.map(\.variable).joined(separator: ", ")
            throw Failure("\(missing.variable) is missing. Set all of \(names), or none of them.")
        }
        let issuer = values[0] ?? ""
        guard
            let provider = OpenIDProvider(issuer: issuer, clientID: values[1] ?? "", clientSecret: values[2] ?? "")
        else { throw Failure("GROUNDWORK_OIDC_ISSUER is \(issuer). It must be like https://login.example.gov, without ? and #.") }
        return provider
    }

    private static func database(_ source: SettingsSource) throws -> DatabaseLocation {
        let url = try source.string(.databaseURL) ?? "sqlite:var/groundwork.sqlite"
        guard let database = DatabaseLocation(url) else {
            let scheme = url.prefix { $0 != ":" && $0 != "/" }
            throw Failure(
                "GROUNDWORK_DATABASE_URL begins with \(scheme): write sqlite:PATH, for example sqlite:var/groundwork.sqlite, or postgres://USER@HOST:PORT/NAME."
            )
        }
        return database
    }

    private static func connections(_ source: SettingsSource) throws -> Int {
        guard let text = try source.string(.databaseConnections) else { return 4 }
        guard let count = Int(text), (1...64).contains(count) else {
            throw Failure("GROUNDWORK_DATABASE_CONNECTIONS is \(text). Write a number from 1 to 64.")
        }
        return count
    }

    private static func baseURL(_ source: SettingsSource) throws -> String? {
        guard var base = try source.string(.baseURL) else { return nil }
        if base.hasSuffix("/") { base.removeLast() }
        guard let parts = URLComponents(string: base), ["http", "https"].contains(parts.scheme), parts.host?.isEmpty == false,
            parts.path.isEmpty, parts.query == nil, parts.fragment == nil, parts.user == nil
        else { throw Failure("GROUNDWORK_BASE_URL must be like https://permits.example.gov, without a path.") }
        return base
    }

    private static func tls(_ source: SettingsSource) throws -> TLSFiles? {
        switch (try source.string(.tlsCertificate), try source.string(.tlsKey)) {
        case (nil, nil): return nil
        case (let certificate?, let key?):
            for (setting, file) in [(SettingName.tlsCertificate, certificate), (.tlsKey, key)]
            where !FileManager.default.isReadableFile(atPath: file) {
                throw Failure("\(setting.variable) names \(file), which cannot be read. Check the path and its permissions.")
            }
            return TLSFiles(certificate: certificate, key: key)
        case (_?, nil): throw Failure("GROUNDWORK_TLS_CERTIFICATE is set and GROUNDWORK_TLS_KEY is not. Set both, or none.")
        case (nil, _?): throw Failure("GROUNDWORK_TLS_KEY is set and GROUNDWORK_TLS_CERTIFICATE is not. Set both, or none.")
        }
    }

    private static func proxies(_ source: SettingsSource) throws -> [Network] {
        let text = try source.string(.trustedProxies) ?? ""
        return try text.split(whereSeparator: { $0 == "," || $0 == " " }).map { part in
            guard let network = Network(String(part)) else {
                throw Failure(
                    "GROUNDWORK_TRUSTED_PROXIES holds \(part), which is no network. Write addresses like 10.0.0.0/8, with commas between them."
                )
            }
            return network
        }
    }

    private static func mail(_ source: SettingsSource) throws -> MailSettings? {
        let from = try source.string(.mailFrom)
        guard let url = try source.string(.smtpURL) else {
            if let from { _ = try sender(from) }
            return nil
        }
        // Without one: an address at the portal's own host.
        let host = try baseURL(source).flatMap { URLComponents(string: $0)?.host } ?? "localhost"
        do { return MailSettings(server: try SMTPServer(url), from: try sender(from ?? "permits@\(host)")) } catch let problem
            as MailProblem
        {
            throw Failure("GROUNDWORK_SMTP_URL: \(problem)")
        }
    }

    private static func sender(_ text: String) throws -> MailAddress {
        do { return try MailAddress(setting: text) } catch { throw Failure("GROUNDWORK_MAIL_FROM: \(error)") }
    }

    private static func filesFolder(_ source: SettingsSource) throws -> String {
        let url = try source.string(.filesURL) ?? "file:var/files"
        guard url.hasPrefix("file:"), url.count > "file:".count else {
            throw Failure("GROUNDWORK_FILES_URL must be file:PATH, for example file:var/files.")
        }
        return String(url.dropFirst("file:".count))
    }

    /// Outside the database: for SQLite the folder beside the file.
    private static func checkpoints(beside database: DatabaseLocation) -> String {
        switch database {
        case .sqlite(let path): (path as NSString).deletingPathExtension + ".checkpoints"
        case .postgres: "var/checkpoints"
        }
    }

    private static func limits(_ source: SettingsSource) throws -> [Limit] {
        try Limit.all.compactMap { limit in
            let name = SettingName.limit(limit)
            guard let text = try source.string(name) else { return nil }
            guard let changed = limit.with(setting: text) else {
                throw Failure("\(name.variable) is \(text). Write how many in how long: 10/15m, 60/1h or 5/1d.")
            }
            return changed
        }
    }

    private static func logLevel(_ source: SettingsSource) throws -> String {
        let level = try source.string(.logLevel) ?? "info"
        guard ["trace", "debug", "info", "notice", "warning", "error", "critical"].contains(level) else {
            throw Failure("GROUNDWORK_LOG_LEVEL is \(level). Use trace, debug, info, notice, warning, error or critical.")
        }
        return level
    }

    private static func demoNow(_ source: SettingsSource) throws -> Instant? {
        guard let text = try source.string(.demoNow) else { return nil }
        guard let instant = Instant(text) else {
            throw Failure("GROUNDWORK_DEMO_NOW must be an instant in UTC, like 2026-07-06T15:30:00Z.")
        }
        return instant
    }
}
