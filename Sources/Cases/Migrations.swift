internal import Database

let casesMigrations = [
    Migration(
        "cases.1-create",
        [
            """
            CREATE TABLE case_record (
                id \(type: .identity),
                public_id TEXT NOT NULL UNIQUE,
                number TEXT NOT NULL UNIQUE,
                module TEXT NOT NULL,
                type TEXT NOT NULL,
                work_class TEXT NOT NULL,
                status TEXT NOT NULL,
                bucket TEXT NOT NULL,
                pack_hash TEXT NOT NULL REFERENCES city_pack (hash),
                description TEXT NOT NULL,
                project TEXT NOT NULL,
                valuation_cents BIGINT,
                applied TEXT,
                issued TEXT,
                expires TEXT,
                finalized TEXT,
                -- The newest day anything happened, for Recent and for sorting.
                active_on TEXT NOT NULL,
                parent_id BIGINT REFERENCES case_record (id),
                confidential SMALLINT NOT NULL,
                submitted SMALLINT NOT NULL,
                -- Nobody named yet, to be chosen, or assumed by the general contractor: a state, not a company.
                contractor_state TEXT NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX case_record_bucket ON case_record (bucket, active_on)",
            "CREATE INDEX case_record_parent ON case_record (parent_id) WHERE parent_id IS NOT NULL",
            """
            CREATE TABLE case_location (
                id \(type: .identity),
                case_id BIGINT NOT NULL REFERENCES case_record (id),
                typed TEXT NOT NULL,
                address_id BIGINT REFERENCES address (id),
                parcel_id BIGINT REFERENCES parcel (id),
                confidence TEXT NOT NULL CHECK (confidence IN ('matched', 'typed', 'unverified')),
                is_primary SMALLINT NOT NULL
            )
            """,
            "CREATE INDEX case_location_case ON case_location (case_id)",
            "CREATE INDEX case_location_address ON case_location (address_id)",
            """
            CREATE TABLE case_grant (
                id \(type: .identity),
                case_id BIGINT NOT NULL REFERENCES case_record (id),
                contact_id BIGINT NOT NULL REFERENCES contact (id),
                contact_type TEXT NOT NULL,
                may_view SMALLINT NOT NULL,
                may_act SMALLINT NOT NULL,
                may_bill SMALLINT NOT NULL,
                may_request_inspection SMALLINT NOT NULL,
                is_primary SMALLINT NOT NULL,
                -- The address typed by whoever added a person who is not findable: all that the adder may see (B5).
                added_as TEXT,
                added_by TEXT NOT NULL,
                since BIGINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE UNIQUE INDEX case_grant_live ON case_grant (case_id, contact_id, contact_type) WHERE until IS NULL",
            "CREATE UNIQUE INDEX case_grant_primary ON case_grant (case_id, contact_type) WHERE is_primary = 1 AND until IS NULL",
            "CREATE INDEX case_grant_contact ON case_grant (contact_id, case_id) WHERE until IS NULL",
            """
            CREATE TABLE case_invitation (
                id \(type: .identity),
                case_id BIGINT NOT NULL REFERENCES case_record (id),
                typed TEXT NOT NULL,
                folded TEXT NOT NULL,
                contact_type TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'declined', 'withdrawn', 'expired')),
                added_by TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                ended_at BIGINT
            )
            """,
            "CREATE INDEX case_invitation_folded ON case_invitation (folded) WHERE state = 'waiting'",
            "CREATE UNIQUE INDEX case_invitation_waiting ON case_invitation (case_id, folded, contact_type) WHERE state = 'waiting'",
            """
            CREATE TABLE case_attention (
                id \(type: .identity),
                case_id BIGINT NOT NULL REFERENCES case_record (id),
                reason TEXT NOT NULL,
                since BIGINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE UNIQUE INDEX case_attention_live ON case_attention (case_id, reason) WHERE until IS NULL",
            """
            CREATE TABLE case_number (
                prefix TEXT NOT NULL,
                year INTEGER NOT NULL,
                last BIGINT NOT NULL,
                PRIMARY KEY (prefix, year)
            )
            """,
        ]),
    Migration(
        "cases.2-invitation-contact",
        [
            // Who was found behind the address; the row by address lives until `ended_at`, accepted or not (B5).
            "ALTER TABLE case_invitation ADD COLUMN contact_id BIGINT REFERENCES contact (id)",
            """
            CREATE UNIQUE INDEX case_invitation_live ON case_invitation (case_id, folded, contact_type) WHERE ended_at IS NULL
            """,
        ]),
    // Whether a contact may see a case is answered from the index alone: an account with thousands of cases asks it of each.
    Migration(
        "cases.3-reach",
        [
            """
            CREATE INDEX case_grant_reach
            ON case_grant (contact_id, case_id, may_view, may_act, may_bill, may_request_inspection) WHERE until IS NULL
            """,
            "DROP INDEX case_grant_contact",
        ]),
    Migration(
        "cases.4-mine",
        [
            // The dashboard looks at thousands of cases of a company, and at nothing else of them. SQLite keeps them by their keys.
            """
            \(sqlite: "SELECT 1", postgres: "CREATE INDEX case_record_mine ON case_record (id, bucket, active_on)")
            """
        ]),
    // What an invitation by address gives, the link that answers it, and what was answered (B7).
    Migration(
        "cases.5-invitation",
        [
            // Fewer rights than the contact type has, as names: `view,bill`. Nothing: those of the type.
            "ALTER TABLE case_invitation ADD COLUMN rights TEXT",
            "ALTER TABLE case_invitation ADD COLUMN token_hash TEXT",
            "ALTER TABLE case_invitation ADD COLUMN on_behalf_of BIGINT REFERENCES contact (id)",
            // When the newest email was asked for; the time to answer counts from there.
            "ALTER TABLE case_invitation ADD COLUMN sent_at BIGINT",
            "ALTER TABLE case_invitation ADD COLUMN answered_at BIGINT",
            "CREATE UNIQUE INDEX case_invitation_token ON case_invitation (token_hash)",
            "CREATE INDEX case_invitation_ends ON case_invitation (expires_at) WHERE state = 'waiting'",
            "CREATE INDEX case_invitation_declined ON case_invitation (case_id, answered_at) WHERE state = 'declined'",
        ]),
    // Cases that were chosen for a member of an organization: the organization's own part in the case, and no other (B3).
    Migration(
        "cases.6-associate",
        [
            """
            CREATE TABLE case_associate (
                id \(type: .identity),
                membership_id BIGINT NOT NULL REFERENCES membership (id),
                grant_id BIGINT NOT NULL REFERENCES case_grant (id),
                added_by TEXT NOT NULL,
                since BIGINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE UNIQUE INDEX case_associate_live ON case_associate (membership_id, grant_id) WHERE until IS NULL",
            "CREATE INDEX case_associate_grant ON case_associate (grant_id) WHERE until IS NULL",
        ]),
    // What somebody asked of others ends with their account (A7).
    Migration(
        "cases.7-closing", ["CREATE INDEX case_invitation_by ON case_invitation (added_by) WHERE ended_at IS NULL"]),
    // Whoever was taken off a case does not come back by themselves (C2).
    Migration(
        "cases.8-ended",
        ["CREATE INDEX case_grant_ended ON case_grant (case_id, contact_id) WHERE until IS NOT NULL"]),
    // What somebody did on the cases of a record that was never theirs is taken back, also when nothing of it is live any more (C2).
    Migration(
        "cases.9-taken-back",
        [
            // Who ended it, as facts name the actor; none for what ended before this was kept.
            "ALTER TABLE case_grant ADD COLUMN ended_by TEXT",
            "CREATE INDEX case_grant_past ON case_grant (contact_id, until) WHERE until IS NOT NULL",
            "CREATE INDEX case_invitation_past ON case_invitation (case_id) WHERE ended_at IS NOT NULL",
        ]),
]
