internal import Primitives

/// One version of everything a city decides: read from YAML, checked as a whole, never half valid (D2).
/// Cases point to the version they were applied under by `hash` (`docs/city-pack.md`).
public struct CityPack: Sendable {
    /// SHA-256 over the sorted file names and texts, 64 hex digits. The same files give the same hash on every machine.
    public let hash: String
    /// The files as they were loaded, by name: what the database stores, and what `load(files:)` reads again.
    public let files: [String: String]
    public let city: City
    /// The first is the one whose phone and hours stand on pages. Never empty.
    public let departments: [Department]
    public let modules: [ModuleDeclaration]
    /// In the order of the file, which is the order people see.
    public let caseTypes: [CaseType]
    public let statuses: [Status]
    public let contactTypes: [ContactType]
    public let fields: [FieldDeclaration]
    public let topics: [HelpTopic]
    public let macros: [Macro]
    /// Sentences of mails in the city's own words.
    public let notices: [CityNotice]
    public let roles: [RoleDeclaration]
    /// What the pack itself marks as invented: a city replaces these before it opens.
    public let samples: [SampleValue]

    private let caseTypesByKey: [String: CaseType]
    private let statusesByKey: [String: Status]
    private let contactTypesByKey: [String: ContactType]
    private let rolesByKey: [String: Set<String>]
    private let fieldsByName: [String: FieldDeclaration]
    private let caseTypesByImportName: [String: CaseType]
    private let statusesByImportName: [String: Status]
    private let contactTypesByImportName: [String: ContactType]

    init(files: [String: String], contents: PackContents) {
        self.files = files
        hash = PackHash.of(files)
        city = contents.city
        departments = contents.departments.isEmpty ? [OlderPack.department(of: contents.city)] : contents.departments
        modules = contents.modules
        caseTypes = contents.caseTypes
        statuses = contents.statuses
        contactTypes = contents.contactTypes
        fields = contents.fields
        topics = contents.topics
        macros = contents.macros
        notices = contents.notices
        roles = contents.roles
        samples = contents.samples
        caseTypesByKey = caseTypes.indexed { [$0.key] }
        statusesByKey = statuses.indexed { [$0.key] }
        contactTypesByKey = contactTypes.indexed { [$0.key] }
        rolesByKey = Dictionary(roles.map { ($0.key, Set($0.may)) }, uniquingKeysWith: { first, _ in first })
        fieldsByName = fields.indexed { [$0.name] }
        caseTypesByImportName = caseTypes.indexed { $0.importNames.map(foldedForSearch) }
        statusesByImportName = statuses.indexed { $0.importNames.map(foldedForSearch) }
        contactTypesByImportName = contactTypes.indexed { $0.importNames.map(foldedForSearch) }
    }

    public func caseType(_ key: String) -> CaseType? { caseTypesByKey[key] }
    public func status(_ key: String) -> Status? { statusesByKey[key] }
    public func contactType(_ key: String) -> ContactType? { contactTypesByKey[key] }
    /// The one whose phone and hours stand on pages.
    public var mainDepartment: Department { departments[0] }

    /// What somebody becomes on a case with the code of its permit card (C2); nil where the city takes no cards.
    public var cardType: ContactType? { contactTypes.first { $0.cardRights != nil } }

    public func department(_ key: String) -> Department? { departments.first { $0.key == key } }
    public func module(_ module: CaseModule) -> ModuleDeclaration? { modules.first { $0.module == module } }
    public func topic(_ key: String) -> HelpTopic? { topics.first { $0.key == key } }
    public func role(_ key: String) -> RoleDeclaration? { roles.first { $0.key == key } }
    /// Whether the role carries the action. A role that the pack does not have carries nothing.
    public func may(_ role: String, _ action: String) -> Bool { rolesByKey[role]?.contains(action) ?? false }
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
