internal import CityPack
internal import Core
internal import Database
internal import Primitives

/// Finds public entries, newest or oldest first, by one index at a time: an exact number or street by its own, one filter by its own,
/// everything else by the text index, where a filter is a word like any other and a range of days is a range of keys.
struct RecordSearch: Sendable {
    /// Rows on a page.
    static let pageSize = 20
    /// The most that is counted, and paged through by number.
    static let most = 1000
    static let lastPage = most / pageSize
    /// The most that a file holds.
    static let fileRows = 100_000

    let query: RecordQuery
    let range: KeyRange
    private let memory: RecordMemory

    /// - Parameter memory: what is known of this city's record.
    init(_ query: RecordQuery, _ memory: RecordMemory = RecordMemory()) {
        self.query = query
        self.memory = memory
        range = KeyRange(from: query.from, to: query.to)
    }

    struct Found: Sendable {
        let entries: [PublicEntry]
        /// At most `RecordSearch.most`; nil for a page that begins after an entry.
        let total: Int?
        /// Whether there are more than `total`.
        let isCapped: Bool
        /// Whether the list goes on after these.
        let hasMore: Bool
        /// Whether an entry has the very number or street that was typed, with or without the filters.
        var isExact = false
        /// When anything in the city last changed; nil where nothing was found.
        var changed: Instant?
    }

    /// - Parameter place: where the page begins.
    func page(_ place: PagePlace, _ conn: Connection) throws(DatabaseError) -> Found {
        let plan = try plan(conn)
        switch place {
        case .number(let number):
            let slice = Slice(limit: RecordSearch.pageSize, offset: (number - 1) * RecordSearch.pageSize)
            if let packs = try packs(plan, most: RecordSearch.most + 1, conn), let hits = try packs.find(conn) {
                let rows = try packs.list(slice, of: hits, conn)
                return Found(
                    entries: try rows.mapped(PublicEntry.init), total: min(hits.count, RecordSearch.most),
                    isCapped: hits.count > RecordSearch.most, hasMore: number * RecordSearch.pageSize < hits.count,
                    changed: try rows.first?["changed"])
            }
            let rows = try conn.rows(plan.list(slice, counted: RecordSearch.most + 1, range, query.order))
            var count = rows.count
            if number > 1 || rows.count == RecordSearch.pageSize {
                let known: Int? = try rows.first?["total"]
                if let known { count = known } else { count = try self.count(plan, conn) }
            }
            return Found(
                entries: try rows.mapped(PublicEntry.init), total: min(count, RecordSearch.most),
                isCapped: count > RecordSearch.most, hasMore: number * RecordSearch.pageSize < count, isExact: plan.isExact,
                changed: try rows.first?["changed"])
        case .after(let caseNumber):
            guard let rest = try range(after: caseNumber, conn) else {
                return Found(entries: [], total: nil, isCapped: false, hasMore: false)
            }
            let slice = Slice(limit: RecordSearch.pageSize + 1, offset: 0)
            let rows = try conn.rows(plan.list(slice, counted: slice.limit, rest, query.order))
            return Found(
                entries: try rows.prefix(RecordSearch.pageSize).mapped(PublicEntry.init), total: nil, isCapped: false,
                hasMore: rows.count > RecordSearch.pageSize, changed: try rows.first?["changed"])
        }
    }

    /// The search in the packed record, where it is there: of whole words, and of a short beginning.
    private func packs(_ plan: Plan, most: Int, _ conn: Connection) throws(DatabaseError) -> PackedSearch? {
        guard case .words(let words, where: nil, _) = plan else { return nil }
        var all = words.marks + words.whole
        if let last = words.last {
            guard PackedBand.packsBeginning(last) else { return nil }
            all.append(PackedBand.packed(beginning: last.beginning))
        }
        return try memory.isPacked(conn) ? PackedSearch(all, range, query.order, most: most, memory.packs) : nil
    }

    /// Whether it finds anything.
    func findsAnything(_ plan: Plan, _ conn: Connection) throws(DatabaseError) -> Bool {
        if let hits = try packs(plan, most: 1, conn)?.find(conn) { return hits.count > 0 }
        return try conn.value(plan.count(1, range, query.order)) ?? 0 > 0
    }

    /// What lies behind a case in the order of the list.
    private func range(after caseNumber: String, _ conn: Connection) throws(DatabaseError) -> KeyRange? {
        let folded = SearchWords.folded(number: caseNumber)
        let key: Int64? = try conn.value("SELECT id FROM public_entry WHERE number_folded = \(folded) ORDER BY id DESC LIMIT 1")
        guard let key else { return nil }
        var rest = range
        switch query.order {
        case .newest: rest.before = min(rest.before, key)
        case .oldest: rest.after = max(rest.after, key)
        }
        return rest
    }

    /// A part of the rows of a file.
    /// - Parameter behind: the key of the last row of the part before.
    /// - Returns: the rows, and the key to go on from; nil at the end.
    func part(of plan: Plan, behind: Int64?, limit: Int, _ conn: Connection) throws(DatabaseError) -> ([PublicEntry], Int64?) {
        var rest = range
        if let behind {
            switch query.order {
            case .newest: rest.before = behind
            case .oldest: rest.after = behind
            }
        }
        let rows = try conn.rows(plan.list(Slice(limit: limit, offset: 0), counted: limit, rest, query.order))
        let next: Int64? = rows.count == limit ? try rows.last?["id"] : nil
        return (try rows.mapped(PublicEntry.init), next)
    }

    /// How the rows are found.
    enum Plan: Sendable {
        /// By columns of the entries, in the order of an index.
        case columns(SQL)
        /// The same, by a number or street that is there.
        case exactly(SQL)
        /// By the text index, those that also fulfill a condition. Without one it is the index that filters.
        case words(SearchWords, where: SQL?, TextIndex)
        case nothing
    }

    func plan(_ conn: Connection) throws(DatabaseError) -> Plan {
        if let kind = query.kind, let type = query.type, type.module != kind { return .nothing }
        let index = try memory.textIndex(conn)
        let typed = SearchWords.typed(query.text)
        var words = SearchWords(marks: query.marks)
        let companyWords = SearchWords.typed(query.company)
        words.marks += companyWords.map(SearchMark.company)
        if companyWords.isEmpty, query.company.contains(where: { !$0.isWhitespace }) { return .nothing }
        guard let last = typed.last else {
            if query.text.contains(where: { !$0.isWhitespace }) { return .nothing }
            if words.isEmpty, query.filters.count <= 1 { return .columns(filterColumns(chooseIndex: true)) }
            words.marks += query.filters.map(\.mark)
            return .words(words, where: nil, index)
        }
        if words.isEmpty, let exact = try ExactMatch(typed).condition(conn) {
            return .exactly("\(exact) AND \(filterColumns(chooseIndex: false))")
        }
        // Somebody may still be typing the last word, unless it is a common one by itself: what a common word begins would only
        // make a full list fuller, and the text index has to gather all of it before it gives the first.
        let frequency = last.count == 1 || SearchMark.bandsBegin(with: last) ? .common : try frequency(last, index, conn)
        let isWhole = frequency == .common
        words.whole = isWhole ? typed : Array(typed.dropLast())
        if !isWhole { words.last = SearchWords.Last(beginning: last, isRare: frequency == .rare) }
        if query.filters.isEmpty { return .words(words, where: nil, index) }
        // Few rows are filtered one by one; where the words are common the text index passes over what the filters leave out.
        var areCommon = isWhole
        if areCommon, !index.filtersAnything { areCommon = try self.areCommon(typed, index, conn) }
        if !index.filtersAnything, !areCommon,
            try count(.words(words, where: nil, index), conn) <= RecordSearch.most
        {
            return .words(words, where: filterColumns(chooseIndex: false), index)
        }
        words.marks += query.filters.map(\.mark)
        return .words(words, where: nil, index)
    }

    private func areCommon(_ words: [String], _ index: TextIndex, _ conn: Connection) throws(DatabaseError) -> Bool {
        for word in words where try frequency(word, index, conn) != .common { return false }
        return true
    }

    private func frequency(_ word: String, _ index: TextIndex, _ conn: Connection) throws(DatabaseError) -> WordFrequency {
        if let known = memory.frequency(of: word) { return known }
        // How many words begin so matters nothing where beginnings are packed.
        let isShort = PackedBand.packsBeginning(SearchWords.Last(beginning: word, isRare: false))
        let orBeginning = isShort ? try !memory.isPacked(conn) : true
        let frequency: WordFrequency = try conn.value(index.frequency(of: word, orBeginning: orBeginning)) ?? .rare
        memory.remember(frequency, of: word)
        return frequency
    }

    private func count(_ plan: Plan, _ conn: Connection) throws(DatabaseError) -> Int {
        try conn.value(plan.count(RecordSearch.most + 1, range, query.order)) ?? 0
    }

    /// The columns are named in `RecordQuery` and nowhere else, so they may stand in a statement as they are; the keys are bound.
    private func filterColumns(chooseIndex: Bool) -> SQL {
        let conditions = query.filters.map { filter -> SQL in
            "\(chooseIndex ? "" : PublicIndexSQL.notByIndex)e.\(raw: filter.column) = \(filter.key)"
        }
        return conditions.isEmpty ? "1 = 1" : conditions.joined(separator: " AND ")
    }
}

/// Where a page of results begins.
enum PagePlace: Sendable, Hashable {
    /// From 1 to `RecordSearch.lastPage`.
    case number(Int)
    /// After the case with this number: however deep the list is.
    case after(String)
}

extension RecordSearch.Plan {
    var isExact: Bool {
        if case .exactly = self { true } else { false }
    }

    /// The rows of a slice. By words the statement also says their `total`, at most `counted`: it has found them anyway.
    func list(_ slice: Slice, counted: Int, _ range: KeyRange, _ order: SearchOrder) -> SQL {
        switch self {
        case .columns(let condition), .exactly(let condition):
            """
            SELECT e.id, \(PublicEntry.columns), NULL AS total, \(CityActivity.last) AS changed FROM public_entry e
            WHERE \(condition) AND e.id > \(range.after) AND e.id < \(range.before)
            ORDER BY e.id \(order.direction) LIMIT \(slice.limit) OFFSET \(slice.offset)
            """
        case .words(let words, let condition, let index):
            """
            WITH \(RecordSearch.Plan.hits(words, condition, counted, range, order, index))
            SELECT e.id, \(PublicEntry.columns), (SELECT count(*) FROM hit) AS total, \(CityActivity.last) AS changed
            FROM public_entry e
            WHERE e.id IN (SELECT id FROM hit \(PublicIndexSQL.sameOrder(order)) LIMIT \(slice.limit) OFFSET \(slice.offset))
            ORDER BY e.id \(order.direction)
            """
        case .nothing:
            "SELECT e.id, \(PublicEntry.columns), 0 AS total, NULL AS changed FROM public_entry e WHERE e.id = 0 LIMIT 1"
        }
    }

    /// How many there are, looking no further than `most`.
    func count(_ most: Int, _ range: KeyRange, _ order: SearchOrder) -> SQL {
        switch self {
        case .columns(let condition), .exactly(let condition):
            """
            SELECT count(*) FROM (
                SELECT 1 FROM public_entry e WHERE \(condition) AND e.id > \(range.after) AND e.id < \(range.before) LIMIT \(most)
            ) shown
            """
        case .words(let words, nil, let index):
            "SELECT count(*) FROM (\(index.keys(words, range, order, limit: most))) shown"
        case .words(let words, let condition, let index):
            "WITH \(RecordSearch.Plan.hits(words, condition, most, range, order, index)) SELECT count(*) FROM hit"
        case .nothing: "SELECT 0"
        }
    }

    /// `hit (id)`: the keys found, in order.
    private static func hits(
        _ words: SearchWords, _ condition: SQL?, _ most: Int, _ range: KeyRange, _ order: SearchOrder, _ index: TextIndex
    ) -> SQL {
        let keys = index.keys(words, range, order, limit: most)
        guard let condition else { return "hit (id) AS MATERIALIZED (\(keys))" }
        return """
            found (id) AS MATERIALIZED (\(keys)),
            hit (id) AS MATERIALIZED (
                SELECT f.id FROM found f CROSS JOIN public_entry e WHERE e.id = f.id AND \(condition)
            )
            """
    }
}

extension Sequence<Row> {
    fileprivate func mapped<Value>(_ read: (Row) throws(DatabaseError) -> Value) throws(DatabaseError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(underestimatedCount)
        for row in self { values.append(try read(row)) }
        return values
    }
}
