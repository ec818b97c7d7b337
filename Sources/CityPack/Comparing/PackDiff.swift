/// The lists of a pack, in the order in which they are told.
public enum PackSection: String, Sendable, CaseIterable {
    case city, departments, modules
    case workClasses = "work_classes"
    case caseTypes = "case_types"
    case statuses
    case contactTypes = "contact_types"
    case fields, roles, topics, macros, notices
    /// What is marked as invented.
    case samples
}

/// One thing that would be another after a pack is published.
public struct PackChange: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case added, removed
        /// The same things in another order, which is the order people see.
        case reordered
        case changed([Value])
    }

    /// What is said of a thing before and after, by its key in the file. Empty where it was or is not said.
    public struct Value: Sendable, Hashable {
        public let key: String
        public let old: String
        public let new: String
    }

    public let section: PackSection
    /// The key of the thing; empty for the order of a whole list.
    public let key: String
    /// Its English name, where it has one.
    public let name: String
    public let kind: Kind
}

/// What would change from one version of a pack to another (K5).
public struct PackDiff: Sendable, Hashable {
    public let changes: [PackChange]
    /// Whether the files are the same to the letter. Without changes and not the same, only comments or spacing differ.
    public let isSame: Bool

    public init(from old: CityPack, to new: CityPack) {
        isSame = old.hash == new.hash
        changes = isSame ? [] : zip(PackOutline(old).sections, PackOutline(new).sections).flatMap(PackDiff.changes)
    }

    private static func changes(_ old: PackOutline.Section, _ new: PackOutline.Section) -> [PackChange] {
        let before = Dictionary(old.items.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.items.map(\.key))
        var changes = old.items.filter { !after.contains($0.key) }
            .map { PackChange(section: old.name, key: $0.key, name: $0.name, kind: .removed) }
        for item in new.items {
            guard let was = before[item.key] else {
                changes.append(PackChange(section: old.name, key: item.key, name: item.name, kind: .added))
                continue
            }
            let values = zip(was.says, item.says).filter { $0.value != $1.value }
                .map { PackChange.Value(key: $0.key, old: $0.value, new: $1.value) }
            if !values.isEmpty {
                changes.append(PackChange(section: old.name, key: item.key, name: item.name, kind: .changed(values)))
            }
        }
        let common = (old.items.map(\.key).filter(after.contains), new.items.map(\.key).filter { before[$0] != nil })
        if common.0 != common.1, old.name != .samples {
            changes.append(PackChange(section: old.name, key: "", name: "", kind: .reordered))
        }
        return changes
    }
}

extension PackDiff: CustomStringConvertible {
    /// For a terminal: a line for each thing, `+` added, `-` removed, `~` changed, with old and new value below.
    public var description: String {
        guard !changes.isEmpty else {
            return isSame ? "Nothing would change." : "Only comments or spacing differ."
        }
        var lines: [String] = []
        for section in PackSection.allCases {
            let own = changes.filter { $0.section == section }
            if own.isEmpty { continue }
            lines.append("\(section.rawValue):")
            for change in own {
                let named = change.name.isEmpty ? change.key : "\(change.key) (\(change.name))"
                switch change.kind {
                case .added: lines.append("  + \(named)")
                case .removed: lines.append("  - \(named)")
                case .reordered: lines.append("  ~ in another order")
                case .changed(let values):
                    lines.append("  ~ \(named)")
                    for value in values { lines += ["      \(value.key)", "        - \(value.old)", "        + \(value.new)"] }
                }
            }
        }
        return lines.joined(separator: "\n")
    }
}
