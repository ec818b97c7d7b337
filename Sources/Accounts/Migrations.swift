internal import Database

let accountsMigrations = [
    Migration(
        "accounts.1-create",
        [
            """
            CREATE TABLE account (
                id \(type: .identity),
                public_id TEXT NOT NULL UNIQUE,
                first_name TEXT NOT NULL,
                last_name TEXT NOT NULL,
                phone TEXT NOT NULL,
                language TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                closed_at BIGINT
            )
            """,
            """
            CREATE TABLE account_email (
                id \(type: .identity),
                account_id BIGINT NOT NULL REFERENCES account (id),
                typed TEXT NOT NULL,
                folded TEXT NOT NULL,
                proven_at BIGINT NOT NULL,
                until BIGINT
            )
            """,
            // One live account per proven address; contacts may share one (`model.md` 5).
            "CREATE UNIQUE INDEX account_email_folded ON account_email (folded) WHERE until IS NULL",
            "CREATE INDEX account_email_account ON account_email (account_id)",
            """
            CREATE TABLE credential (
                id \(type: .identity),
                account_id BIGINT NOT NULL REFERENCES account (id),
                kind TEXT NOT NULL CHECK (kind IN ('password', 'passkey', 'totp', 'recovery')),
                secret TEXT NOT NULL,
                since BIGINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE UNIQUE INDEX credential_password ON credential (account_id) WHERE kind = 'password' AND until IS NULL",
            """
            CREATE TABLE session (
                token_hash TEXT PRIMARY KEY,
                account_id BIGINT NOT NULL REFERENCES account (id),
                acting_for BIGINT,
                is_staff SMALLINT NOT NULL,
                device TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                last_seen_at BIGINT NOT NULL,
                ended_at BIGINT
            )
            """,
            "CREATE INDEX session_account ON session (account_id, ended_at)",
            """
            CREATE TABLE email_token (
                token_hash TEXT PRIMARY KEY,
                purpose TEXT NOT NULL CHECK (purpose IN ('register', 'finish', 'reset', 'staff')),
                typed TEXT NOT NULL,
                folded TEXT NOT NULL,
                language TEXT NOT NULL,
                account_id BIGINT REFERENCES account (id),
                expires_at BIGINT NOT NULL,
                used_at BIGINT
            )
            """,
            """
            CREATE TABLE staff_role (
                id \(type: .identity),
                account_id BIGINT NOT NULL REFERENCES account (id),
                role TEXT NOT NULL,
                since BIGINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE UNIQUE INDEX staff_role_live ON staff_role (account_id, role) WHERE until IS NULL",
        ]),
    Migration(
        "accounts.2-token-indexes",
        [
            "CREATE INDEX email_token_folded ON email_token (folded) WHERE used_at IS NULL",
            "CREATE INDEX email_token_expires ON email_token (expires_at)",
        ]),
    Migration(
        "accounts.3-my-account",
        [
            // The address that mail goes to; without one, the one that was proven first.
            "ALTER TABLE account_email ADD COLUMN is_primary SMALLINT NOT NULL DEFAULT 0",
            // When the password was last asked for again (A4).
            "ALTER TABLE session ADD COLUMN confirmed_at BIGINT",
            // A link that adds an address to an account (A6). Beside `email_token`, whose purposes are closed.
            """
            CREATE TABLE email_addition (
                token_hash TEXT PRIMARY KEY,
                account_id BIGINT NOT NULL REFERENCES account (id),
                typed TEXT NOT NULL,
                folded TEXT NOT NULL,
                expires_at BIGINT NOT NULL,
                used_at BIGINT
            )
            """,
            "CREATE INDEX email_addition_account ON email_addition (account_id)",
            "CREATE INDEX email_addition_expires ON email_addition (expires_at)",
            // Kinds of mail that somebody may switch off; without a row it is sent.
            """
            CREATE TABLE mail_choice (
                account_id BIGINT NOT NULL REFERENCES account (id),
                kind TEXT NOT NULL,
                is_wanted SMALLINT NOT NULL,
                since BIGINT NOT NULL,
                PRIMARY KEY (account_id, kind)
            )
            """,
        ]),
    Migration(
        "accounts.4-factors",
        [
            // Beside the password: what a second step or a passkey needs. `lookup` finds one by what somebody presents, hashed;
            // `counter` never goes back: the step of the last code, the count of a security key.
            "ALTER TABLE credential ADD COLUMN public_id TEXT",
            "ALTER TABLE credential ADD COLUMN name TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE credential ADD COLUMN lookup TEXT",
            "ALTER TABLE credential ADD COLUMN counter BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE credential ADD COLUMN last_used_at BIGINT",
            // A password that is only long enough beside a second step (A3).
            "ALTER TABLE credential ADD COLUMN is_short SMALLINT NOT NULL DEFAULT 0",
            "CREATE UNIQUE INDEX credential_lookup ON credential (kind, lookup) WHERE lookup IS NOT NULL",
            "CREATE INDEX credential_account ON credential (account_id, kind) WHERE until IS NULL",
            // How somebody signed in: password, password+app, password+recovery, passkey, link.
            "ALTER TABLE session ADD COLUMN method TEXT NOT NULL DEFAULT 'password'",
            // The first step of a sign-in was right; the second is to come, within minutes, in the same browser.
            """
            CREATE TABLE sign_in_step (
                token_hash TEXT PRIMARY KEY,
                account_id BIGINT NOT NULL REFERENCES account (id),
                method TEXT NOT NULL,
                wanted TEXT NOT NULL,
                expires_at BIGINT NOT NULL,
                used_at BIGINT
            )
            """,
            "CREATE INDEX sign_in_step_expires ON sign_in_step (expires_at)",
            // What a person was offered to add and has not proven yet: the seed of an app, the challenge for a passkey.
            """
            CREATE TABLE factor_offer (
                token_hash TEXT PRIMARY KEY,
                account_id BIGINT REFERENCES account (id),
                kind TEXT NOT NULL,
                secret TEXT NOT NULL,
                expires_at BIGINT NOT NULL,
                used_at BIGINT
            )
            """,
            "CREATE INDEX factor_offer_account ON factor_offer (account_id, kind)",
            "CREATE INDEX factor_offer_expires ON factor_offer (expires_at)",
        ]),
    Migration(
        "accounts.5-support",
        [
            // A lost second step that is to go after a wait (A8).
            """
            CREATE TABLE factor_removal (
                id \(type: .identity),
                account_id BIGINT NOT NULL REFERENCES account (id),
                token_hash TEXT NOT NULL UNIQUE,
                asked_at BIGINT NOT NULL,
                due_at BIGINT NOT NULL,
                outcome TEXT,
                until BIGINT
            )
            """,
            "CREATE UNIQUE INDEX factor_removal_live ON factor_removal (account_id) WHERE until IS NULL",
            // Browsers that signed in to an account, by the hash of what their cookie holds.
            """
            CREATE TABLE known_browser (
                account_id BIGINT NOT NULL REFERENCES account (id),
                browser_hash TEXT NOT NULL,
                seen_at BIGINT NOT NULL,
                PRIMARY KEY (account_id, browser_hash)
            )
            """,
            "CREATE INDEX known_browser_seen ON known_browser (seen_at)",
        ]),
    Migration(
        "accounts.6-directory",
        [
            // Who somebody of the city's sign-in service is here: by issuer and subject, never by an email address (A3).
            """
            CREATE TABLE directory_identity (
                id \(type: .identity),
                account_id BIGINT NOT NULL REFERENCES account (id),
                issuer TEXT NOT NULL,
                subject TEXT NOT NULL,
                label TEXT NOT NULL,
                since BIGINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE UNIQUE INDEX directory_identity_live ON directory_identity (issuer, subject) WHERE until IS NULL",
            "CREATE UNIQUE INDEX directory_identity_account ON directory_identity (account_id, issuer) WHERE until IS NULL",
            // Somebody whom the service named and nobody here is connected with, for some minutes.
            """
            CREATE TABLE directory_offer (
                token_hash TEXT PRIMARY KEY,
                issuer TEXT NOT NULL,
                subject TEXT NOT NULL,
                label TEXT NOT NULL,
                expires_at BIGINT NOT NULL,
                used_at BIGINT
            )
            """,
            "CREATE INDEX directory_offer_expires ON directory_offer (expires_at)",
        ]),
]
