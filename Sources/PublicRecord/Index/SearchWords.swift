internal import CityPack
internal import Primitives

/// The words to find, folded: all of them must be in an entry.
struct SearchWords: Sendable, Hashable {
    /// Stand for filters.
    var marks: [String] = []
    var whole: [String] = []
    /// What the last word begins with, while somebody may still be typing it.
    var beginning: String?

    /// More than these do not narrow a search.
    private static let most = 12

    static func typed(_ text: String) -> [String] {
        foldedForSearch(text).split(separator: " ").prefix(most).map(String.init)
    }

    /// `ELE2021-00408`, `ele 2021 00408` and `ELE202100408` are one number.
    static func folded(number: String) -> String { foldedForSearch(number).filter { $0 != " " } }

    /// A word no one can type, which stands for a kind, type or status.
    static func mark(_ name: Mark, _ key: String) -> String {
        name.rawValue + String(key.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
    enum Mark: String { case kind = "k_", type = "t_", status = "s_" }
}

/// Streets as people write them and as the city does: `Drive` and `Dr` are one word.
enum StreetWords {
    /// `1195 Bear Mountain Drive` as `1195 bear mountain dr`.
    static func folded(_ words: [String]) -> String { words.map { short[$0] ?? $0 }.joined(separator: " ") }

    /// The other writing of each word that has one.
    static func otherForms(_ words: [String]) -> [String] { words.compactMap { short[$0] ?? long[$0] } }

    private static let pairs = [
        ("street", "st"), ("avenue", "ave"), ("drive", "dr"), ("road", "rd"), ("boulevard", "blvd"), ("court", "ct"),
        ("lane", "ln"), ("place", "pl"), ("circle", "cir"), ("parkway", "pkwy"), ("terrace", "ter"), ("trail", "trl"),
        ("highway", "hwy"), ("square", "sq"), ("north", "n"), ("south", "s"), ("east", "e"), ("west", "w"),
    ]
    private static let short = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    private static let long = Dictionary(pairs.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
}

/// Keys between two days, both ends left out. Where the day is unknown an entry stands below every day.
struct KeyRange: Sendable, Hashable {
    let after: Int64
    let before: Int64

    init(from: CivilDate?, to: CivilDate?) {
        let isOpen = from == nil && to == nil
        after = isOpen ? .min : KeyRange.start(from?.daysSince1970 ?? KeyRange.firstDay)
        before = to.map { KeyRange.start($0.daysSince1970 + 1) } ?? .max
    }

    static func key(applied: CivilDate?, caseID: Int64) -> Int64 {
        start(applied?.daysSince1970 ?? firstDay - 1) + caseID
    }

    private static let firstDay = CivilDate(year: 1, month: 1, day: 1).daysSince1970
    private static func start(_ day: Int) -> Int64 { Int64(day) << 32 }
}

/// Which of the rows of a list.
struct Slice: Sendable, Hashable {
    let limit: Int
    let offset: Int
}
