internal import Cases
internal import Core
internal import HTML
internal import Primitives

/// A page of a search for machines: keys of the city pack with their names, and where the next page is.
struct RecordsJSON {
    let text: String

    init(_ query: RecordQuery, _ found: RecordSearch.Found, page: Int, _ visit: Visit) {
        let names = EntryNames(pack: visit.city.pack, t: visit.t)
        let isBeyond = page > RecordSearch.lastPage
        var members: [String: JSON] = [
            "page": .integer(Int64(page)), "total": .integer(Int64(found.total)), "total_is_capped": .bool(found.isCapped),
            "records": .array(isBeyond ? [] : found.entries.map { RecordsJSON.record($0, names, visit.city) }),
        ]
        if !isBeyond, let next = query.nextPage(after: page, of: found) { members["next"] = .string(visit.city.url(next)) }
        text = JSON.object(members).description
    }

    private static func record(_ entry: PublicEntry, _ names: EntryNames, _ city: CityContext) -> JSON {
        func named(_ key: String, _ name: String) -> JSON { ["key": .string(key), "name": .string(name)] }
        return [
            "number": .string(entry.number), "kind": named(entry.module, names.kind(entry.module)),
            "type": named(entry.type, names.type(entry.type)),
            "work_class": named(entry.workClass, names.workClass(entry.workClass, of: entry.type)),
            "status": named(entry.status, names.status(entry.status)),
            "applied": entry.applied.map { .string($0.description) } ?? nil,
            "address": .string(entry.address), "description": .string(entry.description),
            "contractors": .array(entry.contractors.split(separator: "; ").map { .string(String($0)) }),
            "url": .string(city.url(CaseAddresses.show(entry.number))),
        ]
    }
}

extension RecordQuery {
    /// Where the records after this page are; nil when there are none, or when one has to narrow the search instead.
    func nextPage(after number: Int, of found: RecordSearch.Found) -> Link? {
        guard number < RecordSearch.lastPage, number * RecordSearch.pageSize < found.total else { return nil }
        return link(page: number + 1)
    }

    func link(page number: Int) -> Link {
        PublicRecordAddresses.search().with(parameters + [(SearchForm.page, number > 1 ? String(number) : nil)])
    }
}
