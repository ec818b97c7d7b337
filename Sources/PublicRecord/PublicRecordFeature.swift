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
                for id in ids { try index.refresh(id, change.conn) }
                return ids.last?.value
            }
        ]
    }

    /// The index follows the case in the same transaction. A parent is not in it, so linking one changes nothing here.
    public var reactions: [Reaction] {
        [
            Reaction(on: .caseCreated, .statusChanged, .caseCorrected) { fact, change in
                try PublicIndex(change.city).refresh(CaseID(fact.subject.id), change.conn)
            },
            Reaction(on: .contactAdded, .contactRemoved, .nameShown) { fact, change in
                let index = PublicIndex(change.city)
                guard index.shows(contactType: fact.text("type")) else { return }
                try index.refresh(CaseID(fact.subject.id), change.conn)
            },
            // A company's new name stands on all its cases, whoever brought it.
            Reaction(on: .recordCorrected, "contact.corrected-by-import") { fact, change in
                let index = PublicIndex(change.city)
                for id in try index.cases(naming: ContactID(fact.subject.id), change.conn) { try index.refresh(id, change.conn) }
            },
        ]
    }
}
