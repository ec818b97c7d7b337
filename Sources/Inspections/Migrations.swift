internal import Database

let inspectionsMigrations = [
    Migration(
        "inspections.1-inspection",
        [
            """
            CREATE TABLE inspection (
                id \(type: .identity),
                number TEXT NOT NULL UNIQUE,
                case_id BIGINT NOT NULL REFERENCES case_record (id),
                -- As the city calls it.
                type TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('requested', 'scheduled', 'completed', 'cancelled')),
                result TEXT CHECK (result IN ('pass', 'partial', 'fail', 'no-access', 'cancelled')),
                requested_for TEXT,
                scheduled_for TEXT,
                completed_on TEXT,
                inspector TEXT NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX inspection_case ON inspection (case_id)",
        ])
]
