internal import Foundation

/// What agreement is worth in one file. For every field and level the base-2 logarithm of how much more often it is seen in two
/// records of one person than in two records taken at random (Fellegi and Sunter 1969, "A Theory for Record Linkage").
public struct MatchModel: Sendable {
    /// By field and level, in bits. `missing` is 0.
    var weights: [[Double]]
    /// What it says that two records are in different places, in bits.
    var moved = -3.0
    /// How often two random records agree in a field.
    var sameByChance: [Double]
    /// In how many records a field is known.
    var known: [Double]
    /// Log-odds, against two strangers, that two random records are one person, two people of one household, two people (or
    /// companies) of one office. Nothing is known of the last two in a file that shows no households.
    var priors: Priors

    struct Priors: Sendable {
        var match: Double
        var household: Double
        var office: Double
    }

    /// Whether two records that differ only in the first name may be two people. See `HouseholdEvidence`.
    public internal(set) var hasHouseholds: Bool

    /// A rare text says more than a common one, but a text that stands twice in the file may be rare only because nobody else
    /// spells it so: at most this many bits more than the average.
    static let mostForRarity = 4.0

    /// What all fields of a pair weigh, by field.
    func weights(_ levels: MatchLevels, _ frequencies: Comparison.Frequencies) -> Weights {
        var result = Weights()
        for field in 0..<MatchField.allCases.count {
            result[field] = weight(field, levels.raw(field), frequency: frequencies.raw(field))
        }
        guard hasMoved(levels) else { return result }
        for field in MatchModel.place { result[field.rawValue] = max(0, result[field.rawValue]) }
        result[MatchField.street.rawValue] = moved
        return result
    }

    /// A number a field, without memory of its own.
    typealias Weights = SIMD16<Double>

    /// Street and number both differ. Somebody who has moved has another unit, city and ZIP code too, so the place counts once.
    func hasMoved(_ levels: MatchLevels) -> Bool {
        weights[MatchField.street.rawValue][levels.raw(MatchField.street.rawValue)] < 0
            && weights[MatchField.number.rawValue][levels.raw(MatchField.number.rawValue)] < 0
    }

    static let place: [MatchField] = [.number, .street, .unit, .city, .state, .zip]

    /// The weight of one field, in bits: for equal texts by how many records have the text.
    private func weight(_ field: Int, _ level: Int, frequency: UInt32) -> Double {
        let weight = weights[field][level]
        guard level == Int(MatchLevel.same.rawValue), frequency > 0 else { return weight }
        return max(0, weight + rarity(field, frequency))
    }

    /// What the rarity of an equal text adds, in bits.
    private func rarity(_ field: Int, _ frequency: UInt32) -> Double {
        guard frequency > 0 else { return 0 }
        return min(MatchModel.mostForRarity, max(-8, log2(sameByChance[field] * known[field] / Double(frequency))))
    }
}

/// Two strangers are one way in which records agree by chance. Two others are not chance: people of one household share last name
/// and address, people of one office share address, phone and mail.
struct OtherClasses {
    /// Fields that say nothing in a pair of this class: they agree as they do in strangers.
    let household: [Bool]
    let office: [Bool]
    let canBeHousehold: Bool

    static let persons = OtherClasses(
        household: mask([.firstName, .middleName]), office: mask([.firstName, .middleName, .lastName]), canBeHousehold: true)
    static let companies = OtherClasses(
        household: mask([]), office: mask([.companyName, .firstName, .middleName, .lastName]), canBeHousehold: false)

    private static func mask(_ fields: Set<MatchField>) -> [Bool] { MatchField.allCases.map(fields.contains) }

    /// How much rarer than by chance a family gives one first name twice, and how much rarer than one person its members use the
    /// same mailbox and the same phone: bits.
    static let sameFirstName = -4.0
    static let sameEmail = -3.0
    static let samePhone = -1.0

    /// How much rarer than by chance two companies in one office have one name: bits.
    static let sameCompany = -6.0

    /// Sums of weights as each class sees them, without the priors.
    func sums(_ levels: MatchLevels, _ weights: MatchModel.Weights) -> (match: Double, household: Double, office: Double) {
        var (match, home, work) = (0.0, 0.0, 0.0)
        for field in 0..<MatchField.allCases.count {
            let value = weights[field]
            match += value
            if !household[field] { home += value }
            if !office[field] { work += value }
        }
        if levels[.firstName] == .same { home += OtherClasses.sameFirstName }
        if levels[.email] == .same { home += OtherClasses.sameEmail }
        if levels[.companyName] == .same { work += OtherClasses.sameCompany }
        if levels[.phone] == .same { home += OtherClasses.samePhone }
        return (match, home, work)
    }
}
