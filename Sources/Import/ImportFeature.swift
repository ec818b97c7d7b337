public import Core
public import Database
public import HTML
public import Primitives

/// Brings records in: a city's exports, an older portal, or a city of invented people for trying things out.
public struct ImportFeature: Feature {
    private let desk: Link

    /// - Parameter desk: where staff begin.
    public init(desk: Link) { self.desk = desk }

    public let name = "Import"
    public var words: WordSource? { importWords }
    public var migrations: [Migration] { importMigrations }
    public var routes: [Route] {
        let page = ImportsPage(desk: desk)
        return [
            .get(ImportAddresses.list, .staff("import.view"), page.list),
            .get(ImportAddresses.run, .staff("import.view"), page.show),
            .get(ImportAddresses.report, .staff("import.view"), page.download),
        ]
    }

    public var actions: [StaffAction] { [StaffAction("import.view", "importing.may.view")] }

    public var deskLinks: [DeskLink] {
        [
            DeskLink(
                title: "importing.title", explanation: "importing.explanation", link: ImportAddresses.list(),
                action: "import.view")
        ]
    }

    public var tellings: [FactTelling] {
        [
            FactTelling(.contactCorrected, for: .staff) {
                Phrase("importing.told.contactCorrected", ["name": .text($0.text("name"))])
            },
            FactTelling(.contactEnded, for: .staff) { Phrase("importing.told.contactEnded", ["name": .text($0.text("name"))]) },
        ]
    }
}

extension FactKind {
    /// An import brought newer names, emails, phones or addresses. Arguments: `name`.
    static let contactCorrected: FactKind = "contact.corrected-by-import"
    /// The older system says that the contact is no longer active. Arguments: `name`.
    static let contactEnded: FactKind = "contact.ended-by-import"
}
