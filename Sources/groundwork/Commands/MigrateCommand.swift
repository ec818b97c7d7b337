import ArgumentParser
import Core
import Database

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Bring the database's schema up to date.")
    @Option(
        help:
            "On PostgreSQL: a role that serves and works with this database and may neither change its schema nor what was logged."
    )
    var servingRole: String?

    func run() async throws {
        let installation = try await Installation.open(schema: .migrated)
        try await installation.city.queueBackfills()
        print("The schema is up to date.")
        let db = installation.city.db
        if let servingRole {
            guard db.dialect == .postgres else {
                await db.close()
                throw ValidationError("SQLite has no roles: whoever may write the file may write all of it.")
            }
            let isThere = try await db.read { conn in try ServingRole.isThere(servingRole, conn) }
            guard isThere else {
                await db.close()
                throw ValidationError(
                    "There is no role \(servingRole) in this database. Make it first: CREATE ROLE \(servingRole) LOGIN")
            }
            try await db.write { conn in try ServingRole.grant(to: servingRole, conn) }
            print("\(servingRole) may serve with it. Do this again after each upgrade.")
        }
        await db.close()
    }
}

/// What the role may that serves: everything that a page, a form or a job does, and nothing that would hide it afterwards.
enum ServingRole {
    /// Facts are added; nobody who serves changes or removes one (K3).
    private static let logs = ["fact", "fact_payload", "fact_reference"]
    private static let schema = ["schema_migration"]

    static func isThere(_ role: String, _ conn: Connection) throws -> Bool {
        try conn.exists("SELECT 1 FROM pg_roles WHERE rolname = \(role)")
    }

    static func grant(to role: String, _ conn: Connection) throws {
        let statements = try conn.rows(
            """
            SELECT format('REVOKE ALL ON %I FROM %I', c.relname, CAST(\(role) AS text)) AS revoke,
                   format('GRANT %s ON %I TO %I',
                          CASE WHEN c.relname IN \(list: schema) THEN 'SELECT'
                               WHEN c.relname IN \(list: logs) THEN 'SELECT, INSERT'
                               ELSE 'SELECT, INSERT, UPDATE, DELETE' END,
                          c.relname, CAST(\(role) AS text)) AS permit
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND c.relkind = 'r' ORDER BY c.relname
            """
        ).flatMap { row -> [String] in [try row["revoke"], try row["permit"]] }
        // Raw: a name cannot be bound. PostgreSQL itself wrote these statements, with its own quoting (`%I`) of the role and the tables.
        for statement in statements { try conn.run("\(raw: statement)") }
    }
}
