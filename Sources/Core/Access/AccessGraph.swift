public import CityPack
public import Database

/// The same rules decided by walking rows in memory, one by one. The property test of access holds this against the SQL on random
/// graphs; the two share nothing but the rules.
public struct AccessGraph: Sendable {
    public typealias Record = [String: SQLValue]
    private let tables: [String: [Record]]
    private let roles: [StaffRole: Set<Action>]

    /// - Parameter roles: what the city pack gives to each.
    public init(tables: [String: [Record]], roles: [RoleDeclaration]) {
        self.tables = tables
        self.roles = Dictionary(
            roles.map { (StaffRole(rawValue: $0.key), Set($0.may.map(Action.init(stringLiteral:)))) },
            uniquingKeysWith: { first, _ in first })
    }

    public func may(_ action: Action, _ principal: Principal, on id: Int64, rules: [AccessRule]) -> Bool {
        for rule in rules where rule.action == action {
            guard let thing = tables[rule.thing]?.first(where: { $0["id"] == .integer(id) }) else { continue }
            if holds(rule.condition, principal, thing) { return true }
        }
        return false
    }

    private func holds(_ condition: Condition, _ principal: Principal, _ thing: Record) -> Bool {
        switch condition {
        case .always: return true
        case .column(let name, let value): return thing[name] == value
        case .staff(let action):
            guard case .staff(_, let held) = principal else { return false }
            return held.contains { roles[$0]?.contains(action) ?? false }
        case .program:
            switch principal {
            case .job, .importer: return true
            default: return false
            }
        case .any(let conditions): return conditions.contains { holds($0, principal, thing) }
        case .all(let conditions): return conditions.allSatisfy { holds($0, principal, thing) }
        case .reached(let path):
            guard let account = principal.account, let target = thing["id"] else { return false }
            var frontier: Set<SQLValue> = [.integer(account.value)]
            for step in path {
                var next: Set<SQLValue> = []
                for record in tables[step.table] ?? [] where record["until"] == .null {
                    guard let from = record[step.from], frontier.contains(from), let to = record[step.to] else { continue }
                    guard step.filters.allSatisfy({ $0.values.contains(record[$0.column] ?? .null) }) else { continue }
                    next.insert(to)
                }
                frontier = next
            }
            return frontier.contains(target)
        }
    }
}
