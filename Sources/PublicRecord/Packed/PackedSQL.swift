internal import Core
internal import Database
internal import Primitives

/// The statements of a search in the packed record.
enum PackedSQL {
    /// The next packs of the order, and entries of those bands that were changed since: these have `changed`, their key.
    /// - Parameters:
    ///   - edges: bands of which it is asked where their days begin.
    ///   - count, most: of packs and of changes.
    static func packs(
        _ bands: (Int64, Int64), edges: (Int64, Int64), _ order: SearchOrder, atMost count: Int, orChanges most: Int
    ) -> SQL {
        """
        SELECT * FROM (
            SELECT band, version, size, packed_at, CAST(NULL AS bigint) AS changed,
                CASE WHEN band = \(edges.0) OR band = \(edges.1) THEN starts END AS starts
            FROM public_pack
            WHERE band >= \(bands.0) AND band <= \(bands.1) ORDER BY band \(order.direction) LIMIT \(count)) p
        UNION ALL
        SELECT * FROM (
            SELECT band, CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint), key, CAST(NULL AS \(type: .bytes))
            FROM public_pack_change
            WHERE band >= \(bands.0) AND band <= \(bands.1) LIMIT \(most)) c
        """
    }

    /// What some packs have of some words.
    static func words(_ words: [String], of bands: [Int64]) -> SQL {
        """
        SELECT w.band, w.word, w.bits
        FROM \(each(words.map(JSON.string))) v CROSS JOIN \(each(bands.map(JSON.integer))) b
            JOIN public_pack_word w ON w.word = v.value AND w.band = CAST(b.value AS bigint)
        """
    }

    /// Which of some words any pack has, as rows with `word`.
    static func packed(_ words: [String]) -> SQL {
        """
        SELECT v.value AS word FROM \(each(words.map(JSON.string))) v
        WHERE EXISTS (SELECT 1 FROM public_pack_word w WHERE w.word = v.value)
        """
    }

    /// The words of some entries.
    static func words(ofEntries keys: [Int64], _ range: KeyRange) -> SQL {
        """
        SELECT e.id, e.words FROM public_entry e
        WHERE e.id IN \(list: keys) AND e.id > \(range.after) AND e.id < \(range.before)
        """
    }

    /// Entries as a list shows them.
    static func entries(_ keys: [Int64], _ order: SearchOrder) -> SQL {
        """
        SELECT e.id, \(PublicEntry.columns), \(CityActivity.last) AS changed FROM public_entry e
        WHERE e.id IN \(list: keys) ORDER BY e.id \(order.direction)
        """
    }

    /// A JSON list as a table with the column `value`.
    private static func each(_ values: [JSON]) -> SQL {
        """
        \(sqlite: "json_each(", postgres: "json_array_elements_text(CAST(")\(JSON.array(values).description)\(sqlite: ")", postgres: " AS json))")
        """
    }

    /// Every entry of those bands of 64 days that holds all of the words, by the text index.
    static func keys(_ words: [String], in bands: [Int64], _ range: KeyRange, _ dialect: Dialect) -> SQL {
        switch dialect {
        case .sqlite:
            let match = words.map { word in
                PackedBand.beginning(packedAs: word).map { "\"\($0)\"*" } ?? "\"\(word)\""
            }.joined(separator: " AND ")
            return bands.map { band -> SQL in
                """
                SELECT rowid AS id FROM public_entry_text
                WHERE public_entry_text MATCH \(match)
                    AND rowid > \(max(range.after, PackedBand.first(of: band) - 1))
                    AND rowid < \(min(range.before, PackedBand.last(of: band) + 1))
                """
            }.joined(separator: " UNION ALL ")
        case .postgres:
            let days = bands.map { "'\(PackedBand.word(of: $0))'" }.joined(separator: " | ")
            let holds = words.map { word -> SQL in
                let term = PackedBand.beginning(packedAs: word).map { "'\($0)':*" } ?? "'\(word)'"
                return "\(PostgresKeys.vector) @@ CAST(\(term) AS tsquery)"
            }.joined(separator: " AND ")
            return """
                SELECT t.id FROM public_entry t
                WHERE \(holds) AND \(PostgresKeys.vector) @@ CAST(\(days) AS tsquery)
                    AND (t.id + 0) > \(range.after) AND (t.id + 0) < \(range.before)
                """
        }
    }
}
