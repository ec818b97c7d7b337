public import Primitives

/// One file's rows: read = imported + updated + unchanged + refused. Numbers count data rows from 1.
public struct FileReport: Sendable {
    public struct Refused: Sendable, Hashable {
        public let row: Int
        public let reason: String

        public init(row: Int, reason: String) {
            self.row = row
            self.reason = reason
        }
    }

    /// Something that was taken otherwise than it stood there.
    public struct Repaired: Sendable, Hashable {
        public let row: Int
        public let field: String
        public let was: String
        public let reason: String

        public init(row: Int, field: String, was: String, reason: String) {
            self.row = row
            self.field = field
            self.was = was
            self.reason = reason
        }
    }

    public let name: String
    public internal(set) var read = 0
    public internal(set) var imported = 0
    public internal(set) var updated = 0
    public internal(set) var unchanged = 0
    public internal(set) var refused: [Refused] = []
    public private(set) var repaired: [Repaired] = []

    init(name: String) { self.name = name }

    mutating func add(_ found: [Repaired]) { repaired += found }

    /// What only a look at the whole file shows: a parent that is not there.
    public mutating func repair(_ found: [Repaired]) {
        repaired += found
        repaired.sort { ($0.row, $0.field) < ($1.row, $1.field) }
    }

    public var json: JSON {
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
