public import Database
public import Primitives

/// Something a principal may or may not do: `case.view`, `desk.link`.
public struct Action: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let description: String
    public init(stringLiteral value: String) { description = value }
}

/// One kind of row that leads from one key to another: membership leads from an account to an organization.
/// Only live rows count (`until IS NULL`).
public struct Relation: Sendable, Hashable {
    public let table: String
    public let from: String
    public let to: String
    /// Columns that must hold one of these values.
    public let filters: [Filter]

    public struct Filter: Sendable, Hashable {
        public let column: String
        public let values: [SQLValue]
        public init(_ column: String, in values: [SQLValue]) {
            self.column = column
            self.values = values
        }
    }

    public init(_ table: String, from: String, to: String, filters: [Filter] = []) {
        self.table = table
        self.from = from
        self.to = to
        self.filters = filters
    }
}

/// When a rule allows: data that is read two ways, as a decision about one thing and as an SQL predicate for many.
public indirect enum Condition: Sendable {
    case always
    /// The thing's own column.
    case column(String, equals: SQLValue)
    /// A path of live rows from the principal's account to the thing.
    case reached(by: [Relation])
    /// The principal is staff with a role that carries this action.
    case staff(Action)
    /// The principal is one of the program's own: a job or an importer.
    case program
    case any([Condition])
    case all([Condition])
}

/// One line of the access table.
public struct AccessRule: Sendable {
    public let action: Action
    /// The table of the things it is about.
    public let thing: String
    public let condition: Condition
    public init(_ action: Action, on thing: String, when condition: Condition) {
        self.action = action
        self.thing = thing
        self.condition = condition
    }
}

/// Every rule, default deny. Each rule exists once, as data.
///
/// What stands as raw SQL below are names of tables and columns out of the rules themselves, which are written in the program and
/// which no statement can bind; every value is bound.
public struct AccessTable: Sendable {
    public let rules: [AccessRule]
    private let byAction: [Action: [AccessRule]]
    /// What a role carries now.
    private let carries: @Sendable (StaffRole, Action) -> Bool

    public init(_ rules: [AccessRule], carries: @escaping @Sendable (StaffRole, Action) -> Bool) {
        self.rules = rules
        self.carries = carries
        byAction = Dictionary(grouping: rules, by: \.action)
    }

    /// The rows of `alias` that the principal may do this with: for every list, count, search, feed and export.
    /// - Parameter isOne: whether the statement is about one row. Then that row is looked up in the relations, however many others the
    ///   account reaches; for many rows everything that it reaches is gathered once.
    public func visible(_ action: Action, to principal: Principal, alias: String, isOne: Bool = false) -> SQL {
        let allowed = (byAction[action] ?? []).map { predicate($0.condition, principal, alias, isOne) }
        return "(\(AccessTable.joined(allowed, with: " OR ", empty: "1 = 0")))"
    }

    /// The same decision for one thing.
    public func may(_ action: Action, _ principal: Principal, on id: Int64, _ conn: Connection) throws(DatabaseError) -> Bool {
        guard let table = byAction[action]?.first?.thing else { return false }
        // Raw: a table's name out of the rules, which no statement can bind.
        return try conn.exists(
            "SELECT 1 FROM \(raw: table) thing WHERE thing.id = \(id) AND \(visible(action, to: principal, alias: "thing", isOne: true))"
        )
    }

    /// A decision that is about no particular thing: may this person open the desk?
    public func may(_ action: Action, _ principal: Principal) -> Bool {
        switch principal {
        case .staff(_, let roles): roles.contains { carries($0, action) }
        default: false
        }
    }

    private func predicate(_ condition: Condition, _ principal: Principal, _ alias: String, _ isOne: Bool) -> SQL {
        switch condition {
        case .always: "1 = 1"
        case .column(let name, let value): "\(raw: alias).\(raw: name) = \(value: value)"
        case .reached(let path): reached(path, principal, alias, isOne)
        case .staff(let action): may(action, principal) ? "1 = 1" : "1 = 0"
        case .program:
            switch principal {
            case .job, .importer: "1 = 1"
            default: "1 = 0"
            }
        case .any(let conditions):
            "(\(AccessTable.joined(conditions.map { predicate($0, principal, alias, isOne) }, with: " OR ", empty: "1 = 0")))"
        case .all(let conditions):
            "(\(AccessTable.joined(conditions.map { predicate($0, principal, alias, isOne) }, with: " AND ", empty: "1 = 1")))"
        }
    }

    private static func joined(_ parts: [SQL], with separator: String, empty: SQL) -> SQL {
        parts.isEmpty ? empty : parts.joined(separator: separator)
    }

    /// `alias.id IN (SELECT r1.case_id FROM contact_link r0 JOIN case_grant r1 ON … WHERE r0.account_id = ? …)`, or of one row
    /// `EXISTS (SELECT 1 FROM … WHERE … AND r1.case_id = alias.id …)`.
    private func reached(_ path: [Relation], _ principal: Principal, _ alias: String, _ isOne: Bool) -> SQL {
        guard let account = principal.account, let first = path.first, let last = path.last else { return "1 = 0" }
        // Raw: an alias of the program's own, and tables and columns out of the rules, which no statement can bind.
        let thing: SQL = "\(raw: alias).id"
        let end: SQL = "r\(raw: String(path.count - 1)).\(raw: last.to)"
        var sql: SQL = isOne ? "EXISTS (SELECT 1" : "\(thing) IN (SELECT \(end)"
        sql += " FROM \(raw: first.table) r0"
        for index in path.indices.dropFirst() {
            let (step, before) = (path[index], path[index - 1])
            sql += " JOIN \(raw: step.table) r\(raw: String(index)) ON r\(raw: String(index)).\(raw: step.from) = "
            sql += "r\(raw: String(index - 1)).\(raw: before.to)"
        }
        sql += " WHERE r0.\(raw: first.from) = \(account)"
        for (index, step) in path.enumerated() {
            sql += " AND r\(raw: String(index)).until IS NULL"
            for filter in step.filters {
                let values = filter.values.map { "\(value: $0)" as SQL }.joined(separator: ", ")
                sql += " AND r\(raw: String(index)).\(raw: filter.column) IN (\(values))"
            }
        }
        // The limit keeps PostgreSQL from gathering everything after all, which it takes for cheaper than two such questions.
        if isOne { sql += " AND \(end) = \(thing) LIMIT 1 OFFSET 0" }
        return sql + ")"
    }
}
