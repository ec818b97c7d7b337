public import CityPack
public import Primitives

extension ProgramNames {
    /// What the features know. An action counts when a route, a rule or a queue asks for it, or when it is declared; a sentence of
    /// a mail is one whose name goes on with `mail` after the module's: `accounts.mail.closing`.
    public init(_ features: [any Feature], _ words: Words) {
        var actions = Set(features.flatMap(\.actions).map(\.action.description))
        for route in features.flatMap(\.routes) {
            if case .staff(let action) = route.access { actions.insert(action.description) }
        }
        for rule in features.flatMap(\.accessRules) { actions.formUnion(rule.condition.staffActions.map(\.description)) }
        actions.formUnion(features.flatMap(\.deskQueues).map(\.action.description))
        actions.formUnion(features.flatMap(\.deskLinks).map(\.action.description))
        let plural = words.forms(in: .english).filter { $0.value.count > 1 }
        let mails = words.holes(in: .english).filter { key, _ in
            plural[key] == nil && key.split(separator: ".").dropFirst().first == "mail"
        }
        self.init(fields: Set(features.flatMap(\.caseFields)).sorted(), actions: actions.sorted(), notices: mails)
    }
}

extension Condition {
    /// What it asks of staff.
    var staffActions: [Action] {
        switch self {
        case .staff(let action): [action]
        case .any(let conditions), .all(let conditions): conditions.flatMap(\.staffActions)
        case .always, .column, .reached, .program: []
        }
    }
}

extension CityContext {
    /// What a pack is checked against.
    public var programNames: ProgramNames { ProgramNames(features, live.words) }
}
