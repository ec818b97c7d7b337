internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Keeps a search, takes it away and puts it back.
enum SaveSearch {
    static let title = Field<String>.text(
        "title", label: "publicRecord.saved.name", isRequired: false, maxLength: SavedSearch.longestTitle)
    static let parameters = Field<String>.hidden("search")
    static let form = Form(title, parameters)

    static let routes: [Route] = [
        .post(PublicRecordAddresses.searches, .account, form: form, invalid: SearchesPage.show, save),
        .post(PublicRecordAddresses.removeSearch, .account) { try await change($0) { try $0.remove($1) } },
        .post(PublicRecordAddresses.restoreSearch, .account) {
            try await change($0) { try $0.save($1.parameters, as: $1.title) }
        },
        .post(PublicRecordAddresses.forgetSearches, .account, forget),
    ]

    static func view(_ answers: Submission, _ visit: Visit) -> HTML {
        postForm(PublicRecordAddresses.searches(), once: visit.once) {
            answers.view(title, visit.t, marksOptional: false)
            answers.view(parameters, visit.t)
            submitButton(visit.t("publicRecord.saved.button"), quiet: true)
        }
    }

    private static func save(_ visit: Visit) async throws -> WebResponse {
        guard let account = visit.principal.account else { throw NotFound() }
        // What was sent is taken apart and put together again: only a search can be kept.
        let answers = SearchForm.form.read(URLEncoding.dictionary(try visit.submission[parameters]))
        guard answers.isValid, let query = try? RecordQuery(answers, visit.city.pack), !query.isEmpty else {
            throw Refusal("publicRecord.saved.noSearch", status: 422)
        }
        let typed = try visit.submission[title]
        let name = typed.isEmpty ? String(visit.described(query.address).prefix(SavedSearch.longestTitle)) : typed
        return try await visit.change { change in
            try SavedSearchWriter(change, for: account).save(query.address, as: name)
            return .init(query.link(page: 1), say: Phrase("publicRecord.saved.done", ["title": .text(name)]))
        }
    }

    private static func change(
        _ visit: Visit, _ what: @escaping @Sendable (SavedSearchWriter, SavedSearch) throws -> Void
    ) async throws -> WebResponse {
        guard let account = visit.principal.account, let id = PublicID(visit.parameter("id")) else { throw NotFound() }
        return try await visit.change { change in
            guard let search = try SavedSearch.find(id, of: account, change.conn) else { throw NotFound() }
            try what(SavedSearchWriter(change, for: account), search)
            let remains = try SavedSearch.all(of: account, change.conn).contains { $0.parameters == search.parameters }
            return .init(
                PublicRecordAddresses.searches().with([(SearchesPage.removed, remains ? nil : id.description)]),
                say: remains ? Phrase("publicRecord.saved.done", ["title": .text(search.title)]) : nil)
        }
    }

    private static func forget(_ visit: Visit) async throws -> WebResponse {
        visit.redirect(.init(PublicRecordAddresses.searches(), say: Phrase("publicRecord.saved.forgotten")))
            .setting(.removing(OwnCookie.recentSearches.rawValue))
    }
}
