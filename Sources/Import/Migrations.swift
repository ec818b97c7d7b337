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
]
