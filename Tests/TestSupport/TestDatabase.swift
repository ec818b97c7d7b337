public import Database
internal import Foundation
public import Portal
public import Primitives
import Synchronization

/// Which database the tests run on. `script/test` runs them on each; by themselves they run on SQLite.
public enum TestDatabase: Sendable, Hashable {
    case sqlite
    /// A server of the tests' own, which may be filled with rubbish.
    case postgres(url: String)

    public static let current: TestDatabase = {
        let url = ProcessInfo.processInfo.environment["GROUNDWORK_TEST_POSTGRES"]
        return url.map { .postgres(url: $0) } ?? .sqlite
    }()

    /// The files of this run, which go with it: each test has a city of its own, and nobody wants thousands of them a day.
    private static let folder: String = {
        atexit { try? FileManager.default.removeItem(atPath: TestDatabase.folder) }
        return NSTemporaryDirectory() + "groundwork-tests-\(ProcessInfo.processInfo.processIdentifier)"
    }()

    /// Where a new, empty database is: a file of its own, or a schema of its own.
    public func location() async throws -> DatabaseLocation {
        let name = "test_" + SecretToken(randomness: .system).text.lowercased().filter { $0.isLetter || $0.isNumber }
        switch self {
        case .sqlite: return .sqlite(path: "\(TestDatabase.folder)/\(name)/city.sqlite")
        case .postgres(let url):
            try await TestDatabase.administration(url).write { conn in try conn.run("CREATE SCHEMA \(raw: name)") }
            return .postgres(url: "\(url)?options=-csearch_path%3D\(name)")
        }
    }

    public func make() async throws -> any ConnectionPool { try await location().open(connections: 2) }

    /// A new database with these steps done.
    public func make(with migrations: [Migration], at now: Instant) async throws -> any ConnectionPool {
        try await SchemaCopies.shared.make(location(), migrations, at: now)
    }

    private static func administration(_ url: String) throws -> any ConnectionPool {
        try shared.withLock { open in
            if let pool = open { return pool }
            let pool = try DatabaseLocation.postgres(url: url).open(connections: 1)
            open = pool
            return pool
        }
    }
    private static let shared = Mutex<(any ConnectionPool)?>(nil)
}
