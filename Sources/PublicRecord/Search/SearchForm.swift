internal import CityPack
internal import Primitives
internal import Web

/// The box and the filters. Their answers stand in the address, so that a search can be shared.
enum SearchForm {
    static let text = Field<String>.text(
        "q", kind: .search, label: "publicRecord.search.text", hint: "publicRecord.search.textHint", isRequired: false)
    static let kind = Field<String>.choice("kind", label: "publicRecord.search.kind", isRequired: false)
    static let type = Field<String>.choice("type", label: "publicRecord.search.type", isRequired: false)
    static let status = Field<String>.choice("status", label: "publicRecord.search.status", isRequired: false)
    static let from = day("from", label: "publicRecord.search.from")
    static let to = day("to", label: "publicRecord.search.to")

    static let form = Form(text, kind, type, status, from, to)

    /// The parameter of the pages of a long list.
    static let page = "page"

    /// A day as people write it: `2021-03-19`, `3/19/2021`, `3-19-2021`.
    private static func day(_ name: String, label: WordKey) -> Field<CivilDate?> {
        Field(FieldDefinition(name, .text, label: label, hint: "publicRecord.search.dayHint", isRequired: false, maxLength: 20)) {
            typed in
            let text = typed.filter { !$0.isWhitespace }
            if text.isEmpty { return .success(nil) }
            let parts = text.split(whereSeparator: { "-/.".contains($0) }).map(String.init)
            let numbers = parts.compactMap(Int.init)
            guard parts.count == 3, numbers.count == 3 else { return .failure(FieldRefusal("form.date.wrong")) }
            let isYearFirst = parts[0].count == 4
            let (year, month, day) = isYearFirst ? (numbers[0], numbers[1], numbers[2]) : (numbers[2], numbers[0], numbers[1])
            guard (isYearFirst || parts[2].count == 4), let date = CivilDate(checkedYear: year, month: month, day: day) else {
                return .failure(FieldRefusal("form.date.wrong"))
            }
            return .success(date)
        }
    }
}

/// What somebody looks for. Everything that is nil or empty leaves the list as it is.
struct RecordQuery: Sendable, Hashable {
    var text = ""
    var kind: CaseModule?
    var type: CaseType?
    var status: Status?
    var from: CivilDate?
    var to: CivilDate?

    var isEmpty: Bool { self == RecordQuery() }

    /// As it stands in the address of a page.
    var parameters: [(String, String?)] {
        [
            (SearchForm.text.definition.name, text), (SearchForm.kind.definition.name, kind?.rawValue),
            (SearchForm.type.definition.name, type?.key), (SearchForm.status.definition.name, status?.key),
            (SearchForm.from.definition.name, from?.description), (SearchForm.to.definition.name, to?.description),
        ]
    }
}

extension RecordQuery {
    /// - Throws: `InvalidForm` for a day that is none, for days the wrong way round, and for a choice the city does not have.
    init(_ answers: Submission, _ pack: CityPack) throws(InvalidForm) {
        text = try answers[SearchForm.text]
        kind = try RecordQuery.choice(SearchForm.kind, answers) { CaseModule(rawValue: $0) }
        type = try RecordQuery.choice(SearchForm.type, answers) { pack.caseType($0) }
        status = try RecordQuery.choice(SearchForm.status, answers) { pack.status($0) }
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
