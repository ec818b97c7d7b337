import Configuration
import Foundation
import Portal
import Primitives
import SystemPackage

/// What the operator sets: the environment before `groundwork.yaml`. A wrong value or an unknown name stops the start with a
/// sentence that names it.
struct Settings {
    let database: DatabaseLocation
    let cityFolder: String
    let baseURL: String?
    let logLevel: String
    let demoNow: Instant?

    /// Every name there is; the ones of later features are accepted so that one file serves a whole installation.
    private static let names: Set<String> = [
        "GROUNDWORK_DATABASE_URL", "GROUNDWORK_CITY", "GROUNDWORK_BASE_URL", "GROUNDWORK_LOG_LEVEL", "GROUNDWORK_DEMO_NOW",
    ]

    static func load(environment: [String: String] = ProcessInfo.processInfo.environment) async throws -> Settings {
        for name in environment.keys.sorted() where name.hasPrefix("GROUNDWORK_") && !name.hasPrefix("GROUNDWORK_TEST_") {
            guard names.contains(name) else {
                let near = names.min { distance($0, name) < distance($1, name) } ?? ""
                throw Failure("\(name) is no setting of this program. Did you mean \(near)? Remove it or correct its name.")
            }
        }
        let file = try await FileProvider<YAMLSnapshot>(filePath: "groundwork.yaml", allowMissing: true)
        let config = ConfigReader(providers: [
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "groundwork"), file,
        ])

        let url = config.string(forKey: "database.url", default: "sqlite:var/groundwork.sqlite")
        guard let database = DatabaseLocation(url) else {
            throw Failure(
                "GROUNDWORK_DATABASE_URL is \(scheme(url)): write sqlite:PATH, for example sqlite:var/groundwork.sqlite, or postgres://USER@HOST:PORT/NAME."
            )
        }
        let base = config.string(forKey: "base.url")
        if let base {
            guard let parts = URLComponents(string: base), ["http", "https"].contains(parts.scheme), parts.host?.isEmpty == false
            else {
                throw Failure("GROUNDWORK_BASE_URL must be like https://permits.example.gov, without a path.")
            }
        }
        let level = config.string(forKey: "log.level", default: "info")
        guard ["trace", "debug", "info", "notice", "warning", "error", "critical"].contains(level) else {
            throw Failure("GROUNDWORK_LOG_LEVEL is \(level). Use trace, debug, info, notice, warning, error or critical.")
        }
        var start: Instant?
        if let text = config.string(forKey: "demo.now") {
            guard let instant = Instant(text) else {
                throw Failure("GROUNDWORK_DEMO_NOW must be an instant in UTC, like 2026-07-06T15:30:00Z.")
            }
            start = instant
        }
        return Settings(
            database: database, cityFolder: config.string(forKey: "city", default: "Cities/boulder"),
            baseURL: base.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }, logLevel: level, demoNow: start)
    }

    private static func scheme(_ url: String) -> String { String(url.prefix { $0 != ":" }) }

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
