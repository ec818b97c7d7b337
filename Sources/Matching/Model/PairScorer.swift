internal import Foundation

/// Weighs pairs by a model. Every thread has its own.
struct PairScorer: ~Copyable {
    private let records: MatchRecords
    private let model: MatchModel
    private var comparison: FieldComparison
    private let doubts: Doubts
    private let lowest: Int

    /// - Parameter lowest: pairs below it are not made, in tenths.
    init(_ records: MatchRecords, _ model: MatchModel, lowest: Int) {
        self.records = records
        self.model = model
        self.lowest = lowest
        comparison = FieldComparison(records)
        doubts = Doubts(records: records, model: model)
    }

    private static let namesOnly: Set<MatchField> = [.firstName, .middleName, .lastName, .companyName, .employer]
    private static let beyondNames = MatchField.allCases.filter { !namesOnly.contains($0) }.map(\.rawValue)

    /// nil when the score is below the lowest.
    mutating func score(_ a: Int, _ b: Int) -> ScoredPair? {
        let found = comparison.compare(a, b)
        let weights = model.weights(found.levels, found.frequencies)
        let sum = weights.sum() + model.priors.match
        // Household and caution only take away.
        guard sum * 10 >= Double(lowest - 10) else { return nil }
        return weigh(min(a, b), max(a, b), found, weights)
    }

    private func weigh(_ a: Int, _ b: Int, _ found: Comparison, _ weights: MatchModel.Weights) -> ScoredPair? {
        let classes = records.isCompany(a) || records.isCompany(b) ? OtherClasses.companies : .persons
        let sums = classes.sums(found.levels, weights)
        let others =
            (classes.canBeHousehold ? exp2(sums.household + model.priors.household) : 0) + exp2(sums.office + model.priors.office)
        let fields = (0..<MatchField.allCases.count).map { PairScorer.tenths(weights[$0]) }
        let suffix = suffixTenths(records.traits(a).suffix, records.traits(b).suffix)
        let (household, prior) = (-PairScorer.tenths(log2(1 + others)), PairScorer.tenths(model.priors.match))
        let sum = fields.reduce(0, +) + suffix + household + prior
        guard sum >= lowest else { return nil }
        let beyond = PairScorer.beyondNames.reduce(0) { $0 + weights[$1] }
        let doubt = doubts.first(a, b, found, beyondNames: beyond)
        let caution = doubt == nil ? 0 : min(0, BandLimits.same - 1 - sum)
        return ScoredPair(
            a: a, b: b, levels: found.levels, fieldTenths: fields, suffixTenths: suffix, householdTenths: household,
            cautionTenths: caution, priorTenths: prior, doubt: doubt)
    }

    /// Two different ones are two people.
    private func suffixTenths(_ a: PersonSuffix, _ b: PersonSuffix) -> Int {
        if a == b { return a == .none ? 0 : 20 }
        return a == .none || b == .none ? -40 : -200
    }

    private static func tenths(_ bits: Double) -> Int { Int((bits * 10).rounded()) }
}
