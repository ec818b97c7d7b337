internal import Database
internal import Primitives

/// The text index as one asks it on each database.
enum TextIndex: Sendable {
    case sqlite
    /// - Parameter isBanded: whether every entry has words for its days (`SearchMark.bands`).
    case postgres(isBanded: Bool)

    /// The keys of the first entries that hold all the words, at most `limit`; on SQLite in that order.
    func keys(_ words: SearchWords, _ range: KeyRange, _ order: SearchOrder, limit: Int) -> SQL {
        switch self {
        case .sqlite:
            """
            SELECT rowid FROM public_entry_text
            WHERE public_entry_text MATCH \(words.match) AND rowid > \(range.after) AND rowid < \(range.before)
            ORDER BY rowid \(order.direction) LIMIT \(limit)
            """
        case .postgres(let isBanded):
            PostgresKeys(
                terms: words.terms, range: range, order: order, limit: limit, byBands: isBanded && !words.isRare
            ).statement
        }
    }

    /// One row with `frequency`, a `WordFrequency`. SQLite finds what a word begins as fast as the word: there it is never `beginning`.
    /// - Parameter orBeginning: whether to ask how many begin with it; else they are taken for many.
    func frequency(of word: String, orBeginning: Bool) -> SQL {
        let words = SearchWords(whole: [word])
        switch self {
        case .sqlite:
            return """
                SELECT CASE WHEN count(*) > \(RecordSearch.most) THEN 'common' ELSE 'rare' END AS frequency
                FROM (\(keys(words, .all, .newest, limit: RecordSearch.most + 1))) found
                """
        case .postgres(let isBanded): return PostgresKeys.frequency("'\(word)'", orBeginning: orBeginning, byBands: isBanded)
        }
    }

    /// Whether it passes over what a filter leaves out as fast when few entries hold the words. SQLite's does only when many do.
    var filtersAnything: Bool {
        switch self {
        case .sqlite: false
        case .postgres: true
        }
    }

    /// Which of these words any entry holds, as rows with `word`.
    /// - Parameter areRare: whether no pack has them: then there is little to gather of each.
    func known(_ words: [String], areRare: Bool) -> SQL {
        let list = JSON.array(words.map(JSON.string)).description
        switch self {
        case .sqlite:
            return """
                SELECT w.value AS word FROM json_each(\(list)) w
                WHERE EXISTS (SELECT 1 FROM public_entry_text WHERE public_entry_text MATCH '"' || w.value || '"')
                """
        case .postgres(let isBanded): return PostgresKeys.known(list, byBands: isBanded && !areRare)
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

    /// For PostgreSQL, quoted in the same way.
    fileprivate var terms: [String] {
        var terms = (marks + whole).map { "'\($0)'" }
        if let last {
            terms.append((["'\(last.beginning)':*"] + last.forms.map { "'\($0)'" }).joined(separator: " | "))
        }
        return terms
    }
}
