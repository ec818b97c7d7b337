internal import Database

extension PackedRecord {
    /// Puts down the keys of entries that are stored, changed or taken away, in the transaction that does so: on PostgreSQL, where the
    /// record is packed. Once a statement, however many entries it changes.
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

    private static func noteAfter(_ event: String, _ rows: String) -> String {
        """
        CREATE TRIGGER public_entry_\(event.lowercased())_\(rows) AFTER \(event) ON public_entry
        REFERENCING \(rows) TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public_pack_note()
        """
    }

    private static func postgres(_ statement: String) -> SQL { "\(sqlite: "SELECT 1", postgres: statement)" }
}
