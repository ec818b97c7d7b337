internal import Contacts
internal import Core
internal import Database
internal import Primitives

extension FactKind {
    /// A person said whether two contacts are one, put the question aside, or took back what was said. In the chain of the one with the
    /// smaller number, referring to the other. Arguments: `name`, `other` (its name), `decision` (`PairState`; `open` takes it back),
    /// `score` (tenths). Before and after: the decision.
    static let pairDecided: FactKind = "contact.pair-decided"
}

/// What a person decides of a likely duplicate: kept with who, when and why (B8).
struct PairDecision {
    let change: Change
    init(_ change: Change) { self.change = change }

    /// - Throws: `Refusal` when somebody else decided meanwhile.
    func decide(_ pair: ContactPair, _ decision: PairState, why: String = "") throws {
        guard pair.state != decision else { return }
        let isOpen = decision == .open
        let decidedAt = isOpen ? nil : change.now
        let done = try change.conn.run(
            """
            UPDATE contact_pair
            SET state = \(decision), decided_by = \(optional: isOpen ? nil : change.principal.signedIn),
                decided_at = \(optional: decidedAt), why = \(isOpen ? "" : why)
            WHERE a = \(pair.key.a) AND b = \(pair.key.b) AND state = \(pair.state)
            """)
        guard done == 1 else { throw Refusal("cleanUp.desk.refused.changed") }
        try change.record(
            NewFact(
                .pairDecided, about: .contact(pair.key.a), and: [.contact(pair.key.b)],
                [
                    "name": .string(pair.names.a), "other": .string(pair.names.b), "decision": .string(decision.rawValue),
                    "score": .integer(Int64(pair.tenths)),
                ],
                before: .string(pair.state.rawValue), after: .string(decision.rawValue), why: why.isEmpty ? nil : why))
    }
}

enum PairTellings {
    static let decided = FactTelling(.pairDecided, for: .staff) { fact in
        let names: [String: WordArgument] = ["name": .text(fact.text("name")), "other": .text(fact.text("other"))]
        return switch PairState(rawValue: fact.text("decision")) {
        case .same: Phrase("cleanUp.radar.told.same", names)
        case .different: Phrase("cleanUp.radar.told.different", names)
        case .later: Phrase("cleanUp.radar.told.later", names)
        case .open, nil: Phrase("cleanUp.radar.told.open", names)
        }
    }
}
