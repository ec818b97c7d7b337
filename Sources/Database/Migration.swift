public import Primitives

/// One step of the schema, in a transaction of its own. Never edited after it landed; the next change is the next migration.
public struct Migration: Sendable {
    /// What a step means for a program that does not know it.
    public enum Kind: String, Sendable, SQLConvertible {
        /// It only adds: the program of the release before goes on working, so that nodes can be replaced one after another.
        case expand
        /// It takes something away that the release before may still use: only when no node of that release runs any more.
        case contract
    }

    /// `contacts.1-create`: the module and its own numbering.
    public let name: String
    public let kind: Kind
    public let statements: [SQL]

    public init(_ name: String, kind: Kind = .expand, _ statements: [SQL]) {
        self.name = name
        self.kind = kind
        self.statements = statements
    }
}

/// How a database's schema stands to the one that a program knows.
public enum SchemaState: Sendable, Hashable {
    case current
    /// Nothing was ever created.
    case empty
    /// These steps are missing.
    case older(missing: [String])
    /// A newer program added these steps; this one can go on with it.
    case ahead(unknown: [String])
    /// A newer program took away what this one may need.
    case tooNew(unknown: [String])
}

extension ConnectionPool {
    public func schemaState(_ migrations: [Migration]) async throws -> SchemaState {
        try await read { conn in
            guard try conn.hasTable("schema_migration") else { return .empty }
            let kind: SQL = try conn.hasKinds() ? "kind" : "'expand'"
            var applied: [String: Migration.Kind] = [:]
            for row in try conn.rows("SELECT name, \(kind) AS kind FROM schema_migration") {
                applied[try row["name"]] = try row["kind"] as Migration.Kind
            }
            let missing = migrations.map(\.name).filter { applied[$0] == nil }
            guard missing.isEmpty else { return applied.isEmpty ? .empty : .older(missing: missing) }
            let unknown = Set(applied.keys).subtracting(migrations.map(\.name)).sorted()
            guard !unknown.isEmpty else { return .current }
            return unknown.allSatisfy { applied[$0] == .expand } ? .ahead(unknown: unknown) : .tooNew(unknown: unknown)
        }
    }

    /// Applies what is missing, in order. Several processes may do so at the same time; each migration is applied once.
    /// - Returns: the names of the migrations applied now.
    @discardableResult
    public func migrate(_ migrations: [Migration], at now: Instant) async throws -> [String] {
        try await write { conn in
            try conn.takeTurnToMigrate()
            try conn.prepareToMigrate()
        }
        var applied: [String] = []
        for migration in migrations {
            let isNew = try await write { conn in
                try conn.takeTurnToMigrate()
                return try conn.apply(migration, at: now)
            }
            if isNew { applied.append(migration.name) }
        }
        return applied
    }
}

extension Connection {
    package func hasTable(_ name: String) throws(DatabaseError) -> Bool {
        switch dialect {
        case .sqlite: try exists("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = \(name)")
        case .postgres: try exists("SELECT 1 WHERE to_regclass(\(name)) IS NOT NULL")
        }
    }

    /// Databases made before migrations had kinds hold none.
    fileprivate func hasKinds() throws(DatabaseError) -> Bool {
        switch dialect {
        case .sqlite: try exists("SELECT 1 FROM pragma_table_info('schema_migration') WHERE name = 'kind'")
        case .postgres:
            try exists(
                """
                SELECT 1 FROM pg_attribute
                WHERE attrelid = to_regclass('schema_migration') AND attname = 'kind' AND NOT attisdropped
                """)
        }
    }

    /// One at a time. PostgreSQL must look at the schema after its turn has come, not as it was before: hence READ COMMITTED.
    /// The first statement of its transaction.
    package func takeTurnToMigrate() throws(DatabaseError) {
        guard dialect == .postgres else { return }
        try seeingOthers()
        _ = try row("SELECT pg_advisory_xact_lock(4206849137)")
    }

    /// The table of what was applied. After `takeTurnToMigrate`.
    package func prepareToMigrate() throws(DatabaseError) {
        try run(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                name TEXT PRIMARY KEY,
                applied_at BIGINT NOT NULL
            )
            """)
        if try !hasKinds() {
            try run("ALTER TABLE schema_migration ADD COLUMN kind TEXT NOT NULL DEFAULT 'expand'")
        }
    }

    /// After `prepareToMigrate`.
    /// - Returns: false when it had been applied before.
    package func apply(_ migration: Migration, at now: Instant) throws(DatabaseError) -> Bool {
        guard try !exists("SELECT 1 FROM schema_migration WHERE name = \(migration.name)") else { return false }
        for statement in migration.statements { try run(statement.sortingByBytes) }
        try run("INSERT INTO schema_migration (name, applied_at, kind) VALUES (\(migration.name), \(now), \(migration.kind))")
        return true
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
