internal import Database

let cleanUpMigrations = [
    // What was recorded while two records were one, after that was taken back: whose is it (B9)?
    Migration(
        "cleanUp.1-since",
        [
            """
            CREATE TABLE since_merge (
                id \(type: .identity),
                edge_id BIGINT NOT NULL REFERENCES identity_edge (id),
                fact_id BIGINT NOT NULL REFERENCES fact (id),
                -- Of a contact that was put on a case meanwhile: who, where and as what. The grant ended with the merge.
                case_id BIGINT REFERENCES case_record (id),
                contact_id BIGINT REFERENCES contact (id),
                contact_type TEXT,
                state TEXT NOT NULL,
                -- Whom it was decided for.
                given_to BIGINT REFERENCES contact (id),
                created_at BIGINT NOT NULL,
                decided_by TEXT,
                decided_at BIGINT,
                UNIQUE (edge_id, fact_id)
            )
            """,
            "CREATE INDEX since_merge_waiting ON since_merge (created_at) WHERE state = 'waiting'",
        ]),
    // Somebody says that two of their own records are the same (B10).
    Migration(
        "cleanUp.2-proposal",
        [
            """
            CREATE TABLE merge_proposal (
                id \(type: .identity),
                public_id TEXT NOT NULL UNIQUE,
                account_id BIGINT NOT NULL REFERENCES account (id),
                one_contact BIGINT NOT NULL REFERENCES contact (id),
                other_contact BIGINT NOT NULL REFERENCES contact (id),
                why TEXT NOT NULL,
                state TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                decided_by TEXT,
                decided_at BIGINT,
                answer TEXT
            )
            """,
            """
            CREATE UNIQUE INDEX merge_proposal_waiting ON merge_proposal (account_id, one_contact, other_contact)
            WHERE state = 'waiting'
            """,
            "CREATE INDEX merge_proposal_pair ON merge_proposal (one_contact, other_contact) WHERE state = 'waiting'",
        ]),
    // Stops a contact from some actions until it is lifted (B11).
    Migration(
        "cleanUp.3-hold",
        [
            """
            CREATE TABLE contact_hold (
                id \(type: .identity),
                contact_id BIGINT NOT NULL REFERENCES contact (id),
                -- Keys of what is held, with spaces between.
                held TEXT NOT NULL,
                reason TEXT NOT NULL,
                placed_by TEXT NOT NULL,
                since BIGINT NOT NULL,
                until BIGINT,
                lifted_by TEXT,
                lifted_why TEXT
            )
            """,
            "CREATE INDEX contact_hold_live ON contact_hold (contact_id) WHERE until IS NULL",
        ]),
    // The list of one merge, what waits first.
    Migration(
        "cleanUp.4-since-list", ["CREATE INDEX since_merge_list ON since_merge (edge_id, state DESC, fact_id)"]),
]
