internal import Matching
internal import Primitives

/// Why two contacts may be one, as it is kept: every weight with what it stands for. Tenths of a bit, so that they add up exactly.
struct PairWeights: Sendable, Hashable {
    enum Reason: Sendable, Hashable {
        case field(MatchField, MatchLevel)
        /// Jr and Sr.
        case suffix
        /// Two people of one household or office would look the same.
        case household
        /// A doubt leaves the pair to a steward.
        case caution
        /// How likely any two contacts are one.
        case prior
    }

    struct Weight: Sendable, Hashable {
        let reason: Reason
        let tenths: Int
    }

    /// How one field that both know compares.
    struct Level: Sendable, Hashable {
        let field: MatchField
        let level: MatchLevel

        /// An email or a phone of several people is the same one, and says less.
        var isSameValue: Bool { level == .same || level == .related && (field == .email || field == .phone) }
    }

    /// Those that weigh something, fields first.
    let weights: [Weight]
    /// Of every field that both know, whatever it weighs.
    let levels: [Level]
    let doubt: MatchDoubt?

    var sum: Int { weights.reduce(0) { $0 + $1.tenths } }

    init(_ pair: ScoredPair) {
        levels = MatchField.allCases.map { Level(field: $0, level: pair.levels[$0]) }.filter { $0.level != .missing }
        doubt = pair.cautionTenths < 0 ? pair.doubt : nil
        let fields = MatchField.allCases.map { Weight(reason: .field($0, pair.levels[$0]), tenths: pair.tenths($0)) }
        let others = [
            Weight(reason: .suffix, tenths: pair.suffixTenths), Weight(reason: .household, tenths: pair.householdTenths),
            Weight(reason: .caution, tenths: pair.cautionTenths), Weight(reason: .prior, tenths: pair.priorTenths),
        ]
        weights = (fields + others).filter { $0.tenths != 0 }
    }
}

extension PairWeights {
    /// `{"levels":{"phone":"same"},"tenths":{"phone":71,"prior":-101},"doubt":"unit"}`
    var json: JSON {
        var members: [String: JSON] = [
            "levels": .object(
                Dictionary(levels.map { ($0.field.column, .string("\($0.level)")) }, uniquingKeysWith: { first, _ in first })),
            "tenths": .object(
                Dictionary(
                    weights.map { ($0.reason.column, .integer(Int64($0.tenths))) }, uniquingKeysWith: { first, _ in first })),
        ]
        if let doubt { members["doubt"] = .string(doubt.rawValue) }
        return .object(members)
    }

    init?(text: String) {
        guard let json = JSON(parsing: text), let levels = json["levels"]?.object, let tenths = json["tenths"]?.object else {
            return nil
        }
        self.levels = MatchField.allCases.compactMap { field in
            levels[field.column]?.string.flatMap(MatchLevel.init(name:)).map { Level(field: field, level: $0) }
        }
        let known = Dictionary(self.levels.map { ($0.field, $0.level) }, uniquingKeysWith: { first, _ in first })
        let reasons =
            MatchField.allCases.map { Reason.field($0, known[$0] ?? .missing) } + [.suffix, .household, .caution, .prior]
        weights = reasons.compactMap { reason in
            tenths[reason.column]?.integer.map { Weight(reason: reason, tenths: Int($0)) }
        }
        doubt = json["doubt"]?.string.flatMap(MatchDoubt.init(rawValue:))
    }
}

extension PairWeights.Reason {
    fileprivate var column: String {
        switch self {
        case .field(let field, _): field.column
        case .suffix: "suffix"
        case .household: "household"
        case .caution: "caution"
        case .prior: "prior"
        }
    }
}

extension MatchLevel {
    fileprivate init?(name: String) {
        guard let level = MatchLevel.allCases.first(where: { "\($0)" == name }) else { return nil }
        self = level
    }
}
