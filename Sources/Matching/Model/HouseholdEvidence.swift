internal import Foundation

/// Whether a file holds households, seen without knowing which records are one person.
///
/// Two records that agree in everything but the first name are a family, or one person with a wrong first name. A file in which
/// fields are overwritten at random overwrites the last name, the house number and the city about as often. Only when it is shown
/// to do so, and when nobody's email or phone could tell the two apart, may a wholly different first name pass.
struct HouseholdEvidence: Sendable, Hashable {
    /// Compared pairs that differ wholly in this field alone, among first and last name, number, street, city and ZIP.
    var onlyFirstName = 0
    var onlyLastName = 0
    var onlyNumber = 0
    var onlyCity = 0
    /// Which part of the records has an email or a phone.
    var withReach = 0.0

    private static let fields: [MatchField] = [.firstName, .lastName, .number, .street, .city, .zip]

    mutating func count(_ levels: MatchLevels) {
        // Which of two crossed names is the first is anybody's guess.
        guard !levels.namesCrossed else { return }
        var different: MatchField?
        for field in HouseholdEvidence.fields {
            switch levels[field] {
            case .missing: return
            case .different:
                guard different == nil else { return }
                different = field
            default: break
            }
        }
        switch different {
        case .firstName: onlyFirstName += 1
        case .lastName: onlyLastName += 1
        case .number: onlyNumber += 1
        case .city: onlyCity += 1
        default: break
        }
    }

    /// Only a file that clearly has none is taken to have none: the first name differs alone less than three times as often as the
    /// last name (with 99.8 % certainty; in a city it is twenty times), and the other fields differ alone a third as often at least.
    var showsNoHouseholds: Bool {
        guard withReach < 0.05, onlyFirstName > 0, onlyLastName >= 30 else { return false }
        let (first, last) = (Double(onlyFirstName), Double(onlyLastName))
        let most = first / last * exp(3.1 * (1 / first + 1 / last).squareRoot())
        return most < 3 && onlyNumber * 3 >= onlyFirstName && onlyCity * 3 >= onlyFirstName
    }
}
