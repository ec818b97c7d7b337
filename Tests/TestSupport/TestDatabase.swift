public import Database
internal import Foundation
public import Portal
public import Primitives

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
            let (database, administration) = try await Districts.shared.next(of: url)
            // Raw: a name cannot be bound, and this one is letters and digits that were made above.
            try await administration.write { conn in try conn.run("CREATE SCHEMA \(raw: name)") }
            return .postgres(url: "\(database)?options=-csearch_path%3D\(name)")
        }
    }

    public func make() async throws -> any ConnectionPool { try await location().open(connections: 2) }

    /// A new database with these steps done.
    public func make(with migrations: [Migration], at now: Instant) async throws -> any ConnectionPool {
        try await SchemaCopies.shared.make(location(), migrations, at: now)
    }
}

/// So many schemas live in one database and the next ones in a new one: what PostgreSQL knows of its tables is searched often, and would
/// grow to millions of rows in a run.
private actor Districts {
    typealias District = (url: String, administration: any ConnectionPool)
    static let shared = Districts()
    private static let most = 60

    private var given = 0
    private var made: [Int: Task<District, any Error>] = [:]

    /// The address of a database that takes another schema, and whoever makes it there.
    func next(of url: String) async throws -> District {
        let number = given / Districts.most
        given += 1
        let task = made[number] ?? Task { try await Districts.make("district_\(number)", at: url) }
        made[number] = task
        return try await task.value
    }

    private static func make(_ name: String, at url: String) async throws -> District {
        _ = try await PostgresTool.run("createdb", "--maintenance-db", url, name)
        let parts = url.split(separator: "/", omittingEmptySubsequences: false)
        let address = parts.dropLast().joined(separator: "/") + "/\(name)"
        return (address, try DatabaseLocation.postgres(url: address).open(connections: 1))
    }
}

/// What comes with PostgreSQL for its operators.
enum PostgresTool {
    /// What it prints.
    static func run(_ name: String, _ arguments: String...) async throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/\(name)")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        // On a thread of its own: it waits for another process.
        let data = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: output.fileHandleForReading.readDataToEndOfFile()) }
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        return String(decoding: data, as: UTF8.self)
    }

    private struct Failure: Error { let status: Int32 }
}
