internal import Database

let claimsMigrations = [
    Migration(
        "claims.1-create",
        [
            // A code that stands on the printed card of a case. It works until it is withdrawn, for whoever has the card.
            """
            CREATE TABLE case_code (
                id \(type: .identity),
                case_id BIGINT NOT NULL REFERENCES case_record (id),
                code_hash TEXT NOT NULL,
                -- Of the secret that the code was made from: by it the page shows the card once more.
                batch TEXT NOT NULL,
                printed_by BIGINT REFERENCES account (id),
                printed_at BIGINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE UNIQUE INDEX case_code_live ON case_code (case_id, code_hash) WHERE until IS NULL",
            "CREATE INDEX case_code_case ON case_code (case_id)",
            // Somebody asked for a letter to the address of record. Every asking has a row, whether or not there is a record (A2).
            """
            CREATE TABLE mailed_code (
                id \(type: .identity),
                public_id TEXT NOT NULL UNIQUE,
                account_id BIGINT NOT NULL REFERENCES account (id),
                license TEXT NOT NULL,
                name TEXT NOT NULL,
                street TEXT NOT NULL,
                zip TEXT NOT NULL,
                state TEXT NOT NULL,
                -- The record that was found, and its address as it goes on the letter; none before the search or where nothing was found.
                contact_id BIGINT REFERENCES contact (id),
                recipient TEXT NOT NULL,
                address TEXT NOT NULL,
                -- The code is made when the letter is printed.
                code_hash TEXT,
                batch TEXT,
                tries BIGINT NOT NULL,
                requested_at BIGINT NOT NULL,
                printed_at BIGINT,
                printed_by BIGINT REFERENCES account (id),
                expires_at BIGINT,
                used_at BIGINT
            )
            """,
            "CREATE INDEX mailed_code_account ON mailed_code (account_id, id)",
            "CREATE INDEX mailed_code_waiting ON mailed_code (id) WHERE state = 'waiting'",
            "CREATE INDEX mailed_code_printed ON mailed_code (printed_at) WHERE state = 'printed'",
            "CREATE INDEX mailed_code_batch ON mailed_code (batch) WHERE state = 'printed'",
            "CREATE INDEX mailed_code_contact ON mailed_code (contact_id, requested_at)",
            // What evidence led to. Undone: `until`.
            """
            CREATE TABLE claim (
                id \(type: .identity),
                public_id TEXT NOT NULL UNIQUE,
                account_id BIGINT NOT NULL REFERENCES account (id),
                evidence TEXT NOT NULL,
                -- A stored phrase: what was shown.
                shown TEXT NOT NULL,
                gave TEXT NOT NULL,
                contact_id BIGINT NOT NULL REFERENCES contact (id),
                case_id BIGINT REFERENCES case_record (id),
                grant_id BIGINT REFERENCES case_grant (id),
                since BIGINT NOT NULL,
                until BIGINT,
                ended_by TEXT NOT NULL,
                ended_why TEXT NOT NULL
            )
            """,
            "CREATE INDEX claim_account ON claim (account_id, id)",
            // The link "This is wrong" of each mail that tells of a claim.
            """
            CREATE TABLE claim_notice (
                id \(type: .identity),
                claim_id BIGINT NOT NULL REFERENCES claim (id),
                token_hash TEXT NOT NULL UNIQUE,
                folded TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                used_at BIGINT
            )
            """,
            "CREATE INDEX claim_notice_claim ON claim_notice (claim_id)",
        ]),
    // The card whose code was shown, so that it ends with the claim; and whether a record's paper was in wrong hands lately.
    Migration(
        "claims.2-taken-back",
        [
            "ALTER TABLE claim ADD COLUMN code_id BIGINT REFERENCES case_code (id)",
            "CREATE INDEX claim_contact ON claim (contact_id)",
            "CREATE INDEX claim_case ON claim (case_id)",
        ]),
]
