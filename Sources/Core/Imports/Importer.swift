public import CityPack

/// Reads one file of a legacy export and reconciles it, to the row (K6). The module that owns the records owns the reading.
public struct Importer: Sendable {
    /// `invoices.csv`
    public let file: String
    /// Smaller comes first: contacts 10, portal users 20, cases 30, contacts of cases 40, everything about a case after that.
    public let order: Int
    public let read: @Sendable (RowEngine, _ path: String, inout ImportState) async throws -> FileReport

    public init(
        file: String, order: Int,
        read: @escaping @Sendable (RowEngine, _ path: String, inout ImportState) async throws -> FileReport
    ) {
        self.file = file
        self.order = order
        self.read = read
    }
}

/// What the rows of one file need to know of the files before: a rehearsal writes nothing, so the database alone cannot say it.
public struct ImportState: Sendable {
    /// Which names the old system used, how often, and what each became.
    public var names: [NameKind: NamesSeen] = [:]
    public var cases = KeysSeen()
    public var contacts = KeysSeen()

    public init() {}

    /// Adds the names that files read beside these used.
    public mutating func add(names other: ImportState) {
        names.merge(other.names) { mine, theirs in
            var both = mine
            both.add(theirs)
            return both
        }
    }

    /// Counts a name that stands in a row; an empty one is no name.
    public mutating func count(_ name: String, _ kind: NameKind, as key: String?) {
        guard !name.isEmpty else { return }
        names[kind, default: NamesSeen()].count(name, as: key)
    }
}

/// Keys of one file's rows: what was taken, as which record, and in which row what was refused stands.
public struct KeysSeen: Sendable {
    /// The keys of the records that this run made; it asks for others, which somebody may have removed since.
    private var accepted: [String: Int64?] = [:]
    public private(set) var refused: [String: Int] = [:]

    public init() {}

    /// The file was not there, or nothing in it could be read: what is not among these may still be in the database.
    public var isEmpty: Bool { accepted.isEmpty && refused.isEmpty }

    public mutating func accept(_ key: String, as record: Int64?) {
        accepted[key] = .some(record)
        refused[key] = nil
    }

    public func accepts(_ key: String) -> Bool { accepted[key] != nil }

    /// nil where this run made none.
    public func record(_ key: String) -> Int64? { accepted[key] ?? nil }

    public mutating func refuse(_ key: String, row: Int) {
        if !key.isEmpty, !accepts(key), refused[key] == nil { refused[key] = row }
    }
}

/// Why an import cannot start, with what to do about it. Rows never throw this: they are refused one by one, in the report.
public struct ImportProblem: Error, Sendable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
