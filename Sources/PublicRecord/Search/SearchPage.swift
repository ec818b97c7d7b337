internal import Cases
internal import CityPack
internal import Core
internal import HTML
internal import Primitives
internal import Web

/// The page of a search: the form with what was asked, and a page of what was found.
struct SearchPage {
    let query: RecordQuery
    let found: RecordSearch.Found
    let place: PagePlace
    /// Other searches that find something, when this one does not.
    let meant: [RecordQuery]
    /// Of somebody who is signed in.
    let shelf: SearchShelf?
    let visit: Visit

    private var t: Voice { visit.t }
    private var isFirst: Bool { place == .number(1) }

    var response: WebResponse {
        // Search engines list the search itself, not its countless answers.
        visit.page(title, isIndexed: query.isEmpty && isFirst) {
            h1 { title }
            SearchPage.form(visit)
            if query.isEmpty, isFirst, let shelf { shelf.beginnings }
            if found.entries.isEmpty { nothing } else { results }
            if let shelf { shelf.keep(query) }
        }
    }

    /// What was asked cannot be looked for: everything typed is kept, with what to correct.
    static func refused(_ visit: Visit) -> WebResponse {
        visit.page(visit.t("publicRecord.search.title")) {
            visit.submission.summary(visit.t)
            h1 { visit.t("publicRecord.search.title") }
            form(visit)
        }
    }

    private var title: String {
        query.text.isEmpty
            ? t("publicRecord.search.title") : t("publicRecord.search.titleFor", ["text": .text(clipped(query.text, to: 60))])
    }

    // MARK: What was found

    private var results: HTML {
        group {
            h2 { heading }
            dataTable(
                caption: t("publicRecord.search.results"), captionHidden: true, columns: columns, rows: found.entries.map(row))
            if !isFirst || found.hasMore { pagination(pages) }
            p(.class("unprinted")) {
                a(PublicRecordAddresses.file().with(query.parameters)) { t("publicRecord.search.download") }
                if found.isCapped {
                    " "
                    span(.class("soft")) { t("publicRecord.search.fileNote", ["most": .number(RecordSearch.fileRows)]) }
                }
            }
        }
    }

    private var heading: String {
        let order: WordKey = query.order == .newest ? "publicRecord.search.newestFirst" : "publicRecord.search.oldestFirst"
        return t(order, ["found": .text(count)])
    }

    private var count: String {
        guard let total = found.total else { return t("publicRecord.search.goingOn") }
        return found.isCapped
            ? t("publicRecord.search.manyFound", ["most": .number(RecordSearch.most)])
            : t("publicRecord.search.found", ["count": .number(total)])
    }

    private var columns: [TableColumn] {
        [
            TableColumn(title: t("publicRecord.column.number")), TableColumn(title: t("publicRecord.column.type")),
            TableColumn(title: t("publicRecord.column.address")), TableColumn(title: t("publicRecord.column.description")),
            TableColumn(title: t("publicRecord.column.status")), TableColumn(title: t("publicRecord.column.applied")),
        ]
    }

    private func row(_ entry: PublicEntry) -> TableRow {
        let names = EntryNames(pack: visit.city.pack, t: t)
        return TableRow(cells: [
            a(CaseAddresses.show(entry.number), .class("whole")) { entry.number },
            HTML(names.type(entry.type)),
            HTML(entry.address),
            group {
                clipped(entry.description, to: 140)
                if !entry.contractors.isEmpty { SearchPage.contractors(entry, t) }
            },
            status(entry),
            entry.applied.map { day in span(.class("whole")) { time(day.description) { day.short(in: t.language) } } } ?? .empty,
        ])
    }

    private func status(_ entry: PublicEntry) -> HTML {
        guard !entry.status.isEmpty else { return .empty }
        let pack = visit.city.pack
        let status = pack.status(entry.status)
        let isOpen = status.map { $0.bucket != .closed } ?? true
        return group {
            statusTag(status, key: entry.status, t)
            // What is not public about a case is not known here: without the day it was applied for, it has no mark.
            if OlderCase.isOne(applied: entry.applied, issued: nil, isOpen: isOpen, in: pack.city) {
                " "
                OlderCase.mark(t)
            }
        }
    }

    /// Who did the work, below what the work was.
    static func contractors(_ entry: PublicEntry, _ t: Voice) -> HTML {
        span(.class("note")) { t("publicRecord.search.contractor", ["names": .text(entry.contractors)]) }
    }

    private var pages: Pagination {
        Pagination(
            label: t("publicRecord.search.pages"), previous: previous,
            next: query.next(after: place, found).map { NavigationItem(title: t("publicRecord.search.next"), link: $0) },
            position: position)
    }

    private var previous: NavigationItem? {
        switch place {
        case .number(1): nil
        case .number(let number):
            NavigationItem(title: t("publicRecord.search.previous"), link: query.link(page: number - 1))
        case .after: NavigationItem(title: t("publicRecord.search.firstPage"), link: query.link(page: 1))
        }
    }

    private var position: String {
        guard case .number(let page) = place, let total = found.total else {
            return t("publicRecord.search.positionAfter", ["most": .number(RecordSearch.most)])
        }
        let first = (page - 1) * RecordSearch.pageSize + 1
        let position: [String: WordArgument] = [
            "first": .number(first), "last": .number(first + found.entries.count - 1), "total": .number(total),
        ]
        return found.isCapped
            ? t("publicRecord.search.positionOfMany", position) : t("publicRecord.search.position", position)
    }

    private var nothing: HTML {
        group {
            h2 { t("publicRecord.search.nothing") }
            if !meant.isEmpty {
                p(.class("lead")) { t("publicRecord.search.didYouMean") }
                ul { for other in meant { li { a(other.link(page: 1)) { named(other) } } } }
            }
            if !isFirst {
                emptyState(
                    t("publicRecord.search.noSuchPage"), action: a(query.link(page: 1)) { t("publicRecord.search.firstPage") })
            } else if query.isEmpty {
                emptyState(t("publicRecord.search.noRecords"))
            } else {
                emptyState(
                    t("publicRecord.search.tryThis"),
                    action: a(PublicRecordAddresses.search()) { t("publicRecord.search.showAll") })
            }
        }
    }

    private func named(_ other: RecordQuery) -> String {
        query.isFiltered && !other.isFiltered ? t("publicRecord.search.withoutFilters", ["text": .text(other.text)]) : other.text
    }

    /// Whole words up to that many characters.
    private func clipped(_ text: String, to count: Int) -> String {
        guard text.utf8.count > count, text.count > count else { return text }
        let head = text.prefix(count)
        return (head.lastIndex(of: " ").map { String(head[..<$0]) } ?? String(head)) + "…"
    }
}

// MARK: - The form

extension SearchPage {
    private static func form(_ visit: Visit) -> HTML {
        let t = visit.t
        let choices = SearchChoices.of(visit.city.pack, t)
        return getForm(PublicRecordAddresses.search(), role: "search") {
            joined {
                control(SearchForm.text, .search, visit, choices)
                submitButton(t("publicRecord.search.button"))
            }
            filters(isOpen: hasProblem(visit), title: filtersTitle(visit)) {
                control(SearchForm.kind, .prepared(choices.kinds), visit, choices)
                control(SearchForm.type, .prepared(choices.types), visit, choices)
                control(SearchForm.status, .prepared(choices.statuses), visit, choices)
                control(SearchForm.work, .prepared(choices.work), visit, choices)
                control(SearchForm.value, .prepared(choices.brackets), visit, choices)
                control(SearchForm.order, .prepared(choices.orders), visit, choices)
                control(SearchForm.company, .text, visit, choices)
                control(SearchForm.from, .text, visit, choices)
                control(SearchForm.to, .text, visit, choices)
                actions { submitButton(t("publicRecord.search.apply"), quiet: true) }
            }
        }
    }

    /// On a phone the filters are closed, so that what was found is not pushed away; how many are set is said then.
    private static func filtersTitle(_ visit: Visit) -> String {
        let count = filterFields.count { !(visit.submission.values[$0.name] ?? "").allSatisfy(\.isWhitespace) }
        return count == 0
            ? visit.t("publicRecord.search.filters") : visit.t("publicRecord.search.filtersSet", ["count": .number(count)])
    }

    private static func hasProblem(_ visit: Visit) -> Bool {
        visit.submission.problems.contains { problem in filterFields.contains { $0.name == problem.field } }
    }

    private static var filterFields: [FieldDefinition] {
        SearchForm.form.fields.filter { $0.name != SearchForm.text.definition.name }
    }

    /// A filter. None of them has to be filled in, so that no label says it of itself.
    private static func control<Value>(
        _ question: Field<Value>, _ kind: FieldModel.Kind, _ visit: Visit, _ choices: SearchChoices
    ) -> HTML {
        let definition = question.definition
        let problem = visit.submission.problems.first { $0.field == definition.name }
        let value = visit.submission.values[definition.name] ?? ""
        func shown() -> HTML {
            field(
                FieldModel(
                    id: definition.name, name: definition.name, label: visit.t(definition.label),
                    hint: definition.hint.map { visit.t($0) }, error: problem.map { visit.t($0.phrase) }, kind: kind,
                    value: value, maxLength: definition.maxLength))
        }
        // What a person wrote is another text each time; a choice is one of a few.
        let isChoice = if case .prepared = kind { true } else { false }
        guard problem == nil, value.isEmpty || (isChoice && value.utf8.count <= 60) else { return shown() }
        return choices.shown.value(SearchChoices.Answer(question: definition.name, value: value), make: shown)
    }
}
