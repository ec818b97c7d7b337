public import Primitives

/// What became of every row: read = imported + updated + unchanged + refused.
public struct ImportReport: Sendable {
    /// Exactly the shape of `contract.md` 4; `parents` and `not_read` are extra.
    public var json: JSON {
        var members: [String: JSON] = [
            "files": .object(Dictionary(files.map { ($0.name, $0.json) }, uniquingKeysWith: { first, _ in first })),
            "statuses": statuses.json, "types": types.json, "contact_types": contactTypes.json,
            "can_sign_in": .integer(Int64(canSignIn)),
            "cannot_sign_in": .array(cannotSignIn.map { ["email": .string($0.email), "reason": .string($0.reason)] }),
            "parents": [
                "linked": .integer(Int64(parents.linked)),
                "missing": .array(parents.missing.map { ["row": .integer(Int64($0.row)), "number": .string($0.number)] }),
            ],
        ]
        if !notRead.isEmpty { members["not_read"] = .array(notRead.map(JSON.string)) }
        return .object(members)
    }

    let isRehearsal: Bool
    var files: [FileReport] = []
    var statuses = NamesSeen()
    var types = NamesSeen()
    var contactTypes = NamesSeen()
    var canSignIn = 0
    var cannotSignIn: [CannotSignIn] = []
    var parents = ParentsReport()
    /// Files of the folder that this version does not read.
    var notRead: [String] = []
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

/// One file's rows. Numbers count data rows from 1.
struct FileReport: Sendable {
    struct Refused: Sendable, Hashable {
        let row: Int
        let reason: String
    }
    struct Repaired: Sendable, Hashable {
        let row: Int
        let field: String
        let was: String
        let reason: String
    }

    let name: String
    var read = 0
    var imported = 0
    var updated = 0
    var unchanged = 0
    var refused: [Refused] = []
    var repaired: [Repaired] = []

    var json: JSON {
        [
            "read": .integer(Int64(read)), "imported": .integer(Int64(imported)), "updated": .integer(Int64(updated)),
            "unchanged": .integer(Int64(unchanged)),
            "refused": .array(refused.map { ["row": .integer(Int64($0.row)), "reason": .string($0.reason)] }),
            "repaired": .array(
                repaired.map {
                    [
                        "row": .integer(Int64($0.row)), "field": .string($0.field), "was": .string($0.was),
                        "reason": .string($0.reason),
                    ]
                }),
        ]
    }
}

/// Names that an export uses for statuses, types and parts, how often, and what each became here.
struct NamesSeen: Sendable {
    private var entries: [String: (count: Int, mappedTo: String?)] = [:]

    mutating func count(_ name: String, as key: String?) {
        entries[name, default: (0, key)].count += 1
    }

    var sorted: [(name: String, count: Int, mappedTo: String?)] {
        entries.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map { ($0.key, $0.value.count, $0.value.mappedTo) }
    }

    var json: JSON {
        .object(entries.mapValues { ["count": .integer(Int64($0.count)), "mapped_to": $0.mappedTo.map(JSON.string) ?? .null] })
    }
}
