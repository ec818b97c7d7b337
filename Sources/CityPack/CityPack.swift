internal import Primitives

/// One version of everything a city decides: read from YAML, checked as a whole, never half valid (D2).
/// Cases point to the version they were applied under by `hash` (`docs/city-pack.md`).
public struct CityPack: Sendable {
    /// SHA-256 over the sorted file names and texts, 64 hex digits. The same files give the same hash on every machine.
    public let hash: String
    /// The files as they were loaded, by name: what the database stores, and what `load(files:)` reads again.
    public let files: [String: String]
    public let city: City
    /// In the order of the file, which is the order people see.
    public let caseTypes: [CaseType]
    public let statuses: [Status]
    public let contactTypes: [ContactType]
    public let fields: [FieldDeclaration]
    /// What the pack itself marks as invented: a city replaces these before it opens.
    public let samples: [SampleValue]

    private let caseTypesByKey: [String: CaseType]
    private let statusesByKey: [String: Status]
    private let contactTypesByKey: [String: ContactType]
    private let fieldsByName: [String: FieldDeclaration]
    private let caseTypesByImportName: [String: CaseType]
    private let statusesByImportName: [String: Status]
    private let contactTypesByImportName: [String: ContactType]

    init(files: [String: String], contents: PackContents) {
        self.files = files
        hash = PackHash.of(files)
        city = contents.city
        caseTypes = contents.caseTypes
        statuses = contents.statuses
        contactTypes = contents.contactTypes
        fields = contents.fields
        samples = contents.samples
        caseTypesByKey = caseTypes.indexed { [$0.key] }
        statusesByKey = statuses.indexed { [$0.key] }
        contactTypesByKey = contactTypes.indexed { [$0.key] }
        fieldsByName = fields.indexed { [$0.name] }
        caseTypesByImportName = caseTypes.indexed { $0.importNames.map(foldedForSearch) }
        statusesByImportName = statuses.indexed { $0.importNames.map(foldedForSearch) }
        contactTypesByImportName = contactTypes.indexed { $0.importNames.map(foldedForSearch) }
    }

    public func caseType(_ key: String) -> CaseType? { caseTypesByKey[key] }
    public func status(_ key: String) -> Status? { statusesByKey[key] }
    public func contactType(_ key: String) -> ContactType? { contactTypesByKey[key] }
    /// nil for a field that the pack does not declare: treat it as `secret`.
    public func field(_ name: String) -> FieldDeclaration? { fieldsByName[name] }

    /// By the name an older system used (K6). Case, accents and punctuation do not matter.
    public func caseType(importName: String) -> CaseType? { caseTypesByImportName[foldedForSearch(importName)] }
    public func status(importName: String) -> Status? { statusesByImportName[foldedForSearch(importName)] }
    public func contactType(importName: String) -> ContactType? { contactTypesByImportName[foldedForSearch(importName)] }
}

extension Array {
    fileprivate func indexed(by names: (Element) -> [String]) -> [String: Element] {
        var index: [String: Element] = [:]
        for element in self {
            for name in names(element) { index[name] = element }
        }
        return index
    }
}
