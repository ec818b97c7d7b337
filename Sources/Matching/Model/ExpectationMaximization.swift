internal import Foundation

/// Learns a model from a file in which nobody has said who is who: the weights that make the compared pairs most likely
/// (Dempster, Laird and Rubin 1977; for record linkage Winkler 1988, "Using the EM Algorithm for Weight Computation in the
/// Fellegi-Sunter Model of Record Linkage"). How often strangers agree comes from pairs taken at random and stays fixed.
enum ExpectationMaximization {
    private static let rounds = 20
    /// What is believed before anything was seen, as strong as this many pairs.
    private static let strength = 10.0
    /// different, like, near, related, same.
    private static let believed = [0.08, 0.05, 0.08, 0.04, 0.75]
    private static let levels = 5
    private static let isPlace = MatchField.allCases.map(MatchModel.place.contains)
    private static let fields = MatchField.allCases.count

    static func model(_ blocking: Blocking, _ records: MatchRecords) throws -> MatchModel {
        let sample = try SamplePairs.candidates(blocking, records)
        let strangers = Chance(SamplePairs.strangers(records), records)
        var evidence = HouseholdEvidence()
        evidence.withReach = records.shareWithReach
        for pair in sample.pairs where !pair.areCompanies { evidence.count(pair.levels) }
        var model = MatchModel(
            weights: [], sameByChance: strangers.same, known: strangers.known, priors: .init(match: 0, household: 0, office: 0),
            hasHouseholds: !evidence.showsNoHouseholds)
        let pairs = Double(records.count) * Double(max(1, records.count - 1)) / 2
        var agreement = [[Double]](repeating: believed, count: fields)
        // At first half of what was compared is taken for one person.
        var shares = (match: Double(sample.pairs.count) * 0.5, household: 0.0, office: 0.0)
        if model.hasHouseholds { shares = (shares.match, shares.match, shares.match) }
        for _ in 0..<rounds {
            try Task.checkCancellation()
            adopt(agreement, shares, sample.share / pairs, strangers, &model)
            (agreement, shares, model.moved) = step(sample, model)
        }
        adopt(agreement, shares, sample.share / pairs, strangers, &model)
        return model
    }

    private typealias Shares = (match: Double, household: Double, office: Double)

    private static func adopt(
        _ agreement: [[Double]], _ shares: Shares, _ perPair: Double, _ chance: Chance, _ model: inout MatchModel
    ) {
        model.weights = (0..<fields).map { field in
            var weights = (0..<levels).map { log2(agreement[field][$0] / chance.levels[field][$0]) }
            // A lesser agreement is never worth more than an equal text, and a difference never speaks for a pair.
            let same = levels - 1
            for level in 1..<same { weights[level] = min(weights[level], min(mostForLesser, weights[same])) }
            weights[0] = min(0, weights[0])
            return weights + [0]
        }
        func odds(_ count: Double) -> Double { log2(max(count, 0.5) * perPair) }
        model.priors = .init(
            match: odds(shares.match),
            household: model.hasHouseholds ? odds(max(shares.household, shares.match * 0.2)) : -.infinity,
            office: model.hasHouseholds ? odds(max(shares.office, shares.match * 0.2)) : -.infinity)
    }

    private static let mostForLesser = 10.0
    /// More than this part of a person's records cannot have another first or last name: those would be other people.
    private static let mostDifferentNames = 0.15

    private static func step(_ sample: SamplePairs, _ model: MatchModel) -> ([[Double]], Shares, moved: Double) {
        var counts = [[Double]](repeating: believed.map { $0 * strength }, count: fields)
        var shares: Shares = (0, 0, 0)
        var (places, moves) = (strength, strength * believed[0])
        for pair in sample.pairs {
            let sums = (pair.areCompanies ? OtherClasses.companies : .persons).sums(
                pair.levels, model.weights(pair.levels, pair.frequencies))
            let match = exp2(min(60, sums.match + model.priors.match))
            let home = pair.areCompanies ? 0 : exp2(min(60, sums.household + model.priors.household))
            let office = exp2(min(60, sums.office + model.priors.office))
            let whole = 1 + match + home + office
            shares.match += match / whole
            shares.household += home / whole
            shares.office += office / whole
            guard match / whole > 0.001 else { continue }
            let hasMoved = model.hasMoved(pair.levels)
            (places, moves) = (places + match / whole, moves + (hasMoved ? match / whole : 0))
            for field in 0..<fields where !hasMoved || !isPlace[field] {
                let level = pair.levels.raw(field)
                if level < levels { counts[field][level] += match / whole }
            }
        }
        var agreement = counts.map { count in
            let all = count.reduce(0, +)
            return count.map { $0 / all }
        }
        for field in [MatchField.firstName, .lastName, .companyName] { limit(&agreement[field.rawValue]) }
        return (agreement, shares, log2(moves / places))
    }

    private static func limit(_ agreement: inout [Double]) {
        guard agreement[0] > mostDifferentNames else { return }
        let factor = (1 - mostDifferentNames) / (1 - agreement[0])
        agreement = [mostDifferentNames] + agreement.dropFirst().map { $0 * factor }
    }
}

/// How two strangers agree: the levels from random pairs, equal texts exactly from how often each text stands in the file.
private struct Chance {
    var levels: [[Double]] = []
    var same: [Double] = []
    var known: [Double] = []

    init(_ strangers: SamplePairs, _ records: MatchRecords) {
        var counts = [[Double]](repeating: [0.5, 0.5, 0.5, 0.5, 0.5, 0], count: MatchField.allCases.count)
        for pair in strangers.pairs {
            for field in counts.indices { counts[field][pair.levels.raw(field)] += 1 }
        }
        for field in MatchField.allCases {
            let (same, known) = records.sameByChance(field)
            let lesser = counts[field.rawValue][..<4].reduce(0, +)
            levels.append(counts[field.rawValue][..<4].map { $0 / lesser * (1 - same) } + [same])
            self.same.append(same)
            self.known.append(known)
        }
    }
}

extension MatchRecords {
    /// How often two random records that know a field have the same text in it, and how many know it.
    func sameByChance(_ field: MatchField) -> (same: Double, known: Double) {
        let counts = frequencies[field.slot]
        var (known, pairs) = (0.0, 0.0)
        for count in counts.dropFirst() {
            known += Double(count)
            pairs += Double(count) * Double(max(1, count) - 1)
        }
        return (max(pairs, 0.5) / max(1, known * (known - 1)), max(1, known))
    }

    /// The part of the records with an email or a phone.
    var shareWithReach: Double {
        var found = 0
        for base in stride(from: 0, to: rows.count, by: Slot.count)
        where rows[(base + Slot.email)..<(base + Slot.phone + Slot.phones)].contains(where: { $0 != 0 }) { found += 1 }
        return Double(found) / Double(max(1, count))
    }
}

extension MatchField {
    /// Where its texts are counted.
    var slot: Int {
        switch self {
        case .firstName: Slot.first
        case .middleName: Slot.middle
        case .lastName: Slot.last
        case .companyName, .employer: Slot.company
        case .email: Slot.email
        case .phone: Slot.phone
        case .number: Slot.number
        case .street: Slot.street
        case .unit: Slot.unit
        case .city: Slot.city
        case .state: Slot.traits
        case .zip: Slot.zip
        }
    }
}
