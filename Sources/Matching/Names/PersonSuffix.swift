/// What tells a father from a son of the same name.
public enum PersonSuffix: UInt8, Sendable, Hashable {
    case none, senior, junior, second, third, fourth, fifth

    /// nil when the word, folded, is no suffix.
    init?(word: Substring) {
        switch word {
        case "sr", "snr", "senior": self = .senior
        case "jr", "jnr", "junior": self = .junior
        case "ii", "2nd": self = .second
        case "iii", "3rd": self = .third
        case "iv", "4th": self = .fourth
        case "v", "5th": self = .fifth
        default: return nil
        }
    }

    /// Takes a suffix off the end of a folded name. A name that is nothing but a suffix stays a name ("Junior" is one), and a
    /// single "v" is an initial.
    static func taken(from name: inout String) -> PersonSuffix {
        let words = name.split(separator: " ")
        guard words.count > 1, let last = words.last, let suffix = PersonSuffix(word: last), last != "v" || words.count > 2
        else { return .none }
        name = words.dropLast().joined(separator: " ")
        return suffix
    }
}
