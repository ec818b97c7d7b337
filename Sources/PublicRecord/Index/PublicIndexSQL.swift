internal import Database
internal import Primitives

/// Every statement of the public record that differs between the databases.
enum PublicIndexSQL {
    /// In SQLite only `INTEGER` makes the key the row's own place.
    static let key: SQL = "\(sqlite: "INTEGER", postgres: "BIGINT")"

    /// The text index. Entries come newest first straight from it: its row numbers are the keys of `public_entry`.
    /// It keeps which entries hold a word, not where (`detail=none`): no phrases, a quarter of the size. `_` marks the words that
    /// stand for a kind, type or status; folded text never holds one.
    static let textIndex: SQL = "\(sqlite: virtualTable, postgres: index)"

    private static let virtualTable = """
        CREATE VIRTUAL TABLE public_entry_text USING fts5 (
            words, content = 'public_entry', content_rowid = 'id', detail = none, columnsize = 0, prefix = '2 3',
            tokenize = "ascii tokenchars '_'"
        )
        """
    private static let index =
        "CREATE INDEX public_entry_text ON public_entry USING GIN (array_to_tsvector(string_to_array(words, ' ')))"

    /// Adds what was just put into `public_entry` to the text index, where the database does not do so by itself.
    static func addText(_ entries: [(key: Int64, words: String)], _ conn: Connection) throws {
        guard conn.dialect == .sqlite else { return }
        try conn.load(
            table: "public_entry_text", columns: ["rowid", "words"],
            rows: entries.lazy.map { [.integer($0.key), .text($0.words)] })
    }

    /// - Parameter words: exactly what was added.
    static func removeText(_ words: String, of key: Int64, _ conn: Connection) throws(DatabaseError) {
        switch conn.dialect {
        case .sqlite:
            try conn.run("INSERT INTO public_entry_text (public_entry_text, rowid, words) VALUES ('delete', \(key), \(words))")
        case .postgres: break
        }
    }

    /// SQLite reads what it has gathered in the order in which it came.
    static func sameOrder(_ order: SearchOrder) -> SQL {
        switch order {
        case .newest: "\(sqlite: "", postgres: "ORDER BY id DESC")"
        case .oldest: "\(sqlite: "", postgres: "ORDER BY id ASC")"
        }
    }

    /// Marks a condition that must not choose the index: the exact number or street already leaves few rows.
    static let notByIndex: SQL = "\(sqlite: "+", postgres: "")"
}

extension SearchOrder {
    var direction: SQL {
        switch self {
        case .newest: "DESC"
        case .oldest: "ASC"
        }
    }
}
