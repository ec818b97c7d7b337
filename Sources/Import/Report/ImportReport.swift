public import CityPack
public import Core
public import Primitives

/// What became of every row: read = imported + updated + unchanged + refused.
public struct ImportReport: Sendable {
    /// Exactly the shape of `contract.md` 4; `parents`, `other_names` and `not_read` are extra.
    public var json: JSON {
        var members: [String: JSON] = [
            "files": .object(Dictionary(files.map { ($0.name, $0.json) }, uniquingKeysWith: { first, _ in first })),
            "can_sign_in": .integer(Int64(canSignIn)),
            "cannot_sign_in": .array(cannotSignIn.map { ["email": .string($0.email), "reason": .string($0.reason)] }),
            "parents": [
                "linked": .integer(Int64(parents.linked)),
                "missing": .array(parents.missing.map { ["row": .integer(Int64($0.row)), "number": .string($0.number)] }),
            ],
        ]
        for kind in ImportReport.named { members[kind.rawValue] = (names[kind] ?? NamesSeen()).json }
        let others = names.filter { !ImportReport.named.contains($0.key) }
        members["other_names"] = .object(Dictionary(uniqueKeysWithValues: others.map { ($0.key.rawValue, $0.value.json) }))
        if !notRead.isEmpty { members["not_read"] = .array(notRead.map(JSON.string)) }
        return .object(members)
    }

    /// The mapping file for these names, ready to edit.
    public func mappingTable(_ pack: CityPack) -> String { MappingTable.text(names.mapValues(\.sorted), pack) }

    static let named: [NameKind] = [.statuses, .types, .contactTypes]

    public let isRehearsal: Bool
    var files: [FileReport] = []
    public internal(set) var names: [NameKind: NamesSeen] = [:]
    var canSignIn = 0
    var cannotSignIn: [CannotSignIn] = []
    var parents = ParentsReport()
    /// Files of the folder that this version does not read.
    var notRead: [String] = []

    init(isRehearsal: Bool) { self.isRehearsal = isRehearsal }
}

struct CannotSignIn: Sendable, Hashable {
    let email: String
    let reason: String
}

struct ParentsReport: Sendable {
    struct Missing: Sendable, Hashable {
        let row: Int
        let number: String
    }
    var linked = 0
    var missing: [Missing] = []
}
