public import Primitives

/// Names that an export uses, how often, and what each became here; nil where nothing did.
public struct NamesSeen: Sendable {
    private var entries: [String: (count: Int, mappedTo: String?)] = [:]

    public init() {}

    public mutating func count(_ name: String, as key: String?) {
        entries[name, default: (0, key)].count += 1
    }

    /// Adds what another file's rows used.
    mutating func add(_ other: NamesSeen) {
        entries.merge(other.entries) { ($0.count + $1.count, $0.mappedTo ?? $1.mappedTo) }
    }

    /// The most frequent first.
    public var sorted: [(name: String, count: Int, mappedTo: String?)] {
        entries.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map { ($0.key, $0.value.count, $0.value.mappedTo) }
    }

    public var json: JSON {
        .object(entries.mapValues { ["count": .integer(Int64($0.count)), "mapped_to": $0.mappedTo.map(JSON.string) ?? .null] })
    }
}
