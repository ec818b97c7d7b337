internal import Cases
internal import Contacts
public import Core
public import Database
public import Primitives

/// The public record: every case that anybody may see, searched without an account (J1).
public struct PublicRecordFeature: Feature {
    private let search = SearchRecords()

    public init() {}

    public let name = "PublicRecord"
    public var words: WordSource? { publicRecordWords }
    public var migrations: [Migration] { publicRecordMigrations }

    public var routes: [Route] {
        [
            .get(PublicRecordAddresses.search, .anyone, form: SearchForm.form, search.show),
            .get(PublicRecordAddresses.file, .anyone, form: SearchForm.form, search.download),
            .get(PublicRecordAddresses.address, .anyone, PlaceRecords.address),
            .get(PublicRecordAddresses.parcel, .anyone, PlaceRecords.parcel),
            .get(PublicRecordAddresses.siteMap, .anyone, SiteMap.index),
            .get(PublicRecordAddresses.siteMapPart, .anyone, SiteMap.part),
            .get(PublicRecordAddresses.robots, .anyone, SiteMap.robots),
        ]
    }

    /// A pack that says otherwise what is public has every entry made anew.
    public func backfills(_ city: CityContext) -> [Backfill] {
        // The number rises when this program stores more of an entry than the one before.
        let rules = (["2"] + ["fields.yaml", "contact-types.yaml"].map { city.pack.files[$0] ?? "" }).joined(separator: "\n")
        return [
            Backfill("public-index:\(sha256(rules).prefix(16))") { after, change in
                let ids: [CaseID] = try change.conn.rows(
                    "SELECT id FROM case_record WHERE id > \(after) ORDER BY id LIMIT 200"
                ).map { try $0["id"] }
                let index = PublicIndex(change.city)
                try index.refresh(ids, change.conn)
                return ids.last?.value
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
            // A company's new name stands on all its cases, whoever brought it.
            .atEnd(on: .recordCorrected, "contact.corrected-by-import") { facts, change in
                let index = PublicIndex(change.city)
                for contact in Set(facts.map { ContactID($0.subject.id) }) {
                    try index.refresh(index.cases(naming: contact, change.conn), change.conn)
                }
            },
        ]
    }
}
