internal import Database

extension PackedRecord {
    /// Puts down the keys of entries that are stored, changed or taken away, in the transaction that does so. On PostgreSQL once a
    /// statement, however many entries it changes.
    static let noteChanges: [SQL] = [
        // The band of a key: `PackedBand.of`.
        postgres(
            """
            CREATE FUNCTION public_pack_note() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT 1 FROM public_pack_state) THEN
                    INSERT INTO public_pack_change (band, key) SELECT c.id >> 38, c.id FROM changed c ON CONFLICT DO NOTHING;
                END IF;
                RETURN NULL;
            END
            $$
            """),
        postgres(noteAfter("INSERT", "new")), postgres(noteAfter("DELETE", "old")),
        // Both, should a statement ever move an entry.
        postgres(noteAfter("UPDATE", "old")), postgres(noteAfter("UPDATE", "new")),
    ]

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

    private static func noteAfter(_ event: String, key: String, _ which: String = "") -> String {
        """
        CREATE TRIGGER public_entry_\(event.lowercased())\(which) AFTER \(event) ON public_entry
        WHEN EXISTS (SELECT 1 FROM public_pack_state)
        BEGIN
            INSERT INTO public_pack_change (band, key) SELECT \(key) >> 38, \(key)
            WHERE NOT EXISTS (SELECT 1 FROM public_pack_change WHERE band = \(key) >> 38 AND key = \(key));
        END
        """
    }

    private static func sqlite(_ statement: String) -> SQL { "\(sqlite: statement, postgres: "SELECT 1")" }

    private static func noteAfter(_ event: String, _ rows: String) -> String {
        """
        CREATE TRIGGER public_entry_\(event.lowercased())_\(rows) AFTER \(event) ON public_entry
        REFERENCING \(rows) TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public_pack_note()
        """
    }

    private static func postgres(_ statement: String) -> SQL { "\(sqlite: "SELECT 1", postgres: statement)" }
}
