public import Database

/// How the database of the test would answer a statement: for tests that a list is served by an index.
public struct QueryPlan: Sendable, CustomStringConvertible {
    /// What the database says, a line a step.
    public let steps: [String]
    private let dialect: Dialect

    public var description: String { steps.joined(separator: "\n") }

    /// On PostgreSQL reading whole tables is made unattractive, as it is with many rows.
    public init(_ statement: SQL, _ conn: Connection) throws {
        let (text, values) = statement.rendered(for: conn.dialect)
        try self.init(StatementLog.Statement(text: text, values: values), conn)
    }

    /// The same of a statement that was asked before.
    public init(_ statement: StatementLog.Statement, _ conn: Connection) throws {
        dialect = conn.dialect
        if conn.dialect == .postgres { try conn.run("SET LOCAL enable_seqscan = off") }
        let explain = conn.dialect == .sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN (COSTS OFF) "
        var lines: [String] = []
        _ = try conn.driver.run(explain + statement.text, statement.values, streaming: false) { row in
            lines.append(conn.dialect == .sqlite ? try row["detail"] : try row[0])
        }
        steps = conn.dialect == .sqlite ? lines : lines.map { line in String(line.drop { " ->".contains($0) }) }
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

    /// Those of some tables that the statement reads from the first row to the last. SQLite's plan is the same for few rows as for many;
    /// PostgreSQL's may be another.
    public func whole(of tables: Set<String>, _ statement: StatementLog.Statement) -> [String] {
        steps.compactMap { step -> String? in
            switch dialect {
            case .postgres:
                return step.wholeMatch(of: /(?:Parallel )?Seq Scan on (\w+).*/).map { String($0.output.1) }
            case .sqlite:
                guard let alias = step.wholeMatch(of: /SCAN (\w+)/).map({ String($0.output.1) }) else { return nil }
                if tables.contains(alias) { return alias }
                return tables.sorted().first { table in
                    [" ", "\n", ")", ","].contains { (statement.text + " ").contains("\(table) \(alias)\($0)") }
                }
            }
        }.filter { tables.contains($0) && !statement.readsNewestFirst($0) }
    }

    /// Whether rows are gathered and sorted before the first one comes.
    public var sorts: Bool { steps.contains { $0.contains("TEMP B-TREE") || $0.hasPrefix("Sort") } }
}

extension StatementLog.Statement {
    /// Whether it goes through a table from the newest row on until there are enough, whatever they are.
    fileprivate func readsNewestFirst(_ table: String) -> Bool {
        text.matches(of: /FROM (\w+)\b([^()]*?)ORDER BY (?:\w+\.)?id DESC\s+LIMIT/).contains { match in
            match.output.1 == table && !match.output.2.replacing("WHERE 1 = 1", with: "").contains("WHERE")
        }
    }
}
