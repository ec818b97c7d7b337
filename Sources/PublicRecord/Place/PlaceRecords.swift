internal import Cases
internal import Core
internal import Database
internal import HTML
internal import Primitives
internal import Web

/// Everything public that was ever at an address or on a parcel, in the order in which it happened (J1, J2), and to print.
enum PlaceRecords {
    /// `/addresses/1195-bear-mountain-dr`: the street in its short writing.
    static func address(_ visit: Visit) async throws -> WebResponse {
        let slug = visit.parameter(PublicRecordAddresses.place)
        let street = StreetWords.folded(SearchWords.typed(slug))
        guard !street.isEmpty else { throw NotFound() }
        let page = try await show(visit, "e.street_folded = \(street)") {
            PlacePage(name: $0.first.map(streetName) ?? slug, kind: .address, entries: $0)
        }
        // One address has one page: other writings of it lead there.
        let proper = PublicRecordAddresses.address(PublicRecordAddresses.slug(street))
        return proper == PublicRecordAddresses.address(slug) ? page : .redirect(proper)
    }

    /// `/parcels/157707123456`
    static func parcel(_ visit: Visit) async throws -> WebResponse {
        let number = visit.parameter(PublicRecordAddresses.place)
        guard !number.isEmpty else { throw NotFound() }
        return try await show(visit, on(parcel: number)) { PlacePage(name: number, kind: .parcel, entries: $0) }
    }

    /// The index holds only entries with a parcel, which SQLite must be told.
    static func on(parcel number: String) -> SQL { "e.parcel = \(number) AND e.parcel <> ''" }

    /// The most that one page shows; the newest ones.
    static let most = 500

    static func list(_ condition: SQL) -> SQL {
        "SELECT \(PublicEntry.columns) FROM public_entry e WHERE \(condition) ORDER BY e.id DESC LIMIT \(most + 1)"
    }

    private static func show(
        _ visit: Visit, _ condition: SQL, _ page: ([PublicEntry]) -> PlacePage
    ) async throws -> WebResponse {
        let (entries, changed) = try await visit.read { conn in
            (try conn.rows(list(condition)).map(PublicEntry.init), try CityActivity.last(conn))
        }
        guard !entries.isEmpty else { throw NotFound() }
        return visit.revalidated(page(entries).response(visit), changed: changed)
    }

    /// As the city writes it, without the unit and the city.
    private static func streetName(_ entry: PublicEntry) -> String {
        let line = entry.address.split(separator: ",").first.map(String.init) ?? entry.address
        let words = line.split(separator: " ").map(String.init)
        let parted = StreetWords.parted(words.map { $0.lowercased() })
        return words.prefix(parted.street.count).joined(separator: " ")
    }
}

/// The page of a place: its cases by year, oldest first.
struct PlacePage {
    enum Kind { case address, parcel }
    let name: String
    let kind: Kind
    /// Newest first.
    let entries: [PublicEntry]

    func response(_ visit: Visit) -> WebResponse {
        let t = visit.t
        let shown = entries.prefix(PlaceRecords.most).reversed()
        let title = t(
            kind == .address ? "publicRecord.place.addressTitle" : "publicRecord.place.parcelTitle", ["name": .text(name)])
        return visit.page(
            title, crumbs: [Crumb(title: t("publicRecord.search.title"), link: PublicRecordAddresses.search())], isIndexed: true
        ) {
            h1 { title }
            p(.class("lead")) {
                t(
                    entries.count > PlaceRecords.most ? "publicRecord.place.newestOf" : "publicRecord.place.count",
                    ["count": .number(shown.count)])
            }
            if kind == .address { parcels(t) }
            for (year, cases) in years(Array(shown)) {
                h2 { year ?? t("publicRecord.place.undated") }
                dataTable(
                    caption: t("publicRecord.place.casesOf", ["year": .text(year ?? t("publicRecord.place.undated"))]),
                    captionHidden: true, columns: columns(t), rows: cases.map { row($0, visit) })
            }
        }
    }

    /// The parcels that the cases stand on, as links.
    private func parcels(_ t: Voice) -> HTML {
        let numbers = Set(entries.map(\.parcel).filter { !$0.isEmpty }).sorted().prefix(5)
        guard !numbers.isEmpty else { return .empty }
        return p {
            t("publicRecord.place.parcels")
            for number in numbers {
                " "
                a(PublicRecordAddresses.parcel(number)) { number }
            }
        }
    }

    private func years(_ entries: [PublicEntry]) -> [(year: String?, entries: [PublicEntry])] {
        var years: [(year: String?, entries: [PublicEntry])] = []
        for entry in entries {
            let year = entry.applied.map { String($0.year) }
            if years.last?.year == year, !years.isEmpty {
                years[years.count - 1].entries.append(entry)
            } else {
                years.append((year, [entry]))
            }
        }
        return years
    }

    private func columns(_ t: Voice) -> [TableColumn] {
        [
            TableColumn(title: t("publicRecord.column.number")), TableColumn(title: t("publicRecord.column.applied")),
            TableColumn(title: t("publicRecord.column.type")), TableColumn(title: t("publicRecord.column.description")),
            TableColumn(title: t("publicRecord.column.status")),
        ]
    }

    private func row(_ entry: PublicEntry, _ visit: Visit) -> TableRow {
        let (t, pack) = (visit.t, visit.city.pack)
        return TableRow(cells: [
            a(CaseAddresses.show(entry.number), .class("whole")) { entry.number },
            entry.applied.map { day in span(.class("whole")) { time(day.description) { day.short(in: t.language) } } } ?? .empty,
            HTML(EntryNames(pack: pack, t: t).type(entry.type)),
            group {
                entry.description
                if kind == .parcel, !entry.address.isEmpty { span(.class("note")) { entry.address } }
                if !entry.contractors.isEmpty { SearchPage.contractors(entry, t) }
            },
            entry.status.isEmpty ? .empty : statusTag(pack.status(entry.status), key: entry.status, t),
        ])
    }
}
