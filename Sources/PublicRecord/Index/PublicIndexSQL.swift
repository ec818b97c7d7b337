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
            table: "public_entry_text", columns: ["rowid", "words"], rows: entries.map { [.integer($0.key), .text($0.words)] })
    }

    /// - Parameter words: exactly what was added.
    static func removeText(_ words: String, of key: Int64, _ conn: Connection) throws(DatabaseError) {
        switch conn.dialect {
        case .sqlite:
            try conn.run("INSERT INTO public_entry_text (public_entry_text, rowid, words) VALUES ('delete', \(key), \(words))")
        case .postgres: break
        }
    }

    /// The keys of the first entries that hold all the words, in that order, at most `limit`.
    static func keys(_ words: SearchWords, _ range: KeyRange, _ order: SearchOrder, limit: Int, _ dialect: Dialect) -> SQL {
        switch dialect {
        case .sqlite:
            """
            SELECT rowid FROM public_entry_text
            WHERE public_entry_text MATCH \(words.match) AND rowid > \(range.after) AND rowid < \(range.before)
            ORDER BY rowid \(order.direction) LIMIT \(limit)
            """
        case .postgres: PostgresKeys(words: words.tsquery, range: range, order: order, limit: limit).statement
        }
    }

    /// One row with `common`: whether so many entries hold the word that nobody means another one that begins with it.
    static func isCommon(_ words: SearchWords, _ dialect: Dialect) -> SQL {
        switch dialect {
        case .sqlite:
            """
            SELECT count(*) > \(RecordSearch.most) AS common
            FROM (\(keys(words, .all, .newest, limit: RecordSearch.most + 1, dialect))) found
            """
        case .postgres: PostgresKeys(words: words.tsquery, range: .all, order: .newest, limit: 0).isCommon
        }
    }

    /// Whether the text index passes over what a filter leaves out as fast when few entries hold the words. SQLite's does only when
    /// many do.
    static func filtersAnything(_ dialect: Dialect) -> Bool { dialect == .postgres }

    /// SQLite reads what it has gathered in the order in which it came.
    static func sameOrder(_ order: SearchOrder) -> SQL {
        switch order {
        case .newest: "\(sqlite: "", postgres: "ORDER BY id DESC")"
        case .oldest: "\(sqlite: "", postgres: "ORDER BY id ASC")"
        }
    }

    /// Marks a condition that must not choose the index: the exact number or street already leaves few rows.
    static let notByIndex: SQL = "\(sqlite: "+", postgres: "")"

    /// Which of these words any entry holds.
    static func known(_ words: [String], _ dialect: Dialect) -> SQL {
        switch dialect {
        case .sqlite:
            """
            SELECT w.value AS word FROM json_each(\(JSON.array(words.map(JSON.string)).description)) w
            WHERE EXISTS (SELECT 1 FROM public_entry_text WHERE public_entry_text MATCH '"' || w.value || '"')
            """
        case .postgres:
            """
            SELECT w.value AS word FROM json_array_elements_text(CAST(\(JSON.array(words.map(JSON.string)).description) AS json)) w
            WHERE EXISTS (
                SELECT 1 FROM public_entry t
                WHERE array_to_tsvector(string_to_array(t.words, ' ')) @@ CAST('''' || w.value || '''' AS tsquery))
            """
        }
    }
}

extension SearchOrder {
    var direction: SQL {
        switch self {
        case .newest: "DESC"
        case .oldest: "ASC"
        }
    }
}

extension SearchWords {
    /// For FTS5. Every word stands in quotes and holds only letters, digits and `_`, so nothing typed is read as syntax.
    fileprivate var match: String {
        var terms = (marks + whole).map { "\"\($0)\"" }
        if let last {
            let forms = ["\"\(last.beginning)\"*"] + last.forms.map { "\"\($0)\"" }
            terms.append(forms.count == 1 ? forms[0] : "(\(forms.joined(separator: " OR ")))")
        }
        return terms.joined(separator: " AND ")
    }

    fileprivate var tsquery: String {
        var terms = (marks + whole).map { "'\($0)'" }
        if let last {
            terms.append("(" + (["'\(last.beginning)':*"] + last.forms.map { "'\($0)'" }).joined(separator: " | ") + ")")
        }
        return terms.joined(separator: " & ")
    }
}
