public import Database

/// How the database of the test would answer a statement: for tests that a list is served by an index.
public struct QueryPlan: Sendable, CustomStringConvertible {
    /// What the database says, a line a step.
    public let steps: [String]
    private let dialect: Dialect

    public var description: String { steps.joined(separator: "\n") }

    /// On PostgreSQL reading whole tables is made unattractive, as it is with many rows.
    public init(_ statement: SQL, _ conn: Connection) throws {
        dialect = conn.dialect
        switch conn.dialect {
        case .sqlite: steps = try conn.rows("EXPLAIN QUERY PLAN \(statement)").map { try $0["detail"] }
        case .postgres:
            try conn.run("SET LOCAL enable_seqscan = off")
            steps = try conn.rows("EXPLAIN (COSTS OFF) \(statement)").map { row in
                let line: String = try row[0]
                return String(line.drop { " ->".contains($0) })
            }
        }
    }

    public func uses(index: String) -> Bool { steps.contains { $0.contains("\(index) ") || $0.hasSuffix(index) } }

    /// The steps that read the table from its first row to its last.
    /// - Parameter alias: the table's name in the statement.
    public func whole(_ table: String, as alias: String) -> [String] {
        switch dialect {
        case .sqlite: steps.filter { $0 == "SCAN \(alias)" || $0.hasPrefix("SCAN \(alias) ") }
        case .postgres: steps.filter { $0.hasPrefix("Seq Scan on \(table) ") || $0 == "Seq Scan on \(table)" }
        }
    }

    /// Whether rows are gathered and sorted before the first one comes.
    public var sorts: Bool { steps.contains { $0.contains("TEMP B-TREE") || $0.hasPrefix("Sort") } }
}
