/// The names of a statement's columns, shared by its rows.
public final class Columns: Sendable {
    let names: [String]
    @usableFromInline let index: [String: Int]

    public init(_ names: [String]) {
        self.names = names
        index = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

/// One row of a result. Values decode by column name in an `init(row:)` beside the query: `name = try row["name"]`. Decoding is compiled
/// where it is asked for, once for each kind of value.
public struct Row: Sendable {
    @usableFromInline let columns: Columns
    @usableFromInline package let values: [SQLValue]

    public init(columns: Columns, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    @inlinable
    public subscript<Value: SQLConvertible>(_ name: String) -> Value {
        get throws(DatabaseError) {
            guard let position = columns.index[name] else {
                throw DatabaseError(.other, "There is no column \(name) in this result.")
            }
            return try decode(values[position], name)
        }
    }

    @inlinable
    public subscript<Value: SQLConvertible>(_ position: Int) -> Value {
        get throws(DatabaseError) { try decode(values[position], "number \(position)") }
    }

    @inlinable
    func decode<Value: SQLConvertible>(_ value: SQLValue, _ name: String) throws(DatabaseError) -> Value {
        guard let decoded = Value(sqlValue: value) else {
            throw DatabaseError(.other, "The column \(name) does not hold a \(Value.self).")
        }
        return decoded
    }

    /// Every column with its value, in order: for exports and comparisons.
    public var all: [(name: String, value: SQLValue)] { Array(zip(columns.names, values)) }
}
