internal import Database
internal import Primitives

/// The words to find, folded: all of them must be in an entry.
struct SearchWords: Sendable {
    /// Stand for filters.
    var marks: [String] = []
    var whole: [String] = []
    /// The last word, while somebody may still be typing it.
    var last: Last?

    /// What begins with it, or its singular or plural.
    struct Last: Sendable {
        let beginning: String
        let forms: [String]
        /// Whether few entries hold a word that begins so.
        let isRare: Bool

        init(beginning: String, isRare: Bool) {
            self.beginning = beginning
            self.isRare = isRare
            forms = WordForms.others(of: beginning)
        }
    }

    var isEmpty: Bool { marks.isEmpty && whole.isEmpty && last == nil }
    var isRare: Bool { last?.isRare ?? false }

    /// More than these do not narrow a search.
    private static let most = 12

    static func typed(_ text: String) -> [String] {
        // Nobody types more than that; a long text is not folded to its end for twelve words.
        foldedForSearch(String(text.prefix(400))).split(separator: " ").prefix(most).map(String.init)
    }

    /// `ELE2021-00408`, `ele 2021 00408`, `ele 2021 408` and `ELE202100408` are one number.
    static func folded(number: String) -> String { foldedForSearch(number).filter { $0 != " " } }
}

/// How many entries hold a word.
enum WordFrequency: String, Sendable, SQLConvertible {
    case rare
    /// Not the word itself, but many hold one that begins with it.
    case beginning
    /// So many that nobody means another one that begins with it.
    case common
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

/// Which of the rows of a list.
struct Slice: Sendable, Hashable {
    let limit: Int
    let offset: Int
}

/// Which end of a list comes first.
enum SearchOrder: String, CaseIterable, Sendable {
    case newest, oldest
}
