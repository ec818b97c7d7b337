internal import Cases
internal import Contacts
public import Core
public import Database
public import Primitives

/// The public record: every case that anybody may see, searched without an account (J1).
public struct PublicRecordFeature: Feature {
    public init() {}

    public let name = "PublicRecord"
    public var words: WordSource? { publicRecordWords }
    public var migrations: [Migration] { publicRecordMigrations }

    public var routes: [Route] {
        [
            .get(PublicRecordAddresses.search, .anyone, form: SearchForm.form, SearchRecords.show),
            .get(PublicRecordAddresses.file, .anyone, form: SearchForm.form, SearchRecords.download),
        ]
    }

    /// A pack that says otherwise what is public has every entry made anew.
    public func backfills(_ city: CityContext) -> [Backfill] {
        let rules = ["fields.yaml", "contact-types.yaml"].map { city.pack.files[$0] ?? "" }.joined(separator: "\n")
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
            .together(on: .caseCreated, .statusChanged, .caseCorrected) { facts, change in
                try PublicIndex(change.city).refresh(facts.map { CaseID($0.subject.id) }, change.conn)
            },
            .together(on: .contactAdded, .contactRemoved, .nameShown) { facts, change in
                let index = PublicIndex(change.city)
                let shown = facts.filter { index.shows(contactType: $0.text("type")) }
                if !shown.isEmpty { try index.refresh(shown.map { CaseID($0.subject.id) }, change.conn) }
            },
            // A company's new name stands on all its cases, whoever brought it.
            Reaction(on: .recordCorrected, "contact.corrected-by-import") { fact, change in
                let index = PublicIndex(change.city)
                try index.refresh(index.cases(naming: ContactID(fact.subject.id), change.conn), change.conn)
            },
        ]
    }
}
