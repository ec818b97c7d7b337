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
        ]),
    Migration(
        "helpDesk.2-tickets",
        [
            // More kinds than the first three. SQLite cannot drop a check; its own documentation says to edit the definition.
            "\(sqlite: "PRAGMA writable_schema = ON", postgres: "ALTER TABLE access_request DROP CONSTRAINT access_request_kind_check")",
            """
            \(sqlite: "UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (kind IN (''asked'', ''claim-undecided'', ''objection''))', '') WHERE type = 'table' AND name = 'access_request'", postgres: "SELECT 1")
            """,
            "\(sqlite: "PRAGMA writable_schema = RESET", postgres: "SELECT 1")",
            "ALTER TABLE access_request ADD COLUMN topic TEXT NOT NULL DEFAULT ''",
            // What is asked for, field by field: a JSON object of strings.
            "ALTER TABLE access_request ADD COLUMN wish TEXT NOT NULL DEFAULT '{}'",
            "ALTER TABLE access_request ADD COLUMN turn TEXT NOT NULL DEFAULT 'city'",
            "ALTER TABLE access_request ADD COLUMN due_on TEXT",
            // When somebody at the desk first said something.
            "ALTER TABLE access_request ADD COLUMN first_answer_at BIGINT",
            "CREATE INDEX access_request_turn ON access_request (state, turn, id)",
            "CREATE INDEX access_request_assigned ON access_request (assigned_to, state, id) WHERE assigned_to IS NOT NULL",
            "CREATE INDEX access_request_received ON access_request (received_on)",
            "CREATE INDEX access_request_answered ON access_request (answered_on) WHERE answered_on IS NOT NULL",
            """
            CREATE TABLE ticket_message (
                id \(type: .identity),
                ticket_id BIGINT NOT NULL REFERENCES access_request (id),
                -- asker, staff
                author TEXT NOT NULL,
                account_id BIGINT REFERENCES account (id),
                -- A note is for staff; the asker never sees it.
                is_note SMALLINT NOT NULL,
                -- page, mail
                via TEXT NOT NULL,
                text TEXT NOT NULL,
                written_at BIGINT NOT NULL,
                -- The day in the city.
                written_on TEXT NOT NULL
            )
            """,
            "CREATE INDEX ticket_message_written ON ticket_message (written_on)",
            "CREATE INDEX ticket_message_ticket ON ticket_message (ticket_id, id)",
            // Which mail of ours was about which ticket: an answer to it names its Message-ID, which nobody but its reader knows.
            """
            CREATE TABLE ticket_mail (
                message_id TEXT PRIMARY KEY,
                ticket_id BIGINT NOT NULL REFERENCES access_request (id),
                folded TEXT NOT NULL,
                sent_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX ticket_mail_sent ON ticket_mail (sent_at)",
            // The link by which the owner of a mailbox says that a designation is meant.
            """
            CREATE TABLE mailbox_proof (
                token_hash TEXT PRIMARY KEY,
                ticket_id BIGINT NOT NULL REFERENCES access_request (id),
                typed TEXT NOT NULL,
                folded TEXT NOT NULL,
                expires_at BIGINT NOT NULL,
                proven_at BIGINT
            )
            """,
            "CREATE INDEX mailbox_proof_ticket ON mailbox_proof (ticket_id)",
        ]),
]
