internal import Cases
internal import Core
internal import HTML
internal import Primitives

/// The rows of a search as CSV: one line of column names, which are the same in every language, then a line a record.
struct RecordsFile: Sendable {
    static let columns = [
        "number", "kind", "type", "work_class", "status", "applied", "address", "description", "contractors", "url",
    ]

    private let city: CityContext
    private let names: EntryNames

    init(_ city: CityContext, _ t: Voice) {
        self.city = city
        names = EntryNames(pack: city.pack, t: t)
    }

    func bytes(_ entries: [PublicEntry]) -> [UInt8] {
        var bytes = Array(CSVWriter.line(RecordsFile.columns).utf8)
        for entry in entries { bytes += CSVWriter.line(fields(entry)).utf8 }
        return bytes
    }

    private func fields(_ entry: PublicEntry) -> [String] {
        [
            entry.number, names.kind(entry.module), names.type(entry.type), names.workClass(entry.workClass, of: entry.type),
            names.status(entry.status), entry.applied?.description ?? "", entry.address, entry.description, entry.contractors,
            city.url(CaseAddresses.show(entry.number)),
        ]
    }
}
