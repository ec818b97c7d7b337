internal import CityPack
internal import Primitives

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

    static func isBand(_ word: Substring) -> Bool {
        guard word.utf8.first == UInt8(ascii: "d"), let second = word.utf8.dropFirst().first else { return false }
        return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(second) && word.utf8.contains(UInt8(ascii: "_"))
    }

    /// Whether the words for days begin so: every entry has one of each.
    static func bandsBegin(with beginning: String) -> Bool {
        beginning.utf8.count > 1 && ["d1", "d8", "d64", "d512"].contains { $0.hasPrefix(beginning) }
    }

    private static func plain(_ key: String) -> String {
        // Of the same bytes as a key of a pack, nearly always.
        guard key.utf8.allSatisfy({ $0 < 128 }) else {
            return String(key.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        }
        return String(
            decoding: key.utf8.map { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 32
                default: UInt8(ascii: "_")
                }
            }, as: UTF8.self)
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
