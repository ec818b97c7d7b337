internal import Core
internal import HTML
internal import Primitives
internal import Web

/// Looking for records (J1): a page for people, the same rows as JSON for machines and as a file for spreadsheets.
enum SearchRecords {
    static func show(_ visit: Visit) async throws -> WebResponse {
        guard visit.submission.isValid else { return refused(visit) }
        let query = try RecordQuery(answers(visit), visit.city.pack)
        let number = pageNumber(visit)
        let shown = min(number, RecordSearch.lastPage)
        let found = try await visit.read { conn in try RecordSearch(query).page(shown, conn) }
        var response =
            visit.request.wantsJSON
            ? .json(RecordsJSON(query, found, page: number, visit).text)
            : SearchPage(query: query, found: found, page: number, visit: visit).response
        response.set("vary", "accept, accept-language, cookie")
        return response
    }

    /// The same rows as a file, up to `RecordSearch.fileRows`.
    static func download(_ visit: Visit) async throws -> WebResponse {
        guard visit.submission.isValid else { return refused(visit) }
        let query = try RecordQuery(answers(visit), visit.city.pack)
        let entries = try await visit.read { conn in try RecordSearch(query).rows(conn) }
        let file = RecordsFile(visit.city, visit.t)
        let headers = [
            ("content-type", "text/csv; charset=utf-8"), ("content-disposition", "attachment; filename=\"records.csv\""),
        ]
        return WebResponse(status: 200, headers: headers, body: file.bytes(entries))
    }

    /// What the address holds, checked.
    private static func answers(_ visit: Visit) -> Submission { SearchForm.form.read(visit.request.query) }

    /// Anything but a page of the list is its first page; what lies behind the last one is explained there.
    private static func pageNumber(_ visit: Visit) -> Int { max(1, Int(visit.query(SearchForm.page)) ?? 1) }

    private static func refused(_ visit: Visit) -> WebResponse {
        guard visit.request.wantsJSON else { return SearchPage.refused(visit) }
        let problems = visit.submission.problems.map { "\($0.field ?? ""): \(visit.t($0.phrase))" }
        let body = JSON.object([
            "title": .string(visit.t("form.summary")), "detail": .string(problems.joined(separator: " ")), "status": 422,
        ])
        return .json(body.description, status: 422, type: "application/problem+json")
    }
}
