public import Database
internal import DatabasePostgres
internal import DatabaseSQLite

/// Where a city's database is: `sqlite:PATH` or `postgres://user@host:port/name?…`, several hosts allowed.
public enum DatabaseLocation: Sendable, Hashable, CustomStringConvertible {
    case sqlite(path: String)
    /// A connection URI of libpq.
    case postgres(url: String)

    public init?(_ text: String) {
        if text.hasPrefix("sqlite:"), text.count > "sqlite:".count {
            self = .sqlite(path: String(text.dropFirst("sqlite:".count)))
        } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            self = .postgres(url: text)
        } else {
            return nil
        }
    }

    /// - Parameter connections: for reading, and on PostgreSQL as many again for writing.
    public func open(connections: Int = 4) throws -> any ConnectionPool {
        switch self {
        case .sqlite(let path): try SQLitePool(path: path, readers: connections)
        case .postgres(let url): try PostgresPool(url: url, readers: connections, writers: connections)
        }
    }

    /// For people: without the password.
    public var description: String {
        switch self {
        case .sqlite(let path): path
        case .postgres(let url):
            url.replacing(#/^(\w+://[^:@/]*):[^@/]*@/#) { "\($0.output.1)@" }.replacing(#/password=[^&]*/#, with: "password=…")
        }
    }

    /// What to look at when it cannot be opened.
    public var advice: String {
        switch self {
        case .sqlite: "Check the path and its permissions."
        case .postgres: "Check that the server runs, the name of the database, the user and the password."
        }
    }
}
