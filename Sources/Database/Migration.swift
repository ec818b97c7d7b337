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
    /// Applies what is missing, in order. Several processes may do so at the same time; each migration is applied once.
    /// - Returns: the names of the migrations applied now.
    @discardableResult
    public func migrate(_ migrations: [Migration], at now: Instant) async throws -> [String] {
        try await write { conn in
            try conn.takeTurnToMigrate()
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
                try conn.takeTurnToMigrate()
                guard try !conn.exists("SELECT 1 FROM schema_migration WHERE name = \(migration.name)") else { return false }
                for statement in migration.statements { try conn.run(statement.sortingByBytes) }
                try conn.run("INSERT INTO schema_migration (name, applied_at) VALUES (\(migration.name), \(now))")
                return true
            }
            if isNew { applied.append(migration.name) }
        }
        return applied
    }
}

extension Connection {
    /// One at a time. PostgreSQL must look at the schema after its turn has come, not as it was before: hence READ COMMITTED.
    fileprivate func takeTurnToMigrate() throws(DatabaseError) {
        guard dialect == .postgres else { return }
        try seeingOthers()
        _ = try row("SELECT pg_advisory_xact_lock(4206849137)")
    }
}

extension SQL {
    /// Both databases sort and compare text by its bytes, whatever collation a PostgreSQL database was created with.
    fileprivate var sortingByBytes: SQL {
        var definition = self
        definition.parts = parts.map { part in
            guard case .text(let text) = part else { return part }
            return .dialect(sqlite: text, postgres: text.replacing(/\bTEXT\b/, with: "TEXT COLLATE \"C\""))
        }
        return definition
    }
}
