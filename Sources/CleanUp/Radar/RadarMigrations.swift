internal import Database

let radarMigrations = [
    Migration(
        "cleanUp.1-radar",
        [
            // Two contacts that may be one. What a person decided of them stays as a label.
            """
            CREATE TABLE contact_pair (
                a BIGINT NOT NULL REFERENCES contact (id),
                b BIGINT NOT NULL REFERENCES contact (id),
                -- In tenths of a bit; the weights add up to it.
                score BIGINT NOT NULL,
                band TEXT NOT NULL,
                weights TEXT NOT NULL,
                -- Of the values that were compared: another one is another question.
                digest BIGINT NOT NULL,
                found_at BIGINT NOT NULL,
                state TEXT NOT NULL,
                decided_by BIGINT REFERENCES account (id),
                decided_at BIGINT,
                why TEXT NOT NULL,
                -- When it was no likely duplicate any more.
                until BIGINT,
                PRIMARY KEY (a, b)
            )
            """,
            "CREATE INDEX contact_pair_open ON contact_pair (band, score, a, b) WHERE state = 'open' AND until IS NULL",
            "CREATE INDEX contact_pair_b ON contact_pair (b)",
            "CREATE INDEX contact_pair_later ON contact_pair (decided_at, a, b) WHERE state = 'later' AND until IS NULL",
            "CREATE INDEX contact_pair_decided ON contact_pair (decided_at, a, b) WHERE state IN ('same', 'different')",
            "CREATE INDEX contact_pair_decided_by ON contact_pair (decided_by) WHERE decided_by IS NOT NULL",
            // What was learned from all contacts, and how wrong it expects to be.
            """
            CREATE TABLE match_model (
                id \(type: .identity),
                made_at BIGINT NOT NULL,
                contacts BIGINT NOT NULL,
                same_pairs BIGINT NOT NULL,
                -- Thousandths of a pair.
                same_wrong BIGINT NOT NULL,
                review_pairs BIGINT NOT NULL,
                review_right BIGINT NOT NULL,
                knowledge TEXT NOT NULL
            )
            """,
            // By what a contact is looked up among all others. Derived from its values, whose digest says for which.
            "CREATE TABLE contact_look (contact_id BIGINT PRIMARY KEY REFERENCES contact (id), digest BIGINT NOT NULL)",
            """
            CREATE TABLE contact_block (
                key BIGINT NOT NULL,
                contact_id BIGINT NOT NULL REFERENCES contact (id),
                PRIMARY KEY (key, contact_id)
            )
            """,
            "CREATE INDEX contact_block_contact ON contact_block (contact_id)",
            // Pairs that a steward merges together, and what became of each.
            """
            CREATE TABLE merge_batch (
                id \(type: .identity),
                public_id TEXT NOT NULL UNIQUE,
                account_id BIGINT NOT NULL REFERENCES account (id),
                created_at BIGINT NOT NULL,
                confirmed_at BIGINT
            )
            """,
            "CREATE INDEX merge_batch_account ON merge_batch (account_id)",
            """
            CREATE TABLE merge_batch_pair (
                batch_id BIGINT NOT NULL REFERENCES merge_batch (id),
                a BIGINT NOT NULL REFERENCES contact (id),
                b BIGINT NOT NULL REFERENCES contact (id),
                outcome TEXT NOT NULL,
                problem TEXT NOT NULL,
                edge_id BIGINT REFERENCES identity_edge (id),
                PRIMARY KEY (batch_id, a, b)
            )
            """,
        ])
]
