import Cases
import CityPack
import Core
import Database
import Places
import Primitives
import TestSupport

@testable import PublicRecord

extension TestCity {
    /// Many electrical permits in one transaction, one a day, the last one the newest.
    func manyCases(_ count: Int, description: String = "Panel upgrade") async throws {
        let type = context.pack.caseType(importName: "Electrical Permit")?.key ?? ""
        let status = context.pack.status(importName: "Issued")?.key ?? ""
        try await write(origin: .imported) { change in
            for index in 1...count {
                var new = NewCase(number: "ELE2015-\(padded(index, 5))", type: type, status: status)
                new.description = description
                new.applied = CivilDate(year: 2015, month: 1, day: 1).adding(days: index)
                new.place = PlaceAddress(street: "\(index) Iris Ave", city: "Boulder", state: "CO", zip: "80304")
                _ = try CaseWriter(change).create(new)
            }
        }
    }

    /// The numbers a search shows, in its order.
    func numbers(_ query: String = "", page: Int = 1) async throws -> [String] {
        try await numbers(RecordQuery(text: query), page: page)
    }

    func numbers(_ query: RecordQuery, page: Int = 1) async throws -> [String] {
        try await found(query, page: page).entries.map(\.number)
    }

    func found(_ query: RecordQuery, page: Int = 1) async throws -> RecordSearch.Found {
        try await read { conn in try RecordSearch(query).page(.number(page), conn) }
    }

    /// Boulder's pack with one piece of text exchanged.
    static func pack(replacing text: String, with other: String, in file: String) throws -> CityPack {
        var files = pack.files
        let before = files[file] ?? ""
        files[file] = before.split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
        if files[file] == before { throw NotFound() }
        return try CityPack.load(files: files)
    }
}

extension Browser.Answer {
    /// The case numbers linked in the results, in order.
    var numbers: [String] {
        text.matches(of: /<a href="\/cases\/[^"]*"[^>]*>([^<]*)<\/a>/).map { String($0.1) }
    }
}
