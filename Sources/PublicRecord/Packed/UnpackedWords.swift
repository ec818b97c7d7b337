internal import Database
internal import Primitives

/// Entries that hold words, asked of the entries and the text index where no pack tells.
extension PublicIndexSQL {
    /// A JSON list as a table with the column `value`.
    static func each(_ values: [JSON]) -> SQL {
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
