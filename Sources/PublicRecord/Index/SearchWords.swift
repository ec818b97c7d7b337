internal import CityPack
internal import Primitives

/// The words to find, folded: all of them must be in an entry.
struct SearchWords: Sendable {
    /// Stand for filters.
    var marks: [String] = []
    var whole: [String] = []
    /// The last word, while somebody may still be typing it: what begins with it, or its singular or plural.
    var last: (beginning: String, forms: [String])?

    var isEmpty: Bool { marks.isEmpty && whole.isEmpty && last == nil }
    /// A last word that is common is whole (`RecordSearch.plan`).
    var isRare: Bool { last != nil }

    /// More than these do not narrow a search.
    private static let most = 12

    static func typed(_ text: String) -> [String] {
        // Nobody types more than that; a long text is not folded to its end for twelve words.
        foldedForSearch(String(text.prefix(400))).split(separator: " ").prefix(most).map(String.init)
    }

    /// `ELE2021-00408`, `ele 2021 00408`, `ele 2021 408` and `ELE202100408` are one number.
    static func folded(number: String) -> String { foldedForSearch(number).filter { $0 != " " } }
}

/// Words no one can type, because folded text holds no `_`: each stands for something to filter by.
enum SearchMark {
    static func kind(_ key: String) -> String { "k_" + plain(key) }
    static func type(_ key: String) -> String { "t_" + plain(key) }
    static func status(_ key: String) -> String { "s_" + plain(key) }
    static func work(_ key: String) -> String { "w_" + plain(key) }
    static func valuation(_ bracket: ValuationBracket) -> String { "v_" + bracket.rawValue }
    /// A word of a company's name.
    static func company(_ word: String) -> String { "c_" + word }

    /// The day of a key of `public_entry` alone, and bands of 8, 64 and 512 days around it: where PostgreSQL looks first for the
    /// newest.
    static func bands(_ key: Int64) -> [String] { [0, 3, 6, 9].map { "d\(1 << $0)_\((key >> 32) >> $0)" } }

    private static func plain(_ key: String) -> String {
        String(key.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
}

/// What the work is worth, as one filters by it.
enum ValuationBracket: String, CaseIterable, Sendable {
    case below10k = "0"
    case below50k = "10000"
    case below250k = "50000"
    case below1m = "250000"
    case above1m = "1000000"

    var least: Money { Money(cents: (Int64(rawValue) ?? 0) * 100) }
    /// nil for the highest.
    var end: Money? {
        let all = ValuationBracket.allCases
        return all.firstIndex(of: self).flatMap { $0 + 1 < all.count ? all[$0 + 1].least : nil }
    }

    init?(_ valuation: Money?) {
        guard let valuation, let bracket = ValuationBracket.allCases.last(where: { $0.least <= valuation }) else { return nil }
        self = bracket
    }
}

extension PublicEntry {
    /// What it is found by beside its words.
    func marks(key: Int64) -> [String] {
        var marks = [SearchMark.kind(module), SearchMark.type(type), SearchMark.status(status)]
        if !workClass.isEmpty { marks.append(SearchMark.work(workClass)) }
        if let bracket = ValuationBracket(valuation) { marks.append(SearchMark.valuation(bracket)) }
        marks += Set(foldedForSearch(contractors).split(separator: " ").map { SearchMark.company(String($0)) }).sorted()
        return marks + SearchMark.bands(key)
    }
}

/// Streets as people write them and as the city does: `Drive` and `Dr` are one word.
enum StreetWords {
    /// `1195 Bear Mountain Drive` as `1195 bear mountain dr`.
    static func folded(_ words: [String]) -> String { words.map { short[$0] ?? $0 }.joined(separator: " ") }

    /// The other writing of each word that has one.
    static func otherForms(_ words: [String]) -> [String] { words.compactMap { short[$0] ?? long[$0] } }

    /// The words before `unit`, `apt`, `suite` and the like, and what stands behind it.
    static func parted(_ words: [String]) -> (street: [String], unit: [String]) {
        guard let start = words.firstIndex(where: { unitNames.contains($0) }), start > 0 else { return (words, []) }
        return (Array(words[..<start]), Array(words[(start + 1)...]))
    }

    private static let unitNames: Set<String> = [
        "unit", "apt", "apartment", "suite", "ste", "no", "room", "rm", "bldg", "building", "floor", "fl", "unidad", "apto",
    ]
    private static let pairs = [
        ("street", "st"), ("avenue", "ave"), ("drive", "dr"), ("road", "rd"), ("boulevard", "blvd"), ("court", "ct"),
        ("lane", "ln"), ("place", "pl"), ("circle", "cir"), ("parkway", "pkwy"), ("terrace", "ter"), ("trail", "trl"),
        ("highway", "hwy"), ("square", "sq"), ("way", "wy"), ("north", "n"), ("south", "s"), ("east", "e"), ("west", "w"),
        ("northeast", "ne"), ("northwest", "nw"), ("southeast", "se"), ("southwest", "sw"),
    ]
    private static let short = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    private static let long = Dictionary(pairs.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
}

/// The singular or plural of a word in English and Spanish, as far as its ending tells: whoever types `roofs` means `roof` as well.
enum WordForms {
    static func others(of word: String) -> [String] { of(word).filter { $0 != word && !$0.hasPrefix(word) } }

    private static func of(_ word: String) -> [String] {
        guard word.utf8.count > 3, word.allSatisfy(\.isLetter) else { return [word] }
        func without(_ count: Int) -> String { String(word.dropLast(count)) }
        if word.hasSuffix("ies") { return [word, without(3) + "y"] }
        if word.hasSuffix("ones") { return [word, without(1), without(2)] }
        if word.hasSuffix("es") { return [word, without(1), without(2)] }
        if word.hasSuffix("ss") { return [word, word + "es"] }
        if word.hasSuffix("s") { return [word, without(1)] }
        if word.hasSuffix("y"), let before = word.dropLast().last, !"aeiou".contains(before) {
            return [word, without(1) + "ies"]
        }
        if let last = word.last, "xzh".contains(last) { return [word, word + "es", word + "s"] }
        // Spanish: a word that ends with a consonant takes -es.
        if let last = word.last, "lnrd".contains(last) { return [word, word + "s", word + "es"] }
        return [word, word + "s"]
    }
}

/// Keys between two days, both ends left out. Where the day is unknown an entry stands below every day.
struct KeyRange: Sendable, Hashable {
    var after: Int64
    var before: Int64

    init(from: CivilDate?, to: CivilDate?) {
        let isOpen = from == nil && to == nil
        after = isOpen ? .min : KeyRange.start(from?.daysSince1970 ?? KeyRange.firstDay)
        before = to.map { KeyRange.start($0.daysSince1970 + 1) } ?? .max
    }

    static let all = KeyRange(from: nil, to: nil)

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

/// Which end of a list comes first.
enum SearchOrder: String, CaseIterable, Sendable {
    case newest, oldest
}
