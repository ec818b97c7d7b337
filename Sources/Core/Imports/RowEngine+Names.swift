public import CityPack

extension RowEngine {
    /// The status that an old name means: by the mapping, by the pack's import names, by the key itself.
    public func status(_ name: String) -> Status? {
        mapping.meaning(of: name, .statuses).flatMap { pack.status($0) } ?? pack.status(importName: name) ?? pack.status(name)
    }

    public func caseType(_ name: String) -> CaseType? {
        mapping.meaning(of: name, .types).flatMap { pack.caseType($0) } ?? pack.caseType(importName: name) ?? pack.caseType(name)
    }

    public func workClass(_ name: String, of type: CaseType) -> WorkClass? {
        mapping.meaning(of: name, .workClasses).flatMap { type.workClass($0) } ?? type.workClass(importName: name)
            ?? type.workClass(name)
    }

    public func contactType(_ name: String) -> ContactType? {
        mapping.meaning(of: name, .contactTypes).flatMap { pack.contactType($0) } ?? pack.contactType(importName: name)
            ?? pack.contactType(name)
    }

    public func module(_ name: String) -> CaseModule? {
        CaseModule(rawValue: mapping.meaning(of: name, .modules) ?? name.lowercased())
    }
}
