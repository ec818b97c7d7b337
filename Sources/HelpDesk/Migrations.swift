internal import Database

let helpDeskMigrations = [
    Migration(
        "helpDesk.1-access-request",
        [
            "CREATE TABLE help_desk_counter (name TEXT PRIMARY KEY, last BIGINT NOT NULL)",
            """
            CREATE TABLE access_request (
                id \(type: .identity),
                number TEXT NOT NULL UNIQUE,
                -- Who asked; null for a guest, until the guest proves the email.
                account_id BIGINT REFERENCES account (id),
                typed TEXT NOT NULL,
                folded TEXT NOT NULL,
                name TEXT NOT NULL,
                phone TEXT NOT NULL,
                language TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('asked', 'claim-undecided', 'objection')),
                case_text TEXT NOT NULL,
                part_text TEXT NOT NULL,
                -- What C1 could not decide between: a JSON array of contact ids, and the reason.
                contacts TEXT NOT NULL,
                reason TEXT NOT NULL,
                -- The request somebody objects to.
                about_id BIGINT REFERENCES access_request (id),
                objected_account BIGINT REFERENCES account (id),
                -- A guest's secret link, hashed.
                token_hash TEXT UNIQUE,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'linked', 'declined', 'ended', 'withdrawn')),
                -- Counts the answers: whoever answers says which one they saw last.
                revision BIGINT NOT NULL,
                assigned_to BIGINT REFERENCES account (id),
                received_on TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                answered_on TEXT,
                answered_at BIGINT,
                answered_by BIGINT REFERENCES account (id),
                answer TEXT NOT NULL,
                -- Set when the city disposes of it; the account no longer reads it then.
                until BIGINT
            )
            """,
            "CREATE INDEX access_request_state ON access_request (state, id)",
            "CREATE INDEX access_request_account ON access_request (account_id, id)",
            "CREATE INDEX access_request_folded ON access_request (folded) WHERE account_id IS NULL",
            """
            CREATE TABLE access_decision (
                id \(type: .identity),
                request_id BIGINT NOT NULL REFERENCES access_request (id),
                contact_id BIGINT NOT NULL REFERENCES contact (id),
                folded TEXT NOT NULL,
                evidence TEXT NOT NULL,
                decided_by TEXT NOT NULL,
                decided_at BIGINT NOT NULL,
                -- Null while the email is not proven: nothing is linked before.
                account_id BIGINT REFERENCES account (id),
                connected_at BIGINT,
                -- Whether connecting made the link, and so whether undoing may end it.
                made_link SMALLINT NOT NULL,
                until BIGINT,
                undone_why TEXT
            )
            """,
            "CREATE INDEX access_decision_request ON access_decision (request_id, id)",
            "CREATE INDEX access_decision_contact ON access_decision (contact_id) WHERE until IS NULL",
            "CREATE INDEX access_decision_waiting ON access_decision (folded) WHERE connected_at IS NULL AND until IS NULL",
        ])
]
