internal import Core
internal import Database
internal import Primitives

/// The public record packed by bands of 64 days, beside the text index (decision 30). Every entry is in the pack of its
/// band as it was, or its key stands among the changes since.
///
/// A band is packed anew as a whole; whoever changes entries only puts their keys down, so that nobody waits for anybody. The database
/// does that itself (`noteChanges`): a version of the program that knows of no packs may serve the same city.
enum PackedRecord {
    /// Words in fewer entries of a band are asked of the text index.
    static let least = 32
    /// A record of fewer entries is searched as fast without.
    static let worthwhile = 20_000
    /// With more changes than these in what is searched the text index is as fast.
    static let mostChanges = 500

    /// Whether every band was packed once.
    static func isReady(_ conn: Connection) throws(DatabaseError) -> Bool {
        try conn.exists("SELECT 1 FROM public_pack_state WHERE ready_at IS NOT NULL")
    }

    // MARK: Packing

    /// From here on changes are put down. Nothing to do for a small record, or when it was done before.
    /// - Returns: whether they are.
    static func begin(_ conn: Connection, at now: Instant, worthwhile: Int = worthwhile) throws(DatabaseError) -> Bool {
        if try conn.exists("SELECT 1 FROM public_pack_state") { return true }
        // Words of a few entries are asked of the text index by the words of their days.
        guard try Backfill.hasFinished(beginning: PublicIndex.backfillName, conn) else { return false }
        let count: Int = try conn.value("SELECT count(*) FROM (SELECT 1 FROM public_entry LIMIT \(worthwhile)) shown") ?? 0
        guard count >= worthwhile else { return false }
        // Who is changing entries just now does not know yet that changes are put down; until that is stored nobody begins to.
        if conn.dialect == .postgres { try conn.run("LOCK TABLE public_entry IN SHARE ROW EXCLUSIVE MODE") }
        try conn.run("INSERT INTO public_pack_state (version, since) VALUES (1, \(now)) ON CONFLICT DO NOTHING")
        return true
    }

    static func finish(_ conn: Connection, at now: Instant) throws(DatabaseError) {
        try conn.run("UPDATE public_pack_state SET ready_at = \(now) WHERE ready_at IS NULL")
    }

    /// Takes everything packed away; it can be packed again at any time.
    static func forget(_ conn: Connection) throws(DatabaseError) {
        try conn.run("DELETE FROM public_pack_state")
        try conn.run("DELETE FROM public_pack_change")
        try conn.run("DELETE FROM public_pack_word")
        try conn.run("DELETE FROM public_pack")
    }

    /// The first band above another that has an entry.
    static func next(after band: Int64?, _ conn: Connection) throws(DatabaseError) -> Int64? {
        let key: Int64? = try conn.value(
            "SELECT id FROM public_entry WHERE id > \(band.map(PackedBand.last(of:)) ?? .min) ORDER BY id LIMIT 1")
        return key.map(PackedBand.of)
    }

    /// Bands with changes, those with the most first, and behind them those that an earlier version of the program packed.
    static func changed(_ conn: Connection) throws(DatabaseError) -> [Int64] {
        try conn.rows(
            """
            SELECT band, max(changes) AS most FROM (
                SELECT band, count(*) AS changes FROM public_pack_change GROUP BY band
                UNION ALL SELECT band, 0 FROM public_pack WHERE version < \(PackedBand.version)) b
            GROUP BY band ORDER BY most DESC, band DESC
            """
        ).map { row throws(DatabaseError) in try row["band"] }
    }
}
