internal import Database

let importMigrations = [
    Migration(
        "import.1-rows",
        [
            // Which row of which export became which record: what makes a second run import nothing, also after a power cut.
            """
            CREATE TABLE import_row (
                format TEXT NOT NULL,
                file TEXT NOT NULL,
                key TEXT NOT NULL,
                content_hash TEXT NOT NULL,
                record BIGINT,
                imported_at BIGINT NOT NULL,
                PRIMARY KEY (format, file, key)
            )
            """,
            // People of the older portal, without passwords: they re-register with the same email (A5).
            """
            CREATE TABLE legacy_portal_user (
                id \(type: .identity),
                user_id TEXT NOT NULL UNIQUE,
                email TEXT NOT NULL,
                folded TEXT NOT NULL,
                contact_legacy_id TEXT NOT NULL,
                last_sign_in TEXT
            )
            """,
            "CREATE INDEX legacy_portal_user_folded ON legacy_portal_user (folded)",
        ]),
    Migration(
        "import.2-demo",
        [
            """
            CREATE TABLE demo_account (
                id \(type: .identity),
                role TEXT NOT NULL,
                name TEXT NOT NULL,
                email TEXT NOT NULL,
                password TEXT,
                number TEXT,
                cases TEXT NOT NULL
            )
            """
        ]),
    Migration(
        "import.3-runs",
        [
            // What each import made of its rows, for staff; rehearsals write nothing.
            """
            CREATE TABLE import_run (
                id \(type: .identity),
                format TEXT NOT NULL,
                -- The folder or file, without the way to it.
                source TEXT NOT NULL,
                started_at BIGINT NOT NULL,
                finished_at BIGINT NOT NULL,
                read_rows BIGINT NOT NULL,
                imported BIGINT NOT NULL,
                updated BIGINT NOT NULL,
                unchanged BIGINT NOT NULL,
                refused BIGINT NOT NULL,
                report TEXT NOT NULL
            )
            """
        ]),
    // As `core.9-by-key` does it.
    Migration(
        "import.4-by-key",
        [
            """
            \(sqlite: "CREATE TABLE row_by_key (format TEXT NOT NULL, file TEXT NOT NULL, key TEXT NOT NULL, content_hash TEXT NOT NULL, record BIGINT, imported_at BIGINT NOT NULL, PRIMARY KEY (format, file, key)) WITHOUT ROWID", postgres: "SELECT 1")
            """,
            """
            \(sqlite: "INSERT INTO row_by_key SELECT format, file, key, content_hash, record, imported_at FROM import_row ORDER BY format, file, key", postgres: "SELECT 1")
            """,
            "\(sqlite: "DROP TABLE import_row", postgres: "SELECT 1")",
            "\(sqlite: "ALTER TABLE row_by_key RENAME TO import_row", postgres: "SELECT 1")",
        ]),
]
