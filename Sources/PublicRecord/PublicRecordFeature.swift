public import Accounts
internal import Cases
internal import Contacts
public import Core
public import Database
public import Jobs
public import Primitives

/// The public record: every case that anybody may see, searched without an account (J1).
public struct PublicRecordFeature: AccountFeature {
    private let search = SearchRecords()

    public init() {}

    public let name = "PublicRecord"
    public var words: WordSource? { publicRecordWords }
    public var migrations: [Migration] { publicRecordMigrations }

    public var routes: [Route] {
        [
            .get(PublicRecordAddresses.search, .anyone, form: SearchForm.form, search.show).costly,
            .get(PublicRecordAddresses.file, .anyone, form: SearchForm.form, search.download).costly,
            .get(PublicRecordAddresses.address, .anyone, PlaceRecords.address).costly,
            .get(PublicRecordAddresses.parcel, .anyone, PlaceRecords.parcel).costly,
            .get(PublicRecordAddresses.siteMap, .anyone, SiteMap.index),
            .get(PublicRecordAddresses.siteMapPart, .anyone, SiteMap.part),
            .get(PublicRecordAddresses.robots, .anyone, SiteMap.robots),
        ] + SearchesPage.routes + SaveSearch.routes
    }

    public var accountPanels: [AccountPanel] { [SearchesPage.accountPanel] }
    public var accountRecords: [AccountRecords] { [SavedSearch.records] }
    public var closingNotes: [ClosingNotes] { [SavedSearch.closingNotes] }
    public var tellings: [FactTelling] { savedSearchTellings }

    public var jobs: [CityJob] { [PackRecord.job] }
    public var schedules: [JobSchedule] { [PackRecord.schedule] }

    /// A pack that says otherwise what is public has every entry made anew.
    public func backfills(_ city: CityContext) -> [Backfill] {
        [
            Backfill(PublicIndex.backfill(city.pack), over: "case_record") { keys, change in
                try PublicIndex(change.city).refresh(keys.map { CaseID($0) }, change.conn)
            }
        ]
    }

    /// The index follows the case in the same transaction. A parent is not in it, so linking one changes nothing here.
    public var reactions: [Reaction] {
        [
            .atEnd(on: .caseCreated, .statusChanged, .caseCorrected, .contactAdded, .contactRemoved, .nameShown) {
                facts, change in
                let index = PublicIndex(change.city)
                let aboutContacts: Set<FactKind> = [.contactAdded, .contactRemoved, .nameShown]
                let shown = facts.filter { !aboutContacts.contains($0.kind) || index.shows(contactType: $0.text("type")) }
                try index.refresh(shown.map { CaseID($0.subject.id) }, change.conn)
            },
            SavedSearch.endWithAccount,
            // A company's new name stands on all its cases, whoever brought it.
            .atEnd(on: .recordCorrected, "contact.corrected-by-import", .contactsMerged, .contactsSeparated) { facts, change in
                let index = PublicIndex(change.city)
                for contact in Set(facts.flatMap { [$0.subject.id, $0.number("from")].compactMap(\.self) }.map { ContactID($0) })
                {
                    try index.refresh(index.cases(naming: contact, change.conn), change.conn)
                }
            },
        ]
    }
}
