internal import Primitives

/// What the names of an older system stand for.
public enum NameKind: String, Sendable, CaseIterable {
    case statuses, types
    case workClasses = "work_classes"
    case contactTypes = "contact_types"
    case modules, cities
}

/// What a name of the older system means in this city: what its clerk wrote beside the names that the pack does not know (K6).
/// Case, accents and punctuation of the old names do not matter.
public struct ImportMapping: Sendable, Hashable {
    private var meanings: [NameKind: [String: String]] = [:]

    public init() {}

    /// - Parameter key: of the city pack; for cities, the city's name.
    public mutating func add(_ name: String, _ kind: NameKind, means key: String) {
        meanings[kind, default: [:]][foldedForSearch(name)] = key
    }

    public func meaning(of name: String, _ kind: NameKind) -> String? {
        guard let known = meanings[kind] else { return nil }
        return known[foldedForSearch(name)]
    }

    /// By the old name, folded.
    public func entries(_ kind: NameKind) -> [String: String] { meanings[kind] ?? [:] }
}
