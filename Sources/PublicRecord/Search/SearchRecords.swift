internal import Core
internal import HTML
internal import Primitives
internal import Web

/// Looking for records (J1): a page for people, the same rows as JSON for machines and as a file for spreadsheets.
struct SearchRecords: Sendable {
    /// Of this city.
    let memory = RecordMemory()

    func show(_ visit: Visit) async throws -> WebResponse {
        guard visit.submission.isValid else { return SearchRecords.refused(visit) }
        let query = try RecordQuery(SearchRecords.answers(visit), visit.city.pack)
        let place = SearchRecords.place(visit)
        let account = visit.principal.account
        let (found, meant, saved) = try await visit.read { conn in
            try conn.keepPlans()
            let found = try RecordSearch(query, memory).page(place, conn)
            let meant =
                found.entries.isEmpty && place == .number(1)
                ? try DidYouMean(query, memory).suggestions(isThere: found.isExact, conn) : []
            return (found, meant, try account.map { try SavedSearch.all(of: $0, conn) } ?? [])
        }
        var response: WebResponse
        if visit.request.wantsJSON {
            response = .json(RecordsJSON(query, found, at: place, visit).text)
        } else {
            let shelf = SearchShelf(visit, saved: saved)
            response = SearchPage(query: query, found: found, place: place, meant: meant, shelf: shelf, visit: visit).response
            if var recent = shelf?.recent, place == .number(1), !found.entries.isEmpty, recent.add(query.address) {
                response = response.setting(recent.cookie)
            }
        }
        response.set("vary", "accept, accept-language, cookie")
        return visit.revalidated(response, changed: found.changed)
    }

    /// The same rows as a file, up to `RecordSearch.fileRows`, sent while they are read.
    func download(_ visit: Visit) async throws -> WebResponse {
        guard visit.submission.isValid else { return SearchRecords.refused(visit) }
        let search = RecordSearch(try RecordQuery(SearchRecords.answers(visit), visit.city.pack), memory)
        let file = RecordsFile(visit.city, visit.t)
        let (plan, first) = try await visit.read { conn in
            let plan = try search.plan(conn)
            return (plan, try search.part(of: plan, behind: nil, limit: SearchRecords.partRows, conn))
        }
        var response = WebResponse(
            status: 200,
            headers: [
                ("content-type", "text/csv; charset=utf-8"), ("content-disposition", "attachment; filename=\"records.csv\""),
            ])
        response.stream = { write in
            try await write(RecordsFile.header + file.lines(first.0))
            var (rows, next) = (first.0.count, first.1)
            while let behind = next, rows < RecordSearch.fileRows {
                let limit = min(SearchRecords.partRows, RecordSearch.fileRows - rows)
                let part = try await visit.read { conn in try search.part(of: plan, behind: behind, limit: limit, conn) }
                try await write(file.lines(part.0))
                rows += part.0.count
                next = part.1
            }
        }
        return response
    }

    private static let partRows = 2000

    /// What the address holds, checked.
    private static func answers(_ visit: Visit) -> Submission { SearchForm.form.read(visit.request.query) }

    /// Anything but a place in the list is its beginning.
    private static func place(_ visit: Visit) -> PagePlace {
        let after = visit.query(SearchForm.after)
        if !after.isEmpty { return .after(after) }
        return .number(min(max(1, Int(visit.query(SearchForm.page)) ?? 1), RecordSearch.lastPage))
    }

    private static func refused(_ visit: Visit) -> WebResponse {
        guard visit.request.wantsJSON else { return SearchPage.refused(visit) }
        let problems = visit.submission.problems.map { "\($0.field ?? ""): \(visit.t($0.phrase))" }
        let body = JSON.object([
            "title": .string(visit.t("form.summary")), "detail": .string(problems.joined(separator: " ")), "status": 422,
        ])
        return .json(body.description, status: 422, type: "application/problem+json")
    }
}
