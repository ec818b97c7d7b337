internal import CityPack
internal import Database
internal import Primitives

/// Finds public entries, newest first, by one index at a time: an exact number or street by its own, one filter by its own,
/// everything else by the text index, where a filter is a word like any other and a range of days is a range of keys.
struct RecordSearch: Sendable {
    /// Rows on a page.
    static let pageSize = 20
    /// The most that is counted and paged through.
    static let most = 1000
    static let lastPage = most / pageSize
    /// The most that a file holds.
    static let fileRows = 10_000

    private let query: RecordQuery
    private let range: KeyRange

    init(_ query: RecordQuery) {
        self.query = query
        range = KeyRange(from: query.from, to: query.to)
    }

    struct Found: Sendable {
        let entries: [PublicEntry]
        /// At most `RecordSearch.most`.
        let total: Int
        /// Whether there are more than `total`.
        let isCapped: Bool
    }

    /// - Parameter number: from 1 to `lastPage`.
    func page(_ number: Int, _ conn: Connection) throws -> Found {
        let (plan, known) = try plan(conn)
        let slice = Slice(limit: RecordSearch.pageSize, offset: (number - 1) * RecordSearch.pageSize)
        let entries = try conn.rows(plan.list(slice, range, conn.dialect)).mapped(PublicEntry.init)
        let isAll = number == 1 && entries.count < RecordSearch.pageSize
        let count = try isAll ? entries.count : known ?? count(plan, conn)
        return Found(entries: entries, total: min(count, RecordSearch.most), isCapped: count > RecordSearch.most)
    }

    /// The rows of a file.
    func rows(_ conn: Connection) throws -> [PublicEntry] {
        let (plan, _) = try plan(conn)
        return try conn.rows(plan.list(Slice(limit: RecordSearch.fileRows, offset: 0), range, conn.dialect)).mapped(
            PublicEntry.init)
    }

    /// How the rows are found.
    enum Plan: Sendable, Hashable {
        /// By columns of the entries.
        case columns(SQL)
        case words(SearchWords)
        case nothing
    }

    /// The plan, and how many rows it has when that became known on the way (one more than `most` at the most).
    func plan(_ conn: Connection) throws -> (Plan, known: Int?) {
        if let kind = query.kind, let type = query.type, type.module != kind { return (.nothing, 0) }
        let words = SearchWords.typed(query.text)
        if words.isEmpty {
            if query.text.contains(where: { !$0.isWhitespace }) { return (.nothing, 0) }
            return (filters.count > 1 ? .words(SearchWords(marks: marks)) : .columns(filterColumns(chooseIndex: true)), nil)
        }
        if let exact = try exactNumber(words, conn) ?? exactStreet(words, conn) {
            return (.columns("\(exact) AND \(filterColumns(chooseIndex: false))"), nil)
        }
        // A last word that is common by itself is taken as it is: what it begins would only make a full list fuller.
        let whole = Plan.words(SearchWords(marks: marks, whole: words))
        let known = try count(whole, conn)
        guard known <= RecordSearch.most, let last = words.last, last.count > 1 else { return (whole, known) }
        return (.words(SearchWords(marks: marks, whole: Array(words.dropLast()), beginning: last)), nil)
    }

    private func exactNumber(_ words: [String], _ conn: Connection) throws(DatabaseError) -> SQL? {
        let number = words.joined()
        guard number.contains(where: \.isNumber) else { return nil }
        let condition: SQL = "e.number_folded = \(number)"
        return try exists(condition, conn) ? condition : nil
    }

    private func exactStreet(_ words: [String], _ conn: Connection) throws(DatabaseError) -> SQL? {
        guard words.count > 1, words[0].first?.isNumber == true else { return nil }
        let condition: SQL = "e.street_folded = \(StreetWords.folded(words))"
        return try exists(condition, conn) ? condition : nil
    }

    private func exists(_ condition: SQL, _ conn: Connection) throws(DatabaseError) -> Bool {
        try conn.exists("SELECT 1 FROM public_entry e WHERE \(condition) LIMIT 1")
    }

    private func count(_ plan: Plan, _ conn: Connection) throws(DatabaseError) -> Int {
        try conn.value(plan.count(range, conn.dialect)) ?? 0
    }

    /// The filters that narrow: a type has one kind only.
    private var filters: [(column: String, mark: SearchWords.Mark, key: String)] {
        var filters: [(column: String, mark: SearchWords.Mark, key: String)] = []
        if let type = query.type { filters.append(("type", .type, type.key)) }
        if let kind = query.kind, query.type == nil { filters.append(("module", .kind, kind.rawValue)) }
        if let status = query.status { filters.append(("status", .status, status.key)) }
        return filters
    }

    private var marks: [String] { filters.map { SearchWords.mark($0.mark, $0.key) } }

    private func filterColumns(chooseIndex: Bool) -> SQL {
        let conditions = filters.map { filter -> SQL in
            "\(chooseIndex ? "" : PublicIndexSQL.notByIndex)e.\(raw: filter.column) = \(filter.key)"
        }
        return conditions.isEmpty ? "1 = 1" : conditions.joined(separator: " AND ")
    }
}

extension RecordSearch.Plan {
    func list(_ slice: Slice, _ range: KeyRange, _ dialect: Dialect) -> SQL {
        switch self {
        case .columns(let condition):
            """
            SELECT \(PublicEntry.columns) FROM public_entry e
            WHERE \(condition) AND e.id > \(range.after) AND e.id < \(range.before)
            ORDER BY e.id DESC LIMIT \(slice.limit) OFFSET \(slice.offset)
            """
        case .words(let words):
            """
            SELECT \(PublicEntry.columns) FROM public_entry e
            WHERE e.id IN (\(PublicIndexSQL.keys(words, range, slice, dialect)))
            ORDER BY e.id DESC
            """
        case .nothing: "SELECT \(PublicEntry.columns) FROM public_entry e WHERE e.id = 0 LIMIT 1"
        }
    }

    /// How many there are, looking no further than one beyond what is shown.
    func count(_ range: KeyRange, _ dialect: Dialect) -> SQL {
        let slice = Slice(limit: RecordSearch.most + 1, offset: 0)
        switch self {
        case .columns(let condition):
            return """
                SELECT count(*) FROM (
                    SELECT 1 FROM public_entry e WHERE \(condition) AND e.id > \(range.after) AND e.id < \(range.before)
                    LIMIT \(slice.limit)
                ) shown
                """
        case .words(let words): return "SELECT count(*) FROM (\(PublicIndexSQL.keys(words, range, slice, dialect))) shown"
        case .nothing: return "SELECT 0"
        }
    }
}

extension [Row] {
    fileprivate func mapped<Value>(_ read: (Row) throws(DatabaseError) -> Value) throws(DatabaseError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for row in self { values.append(try read(row)) }
        return values
    }
}
