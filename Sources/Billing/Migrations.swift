internal import Database

let billingMigrations = [
    Migration(
        "billing.1-invoice",
        [
            """
            CREATE TABLE invoice (
                id \(type: .identity),
                number TEXT NOT NULL UNIQUE,
                case_id BIGINT NOT NULL REFERENCES case_record (id),
                -- Who is to pay; NULL where nobody is named.
                contact_id BIGINT REFERENCES contact (id),
                issued TEXT,
                due TEXT,
                total_cents BIGINT NOT NULL,
                paid_cents BIGINT NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX invoice_case ON invoice (case_id)",
            "CREATE INDEX invoice_contact ON invoice (contact_id) WHERE contact_id IS NOT NULL",
            "CREATE INDEX invoice_open ON invoice (due, id) WHERE paid_cents < total_cents",
        ])
]
