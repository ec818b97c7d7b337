internal import Database

let contactsMigrations = [
    Migration(
        "contacts.1-create",
        [
            """
            CREATE TABLE contact (
                id \(type: .identity),
                public_id TEXT NOT NULL UNIQUE,
                kind TEXT NOT NULL CHECK (kind IN ('person', 'company')),
                company_name TEXT NOT NULL,
                first_name TEXT NOT NULL,
                middle_name TEXT NOT NULL,
                last_name TEXT NOT NULL,
                title TEXT NOT NULL,
                search_name TEXT NOT NULL,
                findable SMALLINT NOT NULL,
                parent_id BIGINT REFERENCES contact (id),
                legacy_id TEXT UNIQUE,
                created_at BIGINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE INDEX contact_search ON contact (search_name) WHERE findable = 1 AND until IS NULL",
            "CREATE INDEX contact_name ON contact (search_name)",
            "CREATE INDEX contact_parent ON contact (parent_id) WHERE parent_id IS NOT NULL",
            """
            CREATE TABLE contact_email (
                id \(type: .identity),
                contact_id BIGINT NOT NULL REFERENCES contact (id),
                typed TEXT NOT NULL,
                folded TEXT NOT NULL,
                shared_mailbox SMALLINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE INDEX contact_email_folded ON contact_email (folded) WHERE until IS NULL",
            "CREATE INDEX contact_email_contact ON contact_email (contact_id)",
            """
            CREATE TABLE contact_phone (
                id \(type: .identity),
                contact_id BIGINT NOT NULL REFERENCES contact (id),
                kind TEXT NOT NULL CHECK (kind IN ('business', 'home', 'mobile')),
                typed TEXT NOT NULL,
                digits TEXT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE INDEX contact_phone_contact ON contact_phone (contact_id)",
            "CREATE INDEX contact_phone_digits ON contact_phone (digits)",
            """
            CREATE TABLE contact_address (
                id \(type: .identity),
                contact_id BIGINT NOT NULL REFERENCES contact (id),
                kind TEXT NOT NULL CHECK (kind IN ('mailing', 'business', 'home')),
                street TEXT NOT NULL,
                unit TEXT NOT NULL,
                city TEXT NOT NULL,
                state TEXT NOT NULL,
                zip TEXT NOT NULL,
                search_street TEXT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE INDEX contact_address_contact ON contact_address (contact_id)",
            "CREATE INDEX contact_address_street ON contact_address (search_street)",
        ]),
    Migration(
        "contacts.2-identity",
        [
            """
            CREATE TABLE identity_edge (
                id \(type: .identity),
                from_contact BIGINT NOT NULL REFERENCES contact (id),
                to_contact BIGINT NOT NULL REFERENCES contact (id),
                evidence TEXT NOT NULL,
                actor TEXT NOT NULL,
                since BIGINT NOT NULL,
                until BIGINT
            )
            """,
            // Which contacts are one: derived from live edges, every query goes through it from the first day (`model.md` 4).
            """
            CREATE TABLE contact_cluster (
                contact_id BIGINT PRIMARY KEY REFERENCES contact (id),
                survivor_id BIGINT NOT NULL REFERENCES contact (id)
            )
            """,
            "CREATE INDEX contact_cluster_survivor ON contact_cluster (survivor_id)",
            """
            CREATE TABLE contact_link (
                id \(type: .identity),
                account_id BIGINT NOT NULL REFERENCES account (id),
                contact_id BIGINT NOT NULL REFERENCES contact (id),
                how TEXT NOT NULL CHECK (how IN ('registration', 'claim', 'steward', 'invitation', 'import', 'merge')),
                evidence TEXT NOT NULL,
                edge_id BIGINT REFERENCES identity_edge (id),
                since BIGINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE UNIQUE INDEX contact_link_live ON contact_link (account_id, contact_id) WHERE until IS NULL",
            "CREATE INDEX contact_link_contact ON contact_link (contact_id) WHERE until IS NULL",
            """
            CREATE TABLE membership (
                id \(type: .identity),
                organization_id BIGINT NOT NULL REFERENCES contact (id),
                account_id BIGINT NOT NULL REFERENCES account (id),
                role TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'member')),
                since BIGINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE UNIQUE INDEX membership_live ON membership (account_id, organization_id) WHERE until IS NULL",
            "CREATE INDEX membership_organization ON membership (organization_id) WHERE until IS NULL",
            """
            CREATE TABLE join_request (
                id \(type: .identity),
                organization_id BIGINT NOT NULL REFERENCES contact (id),
                account_id BIGINT NOT NULL REFERENCES account (id),
                state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'declined')),
                created_at BIGINT NOT NULL,
                answered_at BIGINT
            )
            """,
            "CREATE UNIQUE INDEX join_request_waiting ON join_request (organization_id, account_id) WHERE state = 'waiting'",
            """
            CREATE TABLE favorite (
                account_id BIGINT NOT NULL REFERENCES account (id),
                contact_id BIGINT NOT NULL REFERENCES contact (id),
                contact_type TEXT NOT NULL,
                since BIGINT NOT NULL,
                PRIMARY KEY (account_id, contact_id)
            )
            """,
        ]),
    Migration(
        "contacts.3-claim",
        [
            // One row per account and address: C1 decides once.
            """
            CREATE TABLE email_claim (
                id \(type: .identity),
                account_id BIGINT NOT NULL REFERENCES account (id),
                folded TEXT NOT NULL,
                decision TEXT NOT NULL,
                contact_id BIGINT REFERENCES contact (id),
                has_undecided SMALLINT NOT NULL,
                decided_at BIGINT NOT NULL,
                UNIQUE (account_id, folded)
            )
            """,
            // A mail to another address on file of an organization that got its first owner, with the right to object.
            """
            CREATE TABLE ownership_notice (
                id \(type: .identity),
                token_hash TEXT NOT NULL UNIQUE,
                organization_id BIGINT NOT NULL REFERENCES contact (id),
                account_id BIGINT NOT NULL REFERENCES account (id),
                folded TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                objected_at BIGINT
            )
            """,
            // Words by which findable contacts are found, beside the beginning of their search name (B5).
            """
            CREATE TABLE findable_word (
                word TEXT NOT NULL,
                contact_id BIGINT NOT NULL REFERENCES contact (id),
                PRIMARY KEY (word, contact_id)
            )
            """,
            "CREATE INDEX findable_word_contact ON findable_word (contact_id)",
        ]),
    // Whether somebody once had this record and it was ended is asked at every claim (C1); the live indexes leave those rows out.
    Migration(
        "contacts.4-ended",
        [
            "CREATE INDEX contact_link_account ON contact_link (account_id, contact_id)",
            "CREATE INDEX membership_account ON membership (account_id, organization_id)",
        ]),
    Migration(
        "contacts.5-primary-email",
        [
            "ALTER TABLE contact_email ADD COLUMN is_primary SMALLINT NOT NULL DEFAULT 0",
            "CREATE UNIQUE INDEX contact_email_primary ON contact_email (contact_id) WHERE is_primary = 1 AND until IS NULL",
        ]),
    // Somebody at an exact address is asked to act for an organization (B2). Known and unknown addresses have the same row (A2).
    Migration(
        "contacts.6-organization",
        [
            """
            CREATE TABLE organization_invitation (
                id \(type: .identity),
                public_id TEXT NOT NULL UNIQUE,
                organization_id BIGINT NOT NULL REFERENCES contact (id),
                typed TEXT NOT NULL,
                folded TEXT NOT NULL,
                role TEXT NOT NULL,
                -- Of the organization's cases: all, or chosen ones.
                scope TEXT NOT NULL,
                state TEXT NOT NULL,
                language TEXT NOT NULL,
                invited_by BIGINT NOT NULL REFERENCES account (id),
                -- Of the newest email; none before the first.
                token_hash TEXT,
                created_at BIGINT NOT NULL,
                sent_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                answered_at BIGINT,
                until BIGINT
            )
            """,
            "CREATE UNIQUE INDEX organization_invitation_token ON organization_invitation (token_hash)",
            """
            CREATE UNIQUE INDEX organization_invitation_live ON organization_invitation (organization_id, folded)
            WHERE until IS NULL
            """,
            "CREATE INDEX organization_invitation_ended ON organization_invitation (organization_id, until)",
            "CREATE INDEX organization_invitation_ends ON organization_invitation (expires_at) WHERE until IS NULL",
            "CREATE INDEX organization_invitation_by ON organization_invitation (invited_by) WHERE until IS NULL",
        ]),
    // Of the organization's cases a member sees all, or those that were chosen (B3).
    Migration("contacts.7-scope", ["ALTER TABLE membership ADD COLUMN scope TEXT NOT NULL DEFAULT 'all'"]),
    // Records that are one (B9). An edge says which lives on under whose face, and from which of them each part of the name comes; the
    // cluster keeps the face of records that were merged, and nothing for the others.
    Migration(
        "contacts.8-merge",
        FaceField.allCases.map { field -> SQL in "ALTER TABLE contact_cluster ADD COLUMN \(field.column) TEXT" } + [
            "ALTER TABLE identity_edge ADD COLUMN chosen TEXT NOT NULL DEFAULT '{}'",
            // What was recorded when it was made: everything after it may have been meant for either.
            "ALTER TABLE identity_edge ADD COLUMN fact_id BIGINT",
            "ALTER TABLE identity_edge ADD COLUMN ended_by TEXT",
            "ALTER TABLE identity_edge ADD COLUMN ended_why TEXT",
            "CREATE UNIQUE INDEX identity_edge_from ON identity_edge (from_contact) WHERE until IS NULL",
            "CREATE INDEX identity_edge_to ON identity_edge (to_contact) WHERE until IS NULL",
            "ALTER TABLE membership ADD COLUMN edge_id BIGINT",
            "CREATE INDEX contact_link_edge ON contact_link (contact_id) WHERE edge_id IS NOT NULL AND until IS NULL",
            "CREATE INDEX membership_edge ON membership (organization_id) WHERE edge_id IS NOT NULL AND until IS NULL",
        ]),
    // What somebody asked of organizations ends with their account (A7).
    Migration(
        "contacts.9-closing", ["CREATE INDEX join_request_account ON join_request (account_id) WHERE state = 'waiting'"]),
    // Who is more in an organization by a merge than by themselves: what is left when it is taken back (B9).
    Migration(
        "contacts.10-own-place",
        [
            "ALTER TABLE membership ADD COLUMN own_role TEXT",
            "ALTER TABLE membership ADD COLUMN own_scope TEXT",
            // Of records that were merged: all that the account became an owner of by one proof, as a JSON list of ids.
            "ALTER TABLE ownership_notice ADD COLUMN owned TEXT NOT NULL DEFAULT '[]'",
        ]),
    Migration(
        "contacts.11-asked",
        [
            "CREATE INDEX join_request_person ON join_request (account_id, organization_id)",
            "CREATE INDEX organization_invitation_to ON organization_invitation (folded) WHERE until IS NULL",
        ]),
    // With a claim that is taken back everybody goes who came in by it, and whoever left since has left something (C2).
    Migration(
        "contacts.12-left", ["CREATE INDEX membership_left ON membership (organization_id) WHERE until IS NOT NULL"]),
]
