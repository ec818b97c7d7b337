internal import Database

let followingMigrations = [
    Migration(
        "following.1-follow",
        [
            // Somebody watches a case. It gives no right to it: no rule of access reads this.
            """
            CREATE TABLE case_follow (
                id \(type: .identity),
                public_id TEXT NOT NULL UNIQUE,
                account_id BIGINT NOT NULL REFERENCES account (id),
                case_id BIGINT NOT NULL REFERENCES case_record (id),
                since BIGINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE UNIQUE INDEX case_follow_live ON case_follow (account_id, case_id) WHERE until IS NULL",
            "CREATE INDEX case_follow_case ON case_follow (case_id, id) WHERE until IS NULL",
            // The link of each mail that ends such mails.
            """
            CREATE TABLE following_stop (
                token_hash TEXT PRIMARY KEY,
                account_id BIGINT NOT NULL REFERENCES account (id),
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX following_stop_created ON following_stop (created_at)",
        ]),
    Migration(
        "following.2-collection",
        [
            """
            CREATE TABLE collection (
                id \(type: .identity),
                public_id TEXT NOT NULL UNIQUE,
                account_id BIGINT NOT NULL REFERENCES account (id),
                title TEXT NOT NULL,
                since BIGINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE INDEX collection_account ON collection (account_id) WHERE until IS NULL",
            """
            CREATE TABLE collection_case (
                id \(type: .identity),
                collection_id BIGINT NOT NULL REFERENCES collection (id),
                case_id BIGINT NOT NULL REFERENCES case_record (id),
                since BIGINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE UNIQUE INDEX collection_case_live ON collection_case (collection_id, case_id) WHERE until IS NULL",
            "CREATE INDEX collection_case_ended ON collection_case (collection_id, until)",
        ]),
]
