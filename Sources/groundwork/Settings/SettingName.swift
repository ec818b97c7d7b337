import Core

/// Every setting there is (`docs/operations.md`): its name in the environment after `GROUNDWORK_`, and whether it is a secret.
struct SettingName: Sendable, Hashable {
    /// `DATABASE_URL`
    let name: String
    /// A secret may stand in a file instead: `GROUNDWORK_SMTP_URL_FILE` names it.
    let isSecret: Bool
    /// Whether this version does anything with it; the others are for features to come and are only checked for their name.
    let isUsed: Bool

    private init(_ name: String, isSecret: Bool = false, isUsed: Bool = true) {
        self.name = name
        self.isSecret = isSecret
        self.isUsed = isUsed
    }

    /// In the environment.
    var variable: String { "GROUNDWORK_\(name)" }
    /// In `groundwork.yaml`, where the words nest: `database.url`.
    var path: [String] { name.lowercased().split(separator: "_").map(String.init) }

    static let databaseURL = SettingName("DATABASE_URL", isSecret: true)
    static let databaseConnections = SettingName("DATABASE_CONNECTIONS")
    static let city = SettingName("CITY")
    static let baseURL = SettingName("BASE_URL")
    static let tlsCertificate = SettingName("TLS_CERTIFICATE")
    static let tlsKey = SettingName("TLS_KEY")
    static let trustedProxies = SettingName("TRUSTED_PROXIES")
    static let mailFrom = SettingName("MAIL_FROM")
    static let smtpURL = SettingName("SMTP_URL", isSecret: true)
    static let secretKey = SettingName("SECRET_KEY", isSecret: true)
    static let secretKeyBefore = SettingName("SECRET_KEY_BEFORE", isSecret: true)
    static let breachedPasswords = SettingName("BREACHED_PASSWORDS")
    static let filesURL = SettingName("FILES_URL")
    static let checkpoints = SettingName("CHECKPOINTS")
    static let logLevel = SettingName("LOG_LEVEL")
    static let oidcIssuer = SettingName("OIDC_ISSUER")
    static let oidcClientID = SettingName("OIDC_CLIENT_ID")
    static let oidcClientSecret = SettingName("OIDC_CLIENT_SECRET", isSecret: true)
    static let demoNow = SettingName("DEMO_NOW")

    static let all: [SettingName] =
        [
            databaseURL, databaseConnections, city, baseURL, tlsCertificate, tlsKey, trustedProxies, mailFrom, smtpURL, secretKey,
            secretKeyBefore, breachedPasswords, filesURL, checkpoints, logLevel, demoNow, oidcIssuer, oidcClientID,
            oidcClientSecret,
            SettingName("STRIPE_API_BASE", isUsed: false), SettingName("STRIPE_SECRET_KEY", isSecret: true, isUsed: false),
            SettingName("STRIPE_WEBHOOK_SECRET", isSecret: true, isUsed: false),
            SettingName("CLAMD_ADDRESS", isUsed: false), SettingName("TELEPHONY_AUTH_TOKEN", isSecret: true, isUsed: false),
        ] + Limit.all.map(limit)

    static func limit(_ limit: Limit) -> SettingName { SettingName(limit.settingName) }

    /// The setting of a variable, and whether the variable names a file with it.
    static func find(variable: String) -> (setting: SettingName, isFile: Bool)? {
        for setting in all {
            if variable == setting.variable { return (setting, false) }
            if setting.isSecret, variable == "\(setting.variable)_FILE" { return (setting, true) }
        }
        return nil
    }

    /// The known variable that looks most like a misspelled one.
    static func nearest(to variable: String) -> String {
        all.map(\.variable).min { distance($0, variable) < distance($1, variable) } ?? ""
    }

    private static func distance(_ a: String, _ b: String) -> Int {
        var previous = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var row = [i + 1]
            for (j, y) in b.enumerated() { row.append(min(previous[j] + (x == y ? 0 : 1), previous[j + 1] + 1, row[j] + 1)) }
            previous = row
        }
        return previous[b.count]
    }
}
