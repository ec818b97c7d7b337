public import Cases
public import Core
public import Database
internal import HTML
public import Primitives

enum InspectionsAddresses {
    static let list = Address<String>("/cases/{number}/inspections")
}

/// The city's inspections of the work on a case.
public struct InspectionsFeature: CaseFeature {
    public init() {}
    public let name = "Inspections"
    public var words: WordSource? { inspectionsWords }
    public var migrations: [Migration] { inspectionsMigrations }
    public var routes: [Route] { [.get(InspectionsAddresses.list, .anyone, InspectionsPage.show)] }
    public var importers: [Importer] { [InspectionsFile.importer] }

    public var caseFields: [String] { ["inspection_type", "inspection_state", "inspection_days", "inspector"] }

    public var tellings: [FactTelling] {
        [
            FactTelling(.inspectionRecorded, for: .party) { Phrase("inspections.told.recorded", InspectionsPage.told($0)) },
            FactTelling(.inspectionCorrected, for: .party) { Phrase("inspections.told.corrected", InspectionsPage.told($0)) },
        ]
    }

    public var caseTabs: [CaseTab] {
        [
            CaseTab(
                title: "inspections.tab", order: 50, visibility: .party, link: { InspectionsAddresses.list($0) },
                count: { seen in
                    seen.shows("inspections") ? "SELECT COUNT(*) FROM inspection WHERE case_id = \(seen.record.id)" : nil
                })
        ]
    }

    public var attentionReasons: [AttentionReason] {
        [AttentionReason(InspectionWriter.failed, title: "inspections.attention.failed")]
    }
}
