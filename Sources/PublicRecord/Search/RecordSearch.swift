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
    func page(_ number: Int, _ conn: Connection) throws(DatabaseError) -> Found {
        let plan = try plan(conn)
        let slice = Slice(limit: RecordSearch.pageSize, offset: (number - 1) * RecordSearch.pageSize)
        let rows = try conn.rows(plan.list(slice, counted: RecordSearch.most + 1, range, conn.dialect))
        var count = rows.count
        if number > 1 || rows.count == RecordSearch.pageSize {
            let known: Int? = try rows.first?["total"]
            if let known { count = known } else { count = try self.count(plan, range, conn) }
        }
        return Found(
            entries: try rows.mapped(PublicEntry.init), total: min(count, RecordSearch.most), isCapped: count > RecordSearch.most)
    }

    /// The rows of a file.
    func rows(_ conn: Connection) throws(DatabaseError) -> [PublicEntry] {
        let slice = Slice(limit: RecordSearch.fileRows, offset: 0)
        return try conn.rows(plan(conn).list(slice, counted: slice.limit, range, conn.dialect)).mapped(PublicEntry.init)
    }

    /// How the rows are found.
    enum Plan: Sendable, Hashable {
        /// By columns of the entries, in the order of an index.
        case columns(SQL)
        /// By the text index, those that also fulfill a condition. Without one it is the index that filters.
        case words(SearchWords, where: SQL?)
        case nothing
    }

    func plan(_ conn: Connection) throws(DatabaseError) -> Plan {
        if let kind = query.kind, let type = query.type, type.module != kind { return .nothing }
        let typed = SearchWords.typed(query.text)
        guard let last = typed.last else {
            if query.text.contains(where: { !$0.isWhitespace }) { return .nothing }
            return filters.count > 1 ? .words(SearchWords(marks: marks), where: nil) : .columns(filterColumns(chooseIndex: true))
        }
        if let exact = try exact(typed, conn) {
            return .columns("\(exact) AND \(filterColumns(chooseIndex: false))")
        }
        // Somebody may still be typing the last word, unless it is a common one by itself: what a common word begins would only
        // make a full list fuller, and the text index has to gather all of it before it gives the first.
        var isWhole = last.count == 1
        if !isWhole { isWhole = try isCommon(SearchWords(whole: [last]), KeyRange(from: nil, to: nil), conn) }
        var words = isWhole ? SearchWords(whole: typed) : SearchWords(whole: Array(typed.dropLast()), beginning: last)
        if filters.isEmpty { return .words(words, where: nil) }
        // Few rows are filtered one by one; where the words are common the text index passes over what the filters leave out.
        if try !isCommon(words, range, conn) { return .words(words, where: filterColumns(chooseIndex: false)) }
        words.marks = marks
        return .words(words, where: nil)
    }

    /// Whether more entries hold the words than are counted.
    private func isCommon(_ words: SearchWords, _ range: KeyRange, _ conn: Connection) throws(DatabaseError) -> Bool {
        try count(.words(words, where: nil), range, conn) > RecordSearch.most
    }

    /// The condition for a case number or a street that is written out, when there is such a one.
    private func exact(_ typed: [String], _ conn: Connection) throws(DatabaseError) -> SQL? {
        let number = typed.joined()
        if number.contains(where: \.isNumber) {
            let condition: SQL = "e.number_folded = \(number)"
            if try exists(condition, conn) { return condition }
        }
        if typed.count > 1, typed[0].first?.isNumber == true {
            let condition: SQL = "e.street_folded = \(StreetWords.folded(typed))"
            if try exists(condition, conn) { return condition }
        }
        return nil
    }

    private func exists(_ condition: SQL, _ conn: Connection) throws(DatabaseError) -> Bool {
        try conn.exists("SELECT 1 FROM public_entry e WHERE \(condition) LIMIT 1")
    }

    private func count(_ plan: Plan, _ range: KeyRange, _ conn: Connection) throws(DatabaseError) -> Int {
        try conn.value(plan.count(RecordSearch.most + 1, range, conn.dialect)) ?? 0
    }

    /// The filters that narrow: a type has one kind only.
    /// The columns are named here and nowhere else, so they may stand in a statement as they are; the keys are bound.
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
    /// The rows of a slice. By words the statement also says their `total`, at most `counted`: it has found them anyway.
    func list(_ slice: Slice, counted: Int, _ range: KeyRange, _ dialect: Dialect) -> SQL {
        switch self {
        case .columns(let condition):
            """
            SELECT \(PublicEntry.columns), NULL AS total FROM public_entry e
            WHERE \(condition) AND e.id > \(range.after) AND e.id < \(range.before)
            ORDER BY e.id DESC LIMIT \(slice.limit) OFFSET \(slice.offset)
            """
        case .words(let words, let condition):
            """
            WITH \(RecordSearch.Plan.hits(words, condition, counted, range, dialect))
            SELECT \(PublicEntry.columns), (SELECT count(*) FROM hit) AS total FROM public_entry e
            WHERE e.id IN (SELECT id FROM hit \(PublicIndexSQL.sameOrder) LIMIT \(slice.limit) OFFSET \(slice.offset))
            ORDER BY e.id DESC
            """
        case .nothing: "SELECT \(PublicEntry.columns), 0 AS total FROM public_entry e WHERE e.id = 0 LIMIT 1"
        }
    }

    /// How many there are, looking no further than `most`.
    func count(_ most: Int, _ range: KeyRange, _ dialect: Dialect) -> SQL {
        switch self {
        case .columns(let condition):
            """
            SELECT count(*) FROM (
                SELECT 1 FROM public_entry e WHERE \(condition) AND e.id > \(range.after) AND e.id < \(range.before) LIMIT \(most)
            ) shown
            """
        case .words(let words, nil): "SELECT count(*) FROM (\(PublicIndexSQL.keys(words, range, limit: most, dialect))) shown"
        case .words(let words, let condition):
            "WITH \(RecordSearch.Plan.hits(words, condition, most, range, dialect)) SELECT count(*) FROM hit"
        case .nothing: "SELECT 0"
        }
    }

    /// `hit (id)`: the keys found, newest first.
    private static func hits(
        _ words: SearchWords, _ condition: SQL?, _ most: Int, _ range: KeyRange, _ dialect: Dialect
    ) -> SQL {
        let keys = PublicIndexSQL.keys(words, range, limit: most, dialect)
        guard let condition else { return "hit (id) AS MATERIALIZED (\(keys))" }
        return """
            found (id) AS MATERIALIZED (\(keys)),
            hit (id) AS MATERIALIZED (
                SELECT f.id FROM found f CROSS JOIN public_entry e WHERE e.id = f.id AND \(condition)
            )
            """
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
