internal import Database

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
    static func addText(_ words: String, of key: Int64, _ conn: Connection) throws(DatabaseError) {
        switch conn.dialect {
        case .sqlite: try conn.run("INSERT INTO public_entry_text (rowid, words) VALUES (\(key), \(words))")
        case .postgres: break
        }
    }

    /// The same for many.
    static func addText(_ entries: [(key: Int64, words: String)], _ conn: Connection) throws {
        guard conn.dialect == .sqlite else { return }
        var rest = entries.makeIterator()
        try conn.load(table: "public_entry_text", columns: ["rowid", "words"]) {
            rest.next().map { [.integer($0.key), .text($0.words)] }
        }
    }

    /// - Parameter words: exactly what was added.
    static func removeText(_ words: String, of key: Int64, _ conn: Connection) throws(DatabaseError) {
        switch conn.dialect {
        case .sqlite:
            try conn.run("INSERT INTO public_entry_text (public_entry_text, rowid, words) VALUES ('delete', \(key), \(words))")
        case .postgres: break
        }
    }

    /// The keys of the newest entries that hold all the words, newest first, at most `limit`.
    static func keys(_ words: SearchWords, _ range: KeyRange, limit: Int, _ dialect: Dialect) -> SQL {
        switch dialect {
        case .sqlite:
            """
            SELECT rowid FROM public_entry_text
            WHERE public_entry_text MATCH \(words.match) AND rowid > \(range.after) AND rowid < \(range.before)
            ORDER BY rowid DESC LIMIT \(limit)
            """
        case .postgres:
            """
            SELECT t.id FROM public_entry t
            WHERE array_to_tsvector(string_to_array(t.words, ' ')) @@ CAST(\(words.tsquery) AS tsquery)
                AND t.id > \(range.after) AND t.id < \(range.before)
            ORDER BY t.id DESC LIMIT \(limit)
            """
        }
    }

    /// SQLite reads what it has gathered in the order in which it came.
    static let sameOrder: SQL = "\(sqlite: "", postgres: "ORDER BY id DESC")"

    /// Marks a condition that must not choose the index: the exact number or street already leaves few rows.
    static let notByIndex: SQL = "\(sqlite: "+", postgres: "")"
}

extension SearchWords {
    /// For FTS5. Every word stands in quotes and holds only letters, digits and `_`, so nothing typed is read as syntax.
    fileprivate var match: String {
        var terms = (marks + whole).map { "\"\($0)\"" }
        if let beginning { terms.append("\"\(beginning)\"*") }
        return terms.joined(separator: " AND ")
    }

    fileprivate var tsquery: String {
        var terms = (marks + whole).map { "'\($0)'" }
        if let beginning { terms.append("'\(beginning)':*") }
        return terms.joined(separator: " & ")
    }
}
