internal import Database

let coreMigrations = [
    Migration(
        "core.1-facts",
        [
            """
            CREATE TABLE fact (
                id \(type: .identity),
                subject TEXT NOT NULL,
                sequence BIGINT NOT NULL,
                at BIGINT NOT NULL,
                actor TEXT NOT NULL,
                on_behalf_of BIGINT,
                kind TEXT NOT NULL,
                origin TEXT NOT NULL,
                payload_hash TEXT NOT NULL,
                previous_hash TEXT NOT NULL,
                hash TEXT NOT NULL,
                UNIQUE (subject, sequence)
            )
            """,
            "CREATE TABLE fact_payload (fact_id BIGINT PRIMARY KEY REFERENCES fact (id), body TEXT NOT NULL)",
            """
            CREATE TABLE fact_reference (
                subject TEXT NOT NULL,
                fact_id BIGINT NOT NULL REFERENCES fact (id),
                PRIMARY KEY (subject, fact_id)
            )
            """,
            "CREATE TABLE fact_head (subject TEXT PRIMARY KEY, sequence BIGINT NOT NULL, hash TEXT NOT NULL)",
        ]),
    Migration(
        "core.2-once",
        [
            """
            CREATE TABLE once_key (
                hash TEXT PRIMARY KEY,
                result TEXT NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE rate_limit (
                hash TEXT PRIMARY KEY,
                window_start BIGINT NOT NULL,
                count BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE kept_form (
                token_hash TEXT PRIMARY KEY,
                sealed \(type: .bytes) NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
        ]),
    Migration(
        "core.3-pack",
        [
            """
            CREATE TABLE city_pack (
                hash TEXT PRIMARY KEY,
                files TEXT NOT NULL,
                stored_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE city_pack_live (
                id \(type: .identity),
                hash TEXT NOT NULL REFERENCES city_pack (hash),
                since BIGINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE UNIQUE INDEX city_pack_live_one ON city_pack_live ((1)) WHERE until IS NULL",
        ]),
    Migration("core.4-kept-form-age", ["CREATE INDEX kept_form_created ON kept_form (created_at)"]),
    Migration(
        "core.5-tidy",
        [
            "CREATE INDEX once_key_created ON once_key (created_at)",
            "CREATE INDEX rate_limit_start ON rate_limit (window_start)",
        ]),
    Migration(
        "core.6-backfill",
        [
            """
            CREATE TABLE backfill (
                name TEXT PRIMARY KEY,
                -- The key of the last row that was done.
                cursor BIGINT NOT NULL,
                finished_at BIGINT
            )
            """
        ]),
    Migration(
        "core.7-pack-history",
        [
            "ALTER TABLE city_pack_live ADD COLUMN published_by TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE city_pack_live ADD COLUMN why TEXT NOT NULL DEFAULT ''",
        ]),
    Migration(
        "core.8-security-event",
        [
            """
            CREATE TABLE security_event (
                id \(type: .identity),
                kind TEXT NOT NULL,
                -- The hour that one row stands for.
                since BIGINT NOT NULL,
                -- 0 when nobody knows whose account.
                account_id BIGINT NOT NULL,
                typed_hash TEXT NOT NULL,
                way TEXT NOT NULL,
                subject TEXT NOT NULL,
                network TEXT NOT NULL,
                route TEXT NOT NULL,
                times BIGINT NOT NULL,
                first_at BIGINT NOT NULL,
                last_at BIGINT NOT NULL,
                request_id TEXT NOT NULL
            )
            """,
            """
            CREATE UNIQUE INDEX security_event_hour
                ON security_event (since, kind, account_id, typed_hash, way, subject, network, route)
            """,
            "CREATE INDEX security_event_account ON security_event (account_id, last_at)",
            "CREATE INDEX security_event_network ON security_event (network, last_at)",
            "CREATE INDEX security_event_last ON security_event (last_at)",
        ]),
    // Each of these is asked for by its key alone: SQLite keeps their rows in the key's own tree, once instead of twice.
    Migration(
        "core.9-by-key",
        [
            """
            \(sqlite: "CREATE TABLE payload_by_key (fact_id BIGINT PRIMARY KEY REFERENCES fact (id), body TEXT NOT NULL) WITHOUT ROWID", postgres: "SELECT 1")
            """,
            "\(sqlite: "INSERT INTO payload_by_key SELECT fact_id, body FROM fact_payload ORDER BY fact_id", postgres: "SELECT 1")",
            "\(sqlite: "DROP TABLE fact_payload", postgres: "SELECT 1")",
            "\(sqlite: "ALTER TABLE payload_by_key RENAME TO fact_payload", postgres: "SELECT 1")",
            """
            \(sqlite: "CREATE TABLE reference_by_key (subject TEXT NOT NULL, fact_id BIGINT NOT NULL REFERENCES fact (id), PRIMARY KEY (subject, fact_id)) WITHOUT ROWID", postgres: "SELECT 1")
            """,
            "\(sqlite: "INSERT INTO reference_by_key SELECT subject, fact_id FROM fact_reference ORDER BY subject, fact_id", postgres: "SELECT 1")",
            "\(sqlite: "DROP TABLE fact_reference", postgres: "SELECT 1")",
            "\(sqlite: "ALTER TABLE reference_by_key RENAME TO fact_reference", postgres: "SELECT 1")",
            """
            \(sqlite: "CREATE TABLE head_by_key (subject TEXT PRIMARY KEY, sequence BIGINT NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID", postgres: "SELECT 1")
            """,
            "\(sqlite: "INSERT INTO head_by_key SELECT subject, sequence, hash FROM fact_head ORDER BY subject", postgres: "SELECT 1")",
            "\(sqlite: "DROP TABLE fact_head", postgres: "SELECT 1")",
            "\(sqlite: "ALTER TABLE head_by_key RENAME TO fact_head", postgres: "SELECT 1")",
            // Room for a row's next state beside it: the index need not hear of it.
            "\(sqlite: "SELECT 1", postgres: "ALTER TABLE fact_head SET (fillfactor = 70)")",
        ]),
    // What a new fact says stands in its own row; disposal empties the column (decision 31).
    Migration("core.10-fact-body", ["ALTER TABLE fact ADD COLUMN body TEXT"]),
]
