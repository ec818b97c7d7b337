internal import Database

let publicRecordMigrations = [
    Migration(
        "publicRecord.1-index",
        [
            """
            CREATE TABLE public_entry (
                -- The day applied, then the case: going down the key is newest first, and a range of days is a range of keys.
                id \(PublicIndexSQL.key) PRIMARY KEY,
                case_id BIGINT NOT NULL UNIQUE REFERENCES case_record (id),
                number TEXT NOT NULL,
                number_folded TEXT NOT NULL,
                module TEXT NOT NULL,
                type TEXT NOT NULL,
                work_class TEXT NOT NULL,
                status TEXT NOT NULL,
                applied TEXT,
                address TEXT NOT NULL,
                street_folded TEXT NOT NULL,
                description TEXT NOT NULL,
                contractors TEXT NOT NULL,
                -- Everything the entry is found by, folded; what the text index holds.
                words TEXT NOT NULL
            )
            """,
            "CREATE INDEX public_entry_module ON public_entry (module, id)",
            "CREATE INDEX public_entry_type ON public_entry (type, id)",
            "CREATE INDEX public_entry_status ON public_entry (status, id)",
            "CREATE INDEX public_entry_number ON public_entry (number_folded, id)",
            "CREATE INDEX public_entry_street ON public_entry (street_folded, id)",
            PublicIndexSQL.textIndex,
        ]),
    // Entries made before hold neither until the backfill has made them anew.
    Migration(
        "publicRecord.2-places",
        [
            "ALTER TABLE public_entry ADD COLUMN parcel TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE public_entry ADD COLUMN valuation_cents BIGINT",
            "CREATE INDEX public_entry_parcel ON public_entry (parcel, id) WHERE parcel <> ''",
        ]),
    Migration(
        "publicRecord.3-saved",
        [
            """
            CREATE TABLE saved_search (
                id \(type: .identity),
                public_id TEXT NOT NULL UNIQUE,
                account_id BIGINT NOT NULL REFERENCES account (id),
                title TEXT NOT NULL,
                parameters TEXT NOT NULL,
                since BIGINT NOT NULL,
                until BIGINT
            )
            """,
            "CREATE UNIQUE INDEX saved_search_live ON saved_search (account_id, parameters) WHERE until IS NULL",
        ]),
    // What was added last stands in a list beside the index, which every search reads through. While very much is added it stays short.
    Migration(
        "publicRecord.4-short-list",
        ["\(sqlite: "SELECT 1", postgres: "ALTER INDEX public_entry_text SET (gin_pending_list_limit = 256)")"]),
    // The record packed by bands of 64 days, on PostgreSQL (`PackedRecord`).
    Migration(
        "publicRecord.5-packed",
        [
            """
            CREATE TABLE public_pack (
                band BIGINT PRIMARY KEY,
                -- How many entries it has.
                size BIGINT NOT NULL,
                -- Of each of its days, which entry is the first: eight bytes a number, the highest first.
                starts \(type: .bytes) NOT NULL,
                -- Of its entries, in rising order, in the same form.
                keys \(type: .bytes) NOT NULL,
                packed_at BIGINT NOT NULL
            )
            """,
            // Parts of it are read without the rest.
            "\(sqlite: "SELECT 1", postgres: "ALTER TABLE public_pack ALTER COLUMN keys SET STORAGE EXTERNAL")",
            """
            CREATE TABLE public_pack_word (
                word TEXT NOT NULL,
                band BIGINT NOT NULL,
                -- Which entries hold it (`Places`).
                bits \(type: .bytes) NOT NULL,
                PRIMARY KEY (word, band)
            )
            """,
            "\(sqlite: "SELECT 1", postgres: "ALTER TABLE public_pack_word ALTER COLUMN bits SET STORAGE MAIN")",
            "CREATE INDEX public_pack_word_band ON public_pack_word (band)",
            """
            CREATE TABLE public_pack_change (
                band BIGINT NOT NULL,
                key BIGINT NOT NULL,
                PRIMARY KEY (band, key)
            )
            """,
            """
            CREATE TABLE public_pack_state (
                -- Of what is packed, and how.
                version BIGINT PRIMARY KEY,
                -- Since when changes are put down.
                since BIGINT NOT NULL,
                ready_at BIGINT
            )
            """,
        ]),
    // Whoever changes entries puts their keys down, whichever version of the program it is (`PackedRecord`).
    Migration("publicRecord.6-noted", PackedRecord.noteChanges),
    Migration("publicRecord.7-version", ["ALTER TABLE public_pack ADD COLUMN version BIGINT NOT NULL DEFAULT 1"]),
    Migration("publicRecord.8-noted-sqlite", PackedRecord.noteChangesOnSQLite),
    Migration("publicRecord.9-counted", PackedRecord.countChanges),
]
