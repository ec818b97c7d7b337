internal import Cases
internal import Core
internal import HTML
internal import Primitives

/// A page of a search for machines: keys of the city pack with their names, and where the next page is.
struct RecordsJSON {
    let text: String

    init(_ query: RecordQuery, _ found: RecordSearch.Found, at place: PagePlace, _ visit: Visit) {
        let names = EntryNames(pack: visit.city.pack, t: visit.t)
        var members: [String: JSON] = [
            "records": .array(found.entries.map { RecordsJSON.record($0, names, visit.city) })
        ]
        if case .number(let page) = place { members["page"] = .integer(Int64(page)) }
        if let total = found.total {
            members["total"] = .integer(Int64(total))
            members["total_is_capped"] = .bool(found.isCapped)
        }
        if let next = query.next(after: place, found) { members["next"] = .string(visit.city.url(next)) }
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
            "address": .string(entry.address), "parcel": .string(entry.parcel),
            "valuation_cents": entry.valuation.map { .integer($0.cents) } ?? nil, "description": .string(entry.description),
            "contractors": .array(entry.contractors.split(separator: "; ").map { .string(String($0)) }),
            "url": .string(city.url(CaseAddresses.show(entry.number))),
        ]
    }
}

extension RecordQuery {
    /// Where the records after this page are; nil when there are none. Behind the last page with a number a list goes on from its
    /// last case.
    func next(after place: PagePlace, _ found: RecordSearch.Found) -> Link? {
        guard found.hasMore else { return nil }
        if case .number(let number) = place, number < RecordSearch.lastPage { return link(page: number + 1) }
        return found.entries.last.map { link(after: $0.number) }
    }

    func link(page number: Int) -> Link {
        PublicRecordAddresses.search().with(parameters + [(SearchForm.page, number > 1 ? String(number) : nil)])
    }

    func link(after caseNumber: String) -> Link {
        PublicRecordAddresses.search().with(parameters + [(SearchForm.after, caseNumber)])
    }
}
