public import Database

public let jobsMigrations = [
    Migration(
        "jobs.1-create",
        [
            """
            CREATE TABLE job (
                id \(type: .identity),
                kind TEXT NOT NULL,
                payload TEXT NOT NULL,
                -- The same work queued twice is queued once.
                unique_key TEXT,
                priority SMALLINT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'dead')),
                attempts BIGINT NOT NULL,
                run_at BIGINT NOT NULL,
                -- Who runs it, and until when without a sign of life.
                lease TEXT,
                leased_until BIGINT,
                progress_done BIGINT NOT NULL,
                progress_total BIGINT NOT NULL,
                last_error TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                finished_at BIGINT
            )
            """,
            "CREATE INDEX job_due ON job (priority, run_at, id) WHERE state = 'waiting'",
            "CREATE INDEX job_waiting ON job (run_at) WHERE state = 'waiting'",
            "CREATE INDEX job_leased ON job (leased_until) WHERE state = 'running'",
            "CREATE INDEX job_dead ON job (finished_at) WHERE state = 'dead'",
            "CREATE INDEX job_done ON job (finished_at) WHERE state = 'done'",
            "CREATE UNIQUE INDEX job_unique ON job (unique_key) WHERE unique_key IS NOT NULL",
        ])
]
