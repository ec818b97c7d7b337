internal import CityPack
internal import Primitives
internal import Web

/// What somebody looks for. Everything that is nil or empty leaves the list as it is.
struct RecordQuery: Sendable, Hashable {
    var text = ""
    var kind: CaseModule?
    var type: CaseType?
    /// The key of a work class, which several types may have.
    var work: String?
    var status: Status?
    var from: CivilDate?
    var to: CivilDate?
    var value: ValuationBracket?
    /// Words of a contractor's name.
    var company = ""
    var order = SearchOrder.newest

    var isEmpty: Bool {
        var same = self
        same.order = .newest
        return same == RecordQuery()
    }

    /// The same words, with nothing left out.
    var unfiltered: RecordQuery { RecordQuery(text: text, order: order) }
    var isFiltered: Bool { self != unfiltered }

    /// As it stands in the address of a page.
    var parameters: [(String, String?)] {
        [
            (SearchForm.text.definition.name, text), (SearchForm.kind.definition.name, kind?.rawValue),
            (SearchForm.type.definition.name, type?.key), (SearchForm.work.definition.name, work),
            (SearchForm.status.definition.name, status?.key), (SearchForm.from.definition.name, from?.description),
            (SearchForm.to.definition.name, to?.description), (SearchForm.value.definition.name, value?.rawValue),
            (SearchForm.company.definition.name, company),
            (SearchForm.order.definition.name, order == .newest ? nil : order.rawValue),
        ]
    }

    /// The filters that narrow and have a column with an index of its own: a type has one kind only.
    /// The columns are named here and nowhere else.
    var filters: [(column: String, mark: String, key: String)] {
        var filters: [(column: String, mark: String, key: String)] = []
        if let type { filters.append(("type", SearchMark.type(type.key), type.key)) }
        if let kind, type == nil { filters.append(("module", SearchMark.kind(kind.rawValue), kind.rawValue)) }
        if let status { filters.append(("status", SearchMark.status(status.key), status.key)) }
        return filters
    }

    /// The other filters, as words of the text index.
    var marks: [String] {
        [work.map(SearchMark.work), value.map(SearchMark.valuation)].compactMap(\.self)
    }
}

extension RecordQuery {
    /// - Throws: `InvalidForm` for a day that is none, for days the wrong way round, and for a choice the city does not have.
    init(_ answers: Submission, _ pack: CityPack) throws(InvalidForm) {
        text = try answers[SearchForm.text]
        kind = try RecordQuery.choice(SearchForm.kind, answers) { CaseModule(rawValue: $0) }
        type = try RecordQuery.choice(SearchForm.type, answers) { pack.caseType($0) }
        work = try RecordQuery.choice(SearchForm.work, answers) { key in
            pack.caseTypes.contains { $0.workClass(key) != nil } ? key : nil
        }
        status = try RecordQuery.choice(SearchForm.status, answers) { pack.status($0) }
        value = try RecordQuery.choice(SearchForm.value, answers) { ValuationBracket(rawValue: $0) }
        order = try RecordQuery.choice(SearchForm.order, answers) { SearchOrder(rawValue: $0) } ?? .newest
        company = try answers[SearchForm.company]
        from = try answers[SearchForm.from]
        to = try answers[SearchForm.to]
        if let from, let to, to < from { throw answers.refusing(SearchForm.to, "publicRecord.search.reversed") }
    }

    private static func choice<Value>(
        _ field: Field<String>, _ answers: Submission, _ find: (String) -> Value?
    ) throws(InvalidForm) -> Value? {
        let key = try answers[field]
        if key.isEmpty { return nil }
        guard let value = find(key) else { throw answers.refusing(field, "publicRecord.search.unknownChoice") }
        return value
    }
}
