internal import Core
internal import HTML
internal import Primitives
internal import Web

/// The searches of somebody who is signed in, as the search page shows them: where nothing is looked for yet, those to begin with;
/// below what was found, the way to keep this one.
struct SearchShelf: Sendable {
    let saved: [SavedSearch]
    let recent: RecentSearches
    private let visit: Visit

    /// How many of each kind stand on the search page.
    private static let shown = 4

    init?(_ visit: Visit, saved: [SavedSearch]) {
        guard let recent = RecentSearches(visit) else { return nil }
        self.saved = saved
        self.recent = recent
        self.visit = visit
    }

    private var t: Voice { visit.t }

    /// To begin with; nothing when there are none.
    var beginnings: HTML {
        let unsaved = recent.parameters.filter { known in !saved.contains { $0.parameters == known } }
        guard !saved.isEmpty || !unsaved.isEmpty else { return .empty }
        return panel(title: t("publicRecord.saved.title")) {
            fieldRow {
                if !saved.isEmpty {
                    div {
                        h3 { t("publicRecord.saved.saved") }
                        SearchShelf.list(saved.prefix(SearchShelf.shown).map { ($0.title, $0.parameters) })
                    }
                }
                if !unsaved.isEmpty {
                    div {
                        h3 { t("publicRecord.saved.recent") }
                        SearchShelf.list(unsaved.prefix(SearchShelf.shown).map { (visit.described($0), $0) })
                    }
                }
            }
            p { a(PublicRecordAddresses.searches()) { t("publicRecord.saved.all") } }
        }
    }

    /// Below the results of a search: keep it, or where it is kept.
    func keep(_ query: RecordQuery) -> HTML {
        guard !query.isEmpty else { return .empty }
        if let known = saved.first(where: { $0.parameters == query.address }) {
            return p {
                t("publicRecord.saved.known", ["title": .text(known.title)])
                " "
                a(PublicRecordAddresses.searches()) { t("publicRecord.saved.all") }
            }
        }
        let answers = SaveSearch.form.blank([
            SaveSearch.title.definition.name: String(visit.described(query.address).prefix(SavedSearch.longestTitle)),
            SaveSearch.parameters.definition.name: query.address,
        ])
        return details {
            summary { t("publicRecord.saved.save") }
            SaveSearch.view(answers, visit)
        }
    }

    static func list(_ searches: [(title: String, parameters: String)]) -> HTML {
        ul { for search in searches { li { a(PublicRecordAddresses.search(at: search.parameters)) { search.title } } } }
    }
}

extension RecordQuery {
    /// What stands in the address of the first page behind the `?`; empty for everything.
    var address: String {
        let link = PublicRecordAddresses.search().with(parameters).description
        return link.firstIndex(of: "?").map { String(link[link.index(after: $0)...]) } ?? ""
    }
}

extension PublicRecordAddresses {
    /// - Parameter parameters: what stood behind the `?`.
    static func search(at parameters: String) -> Link {
        search().with(URLEncoding.pairs(parameters).map { ($0.0, $0.1) })
    }
}

extension Visit {
    /// A search in a few words: "kitchen · Issued · Jan 1, 2021 – Dec 31, 2021".
    func described(_ parameters: String) -> String {
        let answers = SearchForm.form.read(URLEncoding.dictionary(parameters))
        guard let query = try? RecordQuery(answers, city.pack) else {
            // A choice that the city does not have any more.
            return answers.values.values.filter { !$0.isEmpty }.sorted().joined(separator: " · ")
        }
        let names = EntryNames(pack: city.pack, t: t)
        var parts = [query.text.filter { !$0.isNewline }]
        if let type = query.type {
            parts.append(names.type(type.key))
        } else if let kind = query.kind {
            parts.append(names.kind(kind.rawValue))
        }
        if let status = query.status { parts.append(names.status(status.key)) }
        if let work = query.work {
            parts.append(city.pack.caseTypes.lazy.compactMap { $0.workClass(work) }.first.map { t($0.name) } ?? work)
        }
        if query.from != nil || query.to != nil {
            parts.append([query.from, query.to].map { $0?.short(in: language) ?? "…" }.joined(separator: " – "))
        }
        if let value = query.value { parts.append(SearchChoices.name(value, t)) }
        if !query.company.isEmpty { parts.append("\(t("publicRecord.search.company")): \(query.company)") }
        if query.order == .oldest { parts.append(t("publicRecord.search.byOldest")) }
        return parts.filter { !$0.isEmpty }.joined(separator: " · ")
    }
}
