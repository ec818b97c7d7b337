public import Primitives

/// One step of the schema, in a transaction of its own. Never edited after it landed; the next change is the next migration.
public struct Migration: Sendable {
    /// `contacts.1-create`: the module and its own numbering.
    public let name: String
    public let statements: [SQL]

    public init(_ name: String, _ statements: [SQL]) {
        self.name = name
        self.statements = statements
    }
}

extension ConnectionPool {
    /// Applies what is missing, in order.
    /// - Returns: the names of the migrations applied now.
    @discardableResult
    public func migrate(_ migrations: [Migration], at now: Instant) async throws -> [String] {
        try await write { conn in
            try conn.run(
                """
                CREATE TABLE IF NOT EXISTS schema_migration (
                    name TEXT PRIMARY KEY,
                    applied_at BIGINT NOT NULL
                )
                """)
        }
        var applied: [String] = []
        for migration in migrations {
            let isNew = try await write { conn in
                guard try !conn.exists("SELECT 1 FROM schema_migration WHERE name = \(migration.name)") else { return false }
                for statement in migration.statements { try conn.run(statement) }
                try conn.run("INSERT INTO schema_migration (name, applied_at) VALUES (\(migration.name), \(now))")
                return true
            }
            if isNew { applied.append(migration.name) }
        }
        return applied
    }
}
