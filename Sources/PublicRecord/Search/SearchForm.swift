internal import CityPack
internal import Primitives
internal import Web

/// The box and the filters. Their answers stand in the address, so that a search can be shared.
enum SearchForm {
    static let text = Field<String>.text(
        "q", kind: .search, label: "publicRecord.search.text", hint: "publicRecord.search.textHint", isRequired: false)
    static let kind = Field<String>.choice("kind", label: "publicRecord.search.kind", isRequired: false)
    static let type = Field<String>.choice("type", label: "publicRecord.search.type", isRequired: false)
    static let work = Field<String>.choice("work", label: "publicRecord.search.work", isRequired: false)
    static let status = Field<String>.choice("status", label: "publicRecord.search.status", isRequired: false)
    static let from = day("from", label: "publicRecord.search.from")
    static let to = day("to", label: "publicRecord.search.to")

    static let value = Field<String>.choice("value", label: "publicRecord.search.value", isRequired: false)
    static let company = Field<String>.text("company", label: "publicRecord.search.company", isRequired: false)
    static let order = Field<String>.choice("order", label: "publicRecord.search.order", isRequired: false)

    static let form = Form(text, kind, type, work, status, from, to, value, company, order)

    /// The parameter of the pages of a long list.
    static let page = "page"
    /// The number of the case before the page, where pages have no number any more.
    static let after = "after"

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
