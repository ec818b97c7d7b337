public import Primitives

/// The kinds of cases that share one root (D1).
public enum CaseModule: String, Sendable, CaseIterable, Codable {
    case permit, plan, license, code, request
}

/// What somebody can apply for or ask for: a permit, plan, license, code case or request of one sort (D2).
public struct CaseType: Sendable, Hashable {
    /// Stable and in stored rows: `building-single-family-detached`.
    public let key: String
    public let name: LocalizedText
    public let module: CaseModule
    /// The beginning of its numbers, `BLD-SFD` in `BLD-SFD2026-00133` (`PPP[-SSS]YYYY-NNNNN`).
    public let prefix: String
    /// What kind of work, in the order people see. Never empty.
    public let workClasses: [WorkClass]
    /// Keys of the contact types that "Add contact as" offers here, in this order (B4). Never empty.
    public let contactTypes: [String]
    /// One or two sentences for somebody who has never applied.
    public let explanation: LocalizedText
    /// What older systems call it, exactly as they write it (K6).
    public let importNames: [String]

    public func workClass(_ key: String) -> WorkClass? { workClasses.first { $0.key == key } }

    /// By the name an older system used. Case, accents and punctuation do not matter.
    public func workClass(importName: String) -> WorkClass? {
        let folded = foldedForSearch(importName)
        return workClasses.first { $0.importNames.contains { foldedForSearch($0) == folded } }
    }
}

/// The work within a case type: new, addition, remodel.
public struct WorkClass: Sendable, Hashable {
    public let key: String
    public let name: LocalizedText
    public let importNames: [String]
}
