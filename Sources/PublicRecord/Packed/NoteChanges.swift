internal import Database

extension PackedRecord {
    /// Puts down the keys of entries that are stored, changed or taken away, in the transaction that does so. On PostgreSQL once a
    /// statement, however many entries it changes.
    static let noteChanges: [SQL] =
        [
            postgres(note(again: "key = excluded.key"))
        ]
        + [("INSERT", "new"), ("DELETE", "old"), ("UPDATE", "old"), ("UPDATE", "new")].flatMap { event, rows in
            // Of an update both, should it ever move an entry. Also for loads that leave references unchecked, which leaves out
            // triggers that are not to fire always.
            [
                postgres(noteAfter(event, rows)),
                postgres("ALTER TABLE public_entry ENABLE ALWAYS TRIGGER \(trigger(event, rows))"),
            ]
        }

    /// Counts how often a key was put down: a band is packed as a reader saw it, and what was put down once more since stays.
    static let countChanges: [SQL] =
        [
            // Whoever notes in the older way comes to an end first.
            postgres("LOCK TABLE public_entry IN SHARE ROW EXCLUSIVE MODE"),
            "ALTER TABLE public_pack_change ADD COLUMN times BIGINT NOT NULL DEFAULT 1",
            postgres(note(again: "times = public_pack_change.times + 1")),
        ]
        + [("INSERT", "new", ""), ("DELETE", "old", ""), ("UPDATE", "old", "from"), ("UPDATE", "new", "to")]
        .flatMap { event, row, which in
            [
                sqlite("DROP TRIGGER public_entry_\(event.lowercased())\(which)"),
                sqlite(noteAfter(event, key: "\(row).id", which, again: "times = times + 1")),
            ]
        }

    /// The band of a key: `PackedBand.of`. A key that stands there is written anew: else a band that is just being packed as it was
    /// before this change would take it away.
    private static func note(again: String) -> String {
        """
        CREATE OR REPLACE FUNCTION public_pack_note() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM public_pack_state) THEN
                INSERT INTO public_pack_change (band, key) SELECT c.id >> 38, c.id FROM changed c ORDER BY c.id
                ON CONFLICT (band, key) DO UPDATE SET \(again);
            END IF;
            RETURN NULL;
        END
        $$
        """
    }

    /// On SQLite, where the first packs came from PostgreSQL and nothing noted what changed since: they are taken away.
    static let noteChangesOnSQLite: [SQL] =
        ["public_pack_state", "public_pack_change", "public_pack_word"].map { sqlite("DELETE FROM \($0)") }
        + [
            // What stands behind a long value is read by going through it, page after page: the keys come last.
            sqlite("DROP TABLE public_pack"),
            sqlite(
                """
                CREATE TABLE public_pack (
                    band BIGINT PRIMARY KEY,
                    version BIGINT NOT NULL DEFAULT 1,
                    size BIGINT NOT NULL,
                    packed_at BIGINT NOT NULL,
                    starts BLOB NOT NULL,
                    keys BLOB NOT NULL
                )
                """),
            sqlite(noteAfter("INSERT", key: "new.id")), sqlite(noteAfter("DELETE", key: "old.id")),
            sqlite(noteAfter("UPDATE", key: "old.id", "from")), sqlite(noteAfter("UPDATE", key: "new.id", "to")),
        ]

    private static func noteAfter(_ event: String, key: String, _ which: String = "", again: String? = nil) -> String {
        let count = again.map { "UPDATE public_pack_change SET \($0) WHERE band = \(key) >> 38 AND key = \(key);" } ?? ""
        return """
            CREATE TRIGGER public_entry_\(event.lowercased())\(which) AFTER \(event) ON public_entry
            WHEN EXISTS (SELECT 1 FROM public_pack_state)
            BEGIN
                \(count)
                INSERT INTO public_pack_change (band, key) SELECT \(key) >> 38, \(key)
                WHERE NOT EXISTS (SELECT 1 FROM public_pack_change WHERE band = \(key) >> 38 AND key = \(key));
            END
            """
    }

    private static func sqlite(_ statement: String) -> SQL { "\(sqlite: statement, postgres: "SELECT 1")" }

    private static func noteAfter(_ event: String, _ rows: String) -> String {
        """
        CREATE TRIGGER \(trigger(event, rows)) AFTER \(event) ON public_entry
        REFERENCING \(rows) TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public_pack_note()
        """
    }

    private static func trigger(_ event: String, _ rows: String) -> String { "public_entry_\(event.lowercased())_\(rows)" }

    private static func postgres(_ statement: String) -> SQL { "\(sqlite: "SELECT 1", postgres: statement)" }
}
