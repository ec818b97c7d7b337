internal import Cases
internal import Core
internal import HTML
internal import Primitives

/// The rows of a search as CSV: one line of column names, which are the same in every language, then a line a record.
struct RecordsFile: Sendable {
    static let columns = [
        "number", "kind", "type", "work_class", "status", "applied", "address", "parcel", "description", "valuation",
        "contractors",
        "url",
    ]

    private let city: CityContext
    private let names: EntryNames

    init(_ city: CityContext, _ t: Voice) {
        self.city = city
        names = EntryNames(pack: city.pack, t: t)
    }

    static var header: String { CSVWriter.line(columns) }

    func lines(_ entries: [PublicEntry]) -> String { entries.map { CSVWriter.line(fields($0)) }.joined() }

    private func fields(_ entry: PublicEntry) -> [String] {
        [
            entry.number, names.kind(entry.module), names.type(entry.type), names.workClass(entry.workClass, of: entry.type),
            names.status(entry.status), entry.applied?.description ?? "", entry.address, entry.parcel, entry.description,
            entry.valuation.map(plain) ?? "", entry.contractors, city.url(CaseAddresses.show(entry.number)),
        ]
    }

    /// `1284.20`: a number for whatever reads the file.
    private func plain(_ amount: Money) -> String { "\(amount.cents / 100).\(padded(Int(abs(amount.cents % 100)), 2))" }
}
