public import Primitives

/// What was learned from all contacts of a city, to be kept: a new contact is weighed by it at once, without reading the others again.
public struct MatchKnowledge: Sendable {
    let model: MatchModel
    let common: CommonTexts

    /// The pairs of one contact with others that reach the lowest score: `a` is 0, `b` the position among the others plus 1.
    /// - Parameter lowest: in tenths of a bit.
    public func pairs(of contact: MatchContact, with others: [MatchContact], lowest: Int = BandLimits.review) -> [ScoredPair] {
        var builder = MatchRecordsBuilder()
        builder.add(contact)
        for other in others { builder.add(other) }
        let records = builder.finish(common)
        var scorer = PairScorer(records, model, lowest: lowest)
        var pairs: [ScoredPair] = []
        for other in 1..<max(1, records.count) {
            if let pair = scorer.score(0, other) { pairs.append(pair) }
        }
        return pairs
    }

    public var json: JSON { .object(["model": model.json, "common": common.json]) }

    /// nil when it was not written by this version.
    public init?(json: JSON) {
        guard let model = json["model"].flatMap(MatchModel.init(json:)),
            let common = json["common"].flatMap(CommonTexts.init(json:))
        else { return nil }
        self.init(model: model, common: common)
    }

    init(model: MatchModel, common: CommonTexts) {
        self.model = model
        self.common = common
    }
}

extension MatchModel {
    var json: JSON {
        .object([
            "weights": .array(weights.map { .array($0.map(JSON.decimal)) }), "moved": .decimal(moved),
            "sameByChance": .array(sameByChance.map(JSON.decimal)), "known": .array(known.map(JSON.decimal)),
            "match": .decimal(priors.match), "household": MatchModel.json(priors.household),
            "office": MatchModel.json(priors.office), "hasHouseholds": .bool(hasHouseholds),
        ])
    }

    init?(json: JSON) {
        let fields = MatchField.allCases.count
        let weights = json["weights"]?.array?.map { MatchModel.numbers($0) } ?? []
        let (sameByChance, known) = (MatchModel.numbers(json["sameByChance"]), MatchModel.numbers(json["known"]))
        guard weights.count == fields, weights.allSatisfy({ $0.count == MatchLevel.allCases.count }),
            sameByChance.count == fields,
            known.count == fields, let moved = MatchModel.number(json["moved"]), let match = MatchModel.number(json["match"]),
            case .bool(let hasHouseholds) = json["hasHouseholds"]
        else { return nil }
        self.init(
            weights: weights, moved: moved, sameByChance: sameByChance, known: known,
            priors: Priors(
                match: match, household: MatchModel.number(json["household"]) ?? -.infinity,
                office: MatchModel.number(json["office"]) ?? -.infinity),
            hasHouseholds: hasHouseholds)
    }

    /// JSON knows no infinity: what cannot be is nothing.
    private static func json(_ prior: Double) -> JSON { prior.isFinite ? .decimal(prior) : .null }

    /// A decimal without decimals may come back as an integer.
    private static func number(_ json: JSON?) -> Double? {
        switch json {
        case .decimal(let number): number
        case .integer(let number): Double(number)
        default: nil
        }
    }

    private static func numbers(_ json: JSON?) -> [Double] { json?.array?.compactMap { number($0) } ?? [] }
}
