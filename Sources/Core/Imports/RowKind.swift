public import Database
public import Primitives

/// A row that was understood, under the key by which it is known again.
public struct Keyed<Row: Sendable>: Sendable {
    /// Unique within the file.
    public let key: String
    /// How a person calls it: `permit number ELE2021-00408`.
    public let label: String
    public let row: Row

    public init(key: String, label: String, row: Row) {
        self.key = key
        self.label = label
        self.row = row
    }
}

/// How the rows of one file become records. `read` understands a row by itself and what was read before; the others see the database.
public struct RowKind<State: Sendable, Row: Sendable> {
    /// The name in the list of remembered rows; the file itself may be called anything.
    let file: String
    /// Columns that must be there.
    let required: [String]
    /// Columns whose values make a row another one. A change in any other column is no change.
    let columns: [String]
    let read: (inout RowNotes, inout State) throws -> Keyed<Row>
    /// Why new rows cannot be taken, when only the database knows: one answer a row.
    let problems: @Sendable ([Row], Connection) throws -> [String?]
    /// Makes the record and gives its key: the careful way.
    let create: @Sendable (Row, Change) throws -> Int64?
    /// Makes many new records at once, exactly as `create` would one after the other.
    let createAll: (@Sendable ([Row], Change) throws -> [Int64?])?
    let update: @Sendable (Row, Int64?, Change) throws -> Void
    /// What later rows need to know of an accepted one, and the key of its record where this run made it.
    let settled: (Keyed<Row>, _ number: Int, _ record: Int64?, inout State) -> Void
    /// What later rows need to know of one that was left out after it was read.
    let refused: (Keyed<Row>, _ number: Int, inout State) -> Void

    public init(
        file: String, required: [String], columns: [String],
        read: @escaping (inout RowNotes, inout State) throws -> Keyed<Row>,
        problems: @escaping @Sendable ([Row], Connection) throws -> [String?] = { rows, _ in rows.map { _ in nil } },
        create: @escaping @Sendable (Row, Change) throws -> Int64?,
        createAll: (@Sendable ([Row], Change) throws -> [Int64?])? = nil,
        update: @escaping @Sendable (Row, Int64?, Change) throws -> Void,
        settled: @escaping (Keyed<Row>, _ number: Int, _ record: Int64?, inout State) -> Void = { _, _, _, _ in },
        refused: @escaping (Keyed<Row>, _ number: Int, inout State) -> Void = { _, _, _ in }
    ) {
        self.file = file
        self.required = required
        self.columns = columns
        self.read = read
        self.problems = problems
        self.create = create
        self.createAll = createAll
        self.update = update
        self.settled = settled
        self.refused = refused
    }
}

/// What became of one row.
enum Outcome: Sendable {
    /// As which record; a rehearsal makes none.
    case imported(Int64?)
    case updated, unchanged
    case refused(String)
}
